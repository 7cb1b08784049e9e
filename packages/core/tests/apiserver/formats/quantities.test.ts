import { describe, expect, it } from 'vitest'
import {
  addQuantities,
  compareQuantities,
  isWhole,
  parseQuantity,
  parseResource,
  signOf,
  wholeValue,
} from '../../../src/apiserver/formats/quantities.ts'
import { quantityText } from '../../../src/apiserver/formats/quantity-text.ts'

describe('compareQuantities', () => {
  it.each([
    ['1', '1000m'],
    ['0.5', '500m'],
    ['64Mi', '67108864'],
    ['1.5Gi', '1536Mi'],
    ['1e3', '1k'],
    ['Mi', '0'],
    [null, '-0'],
    ['9Ei', '8Ei'],
    ['0.1n', '1n'],
    ['1e400', '10e399'],
    ['12345678901234567890', '12345678901234567890000m'],
  ])('%s is %s', (one, other) => expect(compareQuantities(parseQuantity(one), parseQuantity(other))).toBe(0))

  it.each([
    ['100m', '1'],
    ['64M', '64Mi'],
    ['-1', '0'],
    ['-1', '1m'],
    ['1n', '2n'],
    ['999999999999999999', '1e18'],
    ['1e2000000000', '1e2000000001'],
    ['-1e2000000001', '-1e2000000000'],
    ['1', '1e2000000000'],
    ['8Ei', '10E'],
  ])('%s is less than %s', (less, more) => {
    expect(compareQuantities(parseQuantity(less), parseQuantity(more))).toBeLessThan(0)
    expect(compareQuantities(parseQuantity(more), parseQuantity(less))).toBeGreaterThan(0)
  })
})

it.each([
  ['-1m', -1],
  ['-1e-30', -1],
  ['0.0Gi', 0],
  [0, 0],
  ['1e-30', 1],
  [9007199254740993n, 1],
] as const)('the sign of %s is %s', (value, sign) => expect(signOf(parseQuantity(value))).toBe(sign))

it.each([
  ['1.5Gi', true],
  ['1M', true],
  ['1000m', true],
  [0.5, false],
  ['100m', false],
  ['1.1Ki', false],
  ['8Ei', true],
  ['1Ei', false],
  ['9999999999999999.99', false],
  ['99999999999999999999', false],
  ['1e1000', true],
  ['999999999999999999', false],
  ['9999999999999999k', false],
  ['99999999999999999e2', true],
])('isWhole(%s) is %s', (value, whole) => expect(isWhole(parseResource(value))).toBe(whole))

it.each([
  ['2Mi', 2097152n],
  ['1.5', 2n],
  ['1n', 1n],
  ['1e19', 0n],
  ['18446744073709551617', 1n],
])('wholeValue(%s) is %s', (value, whole) => expect(wholeValue(parseQuantity(value))).toBe(whole))

it.each([
  ['1', '1'],
  ['+1', '+1'],
  ['01', '01'],
  ['1.0', '1'],
  ['1000m', '1'],
  ['1000', '1k'],
  ['1024', '1024'],
  ['1024Ki', '1Mi'],
  ['1.5Ki', '1536'],
  ['2.5Mi', '2560Ki'],
  ['0.5Ki', '512'],
  ['0.1Ki', '102400m'],
  ['1000E', '1'],
  ['10e2', '1e3'],
  ['10e-1', '1'],
  ['0.00', '0'],
  [1, '1'],
  [1000, '1k'],
  ['-1500', '-1500'],
  ['9Ei', '9223372036854775807'],
])('%s is printed %s', (value, text) => expect(quantityText(parseQuantity(value))).toBe(text))

it.each([
  ['100m', '1', '1100m'],
  ['64Mi', '64Mi', '128Mi'],
  ['9007199254740991', '9007199254740991', '18014398509481982'],
  ['0', '5', '5'],
  ['1', '1e400', '1e400'],
])('%s and %s are %s', (one, other, sum) => {
  const added = addQuantities(parseQuantity(one), parseQuantity(other))
  if (sum === '1e400') expect(compareQuantities(added, parseQuantity(other))).toBeGreaterThan(0)
  else expect(compareQuantities(added, parseQuantity(sum))).toBe(0)
})
