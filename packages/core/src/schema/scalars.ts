/** What a scalar must be beyond its JSON type. */
import { isQuantity } from './quantity.ts'
import type { FieldType } from './structs.ts'

const int32 = [-2147483648n, 2147483647n] as const
const int64 = [-9223372036854775808n, 9223372036854775807n] as const

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
      return isTime(String(value)) ? undefined : 'time'
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
  const integer = BigInt(value)
  return integer < low || integer > high ? 'range' : undefined
}

/** RFC 3339 as Go's time.Parse reads it: any number of digits for fractions of a second, `.` or `,` before them. */
function isTime(text: string): boolean {
  const parts =
    /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/.exec(text)
  if (!parts) return false
  const [year, month, day, hour, minute, second, zoneHour = 0, zoneMinute = 0] = parts
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part))) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number?,
    number?,
  ]
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= days &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    zoneHour <= 24 &&
    zoneMinute < 60
  )
}

/** Standard base64 with padding; Go ignores line breaks in it. */
const isBase64 = (text: string) =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))
