import { expect, it } from 'vitest'
import { doubled } from '../../src/utils/resources.ts'

it.each([
  ['200Mi', '400Mi'],
  [1024, '2048'],
  ['1G', '2G'],
  ['0.5Gi', undefined],
  ['500m', undefined],
  [undefined, undefined],
])('doubles %s', (quantity, expected) => {
  expect(doubled(quantity)).toBe(expected)
})
