import { expect, it } from 'vitest'
import { matchesGlob } from '../../src/utils/glob.ts'

it.each([
  ['latest-debian', 'latest-*', true],
  ['latest', 'latest-*', false],
  ['1x2', '1.2', false],
  ['a(b', 'a(*', true],
])('%s, %s: %s', (text, pattern, expected) => {
  expect(matchesGlob(text, pattern)).toBe(expected)
})
