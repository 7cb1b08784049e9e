/** What a scalar must be beyond its JSON type. */
import { isRfc3339 } from '../parse/times.ts'
import { isQuantity } from './quantity.ts'
import type { FieldType } from './structs.ts'

export const int32 = [-2147483648n, 2147483647n] as const
export const int64 = [-9223372036854775808n, 9223372036854775807n] as const

export type ScalarFault = 'fraction' | 'range' | 'quantity' | 'time' | 'bytes'

/**
 * What is wrong with a scalar of the right JSON type; undefined when nothing is.
 * @param type a scalar field type
 * @param value as it is decoded: `1.0` is 1
 */
export function scalarFault(type: FieldType, value: string | number | bigint): ScalarFault | undefined {
  switch (type) {
    case 'int32':
    case 'int64':
      return typeof value === 'string' ? undefined : integerFault(value, type)
    case 'int-or-string':
      return typeof value === 'string' ? undefined : integerFault(value, 'int32')
    case 'quantity':
      return isQuantity(value) ? undefined : 'quantity'
    case 'time':
    case 'micro-time':
      return isRfc3339(String(value)) ? undefined : 'time'
    case 'bytes':
      return isBase64(String(value)) ? undefined : 'bytes'
    default:
      return undefined
  }
}

function integerFault(value: number | bigint, type: 'int32' | 'int64'): ScalarFault | undefined {
  // From 1e21 on JSON writes an exponent, which Go does not read as an integer.
  if (typeof value === 'number' && !Number.isInteger(value)) return 'fraction'
  if (typeof value === 'number' && Math.abs(value) >= 1e21) return 'range'
  const [low, high] = type === 'int32' ? int32 : int64
  // Go writes the shortest digits that make the same float, and reads those: -2^63 as a float is beyond -2^63.
  const integer = BigInt(String(value))
  return integer < low || integer > high ? 'range' : undefined
}

/** Standard base64 with padding; Go ignores line breaks in it. */
const isBase64 = (text: string) =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))
