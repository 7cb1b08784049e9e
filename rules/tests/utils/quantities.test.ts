import { expect, it } from 'vitest'
import { doubled, doubledCpu, inBytes, inUnits, quantityOf } from '../../src/utils/quantities.ts'

it.each([
  ['128', 128, ''],
  [128, 128, ''],
  ['100m', 0.1, 'm'],
  ['1.5Gi', 1.5 * 2 ** 30, 'Gi'],
  ['.5k', 500, 'k'],
  ['+2M', 2e6, 'M'],
  ['1e3', 1000, ''],
  ['1E-2', 0.01, ''],
  ['1E', 1e18, 'E'],
  ['0', 0, ''],
])('reads %s', (text, amount, suffix) => {
  const quantity = quantityOf(text)
  expect(quantity?.amount).toBeCloseTo(amount)
  expect(quantity?.suffix).toBe(suffix)
})

it.each(['-1', '1 Gi', '1gi', '1K', '', 'much', undefined, null])('%s is no quantity', (text) => {
  expect(quantityOf(text)).toBeUndefined()
})

it.each([
  ['100m', 'less than one byte'],
  ['1', 'one byte'],
  ['1.2', '2 bytes'],
  ['128', '128 bytes'],
])('says %s in bytes', (text, expected) => {
  expect(inBytes(quantityOf(text)!)).toBe(expected)
})

it.each([
  [0.25, 'cpu', '250m'],
  [2 ** 30, 'memory', '1024Mi'],
] as const)('%s of %s is %s', (amount, resource, expected) => {
  expect(inUnits(amount, resource)).toBe(expected)
})

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

it.each([
  ['100m', '200m'],
  [2, '4'],
  ['0.1', undefined],
])('doubles %s of CPU', (quantity, expected) => {
  expect(doubledCpu(quantity)).toBe(expected)
})
