import { describe, expect, it } from 'vitest'
import { canonicalIp, ipFault } from '../../../src/apiserver/formats/ips.ts'

describe('ipFault', () => {
  const valid = [
    '10.9.8.7',
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    '1::',
    '2001:db8::1',
    '2001:DB8:0:0:0:0:0:0001',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '64:ff9b::10.9.8.7',
    '1:2:3:4:5:6:10.9.8.7',
  ]
  it.each(valid)('takes %s', (value) => {
    expect(ipFault(value, true)).toBeUndefined()
    expect(ipFault(value, false)).toBeUndefined()
  })

  const padded = ['010.9.8.7', '10.9.8.00', '1::00002', '64:ff9b::10.9.8.07', '::ffff:010.9.8.7']
  const mapped = ['::ffff:10.9.8.7', '::FFFF:a09:807', '0:0:0:0:0:ffff:10.9.8.7']
  it.each([...padded, ...mapped])('takes %s only before the strict rules', (value) => {
    expect(ipFault(value, true)).toBeDefined()
    expect(ipFault(value, false)).toBeUndefined()
  })

  const invalid = [
    '',
    ' ',
    '10.9.8',
    '10.9.8.7.6',
    '10.9.8.256',
    '10.9.8.7 ',
    '10.9.8.-7',
    '10.9..7',
    '10.9.8.7/24',
    'localhost',
    '1',
    ':',
    ':::',
    '1::2::3',
    ':1::2',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '1:2:3:4:5:6:7:10.9.8.7',
    '1:2:3:4:5:6:10.9.8.7::',
    '10.9.8.7::',
    '::10.9.8',
    'g::1',
    '12345::',
    'fe80::1%eth0',
    '[::1]',
    '1:'.repeat(9),
  ]
  it.each(invalid)('refuses %j', (value) => {
    expect(ipFault(value, true)).toBeDefined()
    expect(ipFault(value, false)).toBeDefined()
  })

  it('bears megabytes', () => {
    expect(ipFault('1:'.repeat(1e6), true)).toBeDefined()
    expect(ipFault('1'.repeat(1e6), true)).toBeDefined()
    expect(ipFault(`${'0'.repeat(1e6)}1.1.1.1`, false)).toBeUndefined()
  })
})

it.each([
  ['10.9.8.7', '10.9.8.7'],
  ['010.9.8.007', '10.9.8.7'],
  ['2001:DB8:0:0:0:0:0:0001', '2001:db8::1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
  ['64:ff9b::10.9.8.7', '64:ff9b::a09:807'],
  ['::ffff:a09:807', '10.9.8.7'],
  ['nowhere', undefined],
])('the canonical form of %s is %s', (value, canonical) => {
  expect(canonicalIp(value)).toBe(canonical)
})
