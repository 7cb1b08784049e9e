import { describe, expect, it } from 'vitest'
import { isQuantity, nearQuantity } from '../../src/schema/quantity.ts'
import { scalarFault } from '../../src/schema/scalars.ts'

describe('isQuantity', () => {
  it.each([
    '1',
    '100m',
    '1.5Gi',
    '.5',
    '1.',
    '-1',
    '2e3',
    '1E',
    '1E-3',
    'Mi',
    '+',
    '0Pi',
    'e-9',
    '1e99999999999',
    ' 1Gi\u00a0',
    0.5,
    12n,
  ])('takes %s', (value) => expect(isQuantity(value)).toBe(true))
  it.each([
    '',
    ' ',
    '1K',
    '1gi',
    '100MB',
    '1 Gi',
    '1e3Gi',
    '1.2.3',
    'much',
    '1Gi\n',
    'Pi',
    '+.Ei',
    'e-10',
    '1e9223372036854775808',
  ])('refuses %j', (value) => expect(isQuantity(value)).toBe(false))
})

it.each([
  ['100MB', '100M'],
  ['64mi', '64Mi'],
  ['1 Gi', '1Gi'],
  ['1K', '1k'],
  ['much', undefined],
])('nearQuantity(%j) is %j', (value, near) => expect(nearQuantity(value)).toBe(near))

it.each([
  ['int32', 2147483647, undefined],
  ['int32', 2147483648, 'range'],
  ['int32', -2147483649, 'range'],
  ['int32', 1.5, 'fraction'],
  ['int64', 9223372036854775807n, undefined],
  ['int64', 9223372036854775808n, 'range'],
  ['int64', 1e21, 'range'],
  ['int-or-string', '10%', undefined],
  ['int-or-string', 1.5, 'fraction'],
  ['time', '2026-01-31T12:00:00Z', undefined],
  ['time', '2026-01-31T12:00:00.5+02:00', undefined],
  ['time', '2024-02-29T00:00:00Z', undefined],
  ['time', '2026-02-29T00:00:00Z', 'time'],
  ['time', '2026-13-01T00:00:00Z', 'time'],
  ['time', '2026-01-31', 'time'],
  ['bytes', 'YWI=', undefined],
  ['bytes', 'YWI', 'bytes'],
] as const)('scalarFault(%s, %s) is %s', (type, value, fault) => expect(scalarFault(type, value)).toBe(fault))
