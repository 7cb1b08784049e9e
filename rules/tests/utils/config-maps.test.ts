import { expect, it } from 'vitest'
import { hasHashedName } from '../../src/utils/config-maps.ts'

it.each([
  ['agent-6ct58987ht', true],
  ['agent-config', false],
  ['agent-collectors', false],
  ['6ct58987ht', false],
])('%s has a hash: %s', (name, expected) => {
  expect(hasHashedName(name)).toBe(expected)
})
