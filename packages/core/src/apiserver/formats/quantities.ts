/**
 * What the API server holds of a quantity: an exact decimal number, with the quirks of its two ways of keeping one.
 * Source: apimachinery pkg/api/resource, Quantity.
 */

import type { Quantity } from '../../schema/decoded.generated.ts'
import { exponentOf, readQuantity } from '../../schema/quantity.ts'
import { compareDecimals, divideUp, powerOfTen } from './decimals.ts'

/** `unscaled` × 10^`scale`. */
export interface ParsedQuantity {
  readonly unscaled: number | bigint
  readonly scale: number
  /** How it is written: with `Mi` and the like, with `e3`, or neither. */
  readonly format: 'binary' | 'exponent' | 'decimal'
  /** True where the server keeps a number of any size rather than 64 bits and a scale; it then rounds differently. */
  readonly large: boolean
  /** The text, where the server keeps it rather than to write the number itself. */
  readonly text?: string
}

const powersOfTen = new Map([
  ['', 0],
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
])

const powersOfTwo = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
])

const zero: ParsedQuantity = { unscaled: 0, scale: 0, format: 'decimal', large: false }

/** The greatest that a quantity with a binary suffix may be. */
const most = 9223372036854775807n

/**
 * Reads a quantity.
 * @param value a value of a decoded manifest; null, and what is no quantity, are 0
 */
export function parseQuantity(value: Quantity | null | undefined): ParsedQuantity {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e15 && value % 1000 > 0) {
    return { unscaled: value, scale: 0, format: 'decimal', large: false, text: String(value) }
  }
  const parts = value === null || value === undefined ? undefined : readQuantity(value)
  if (!parts) return zero
  const { suffix, fraction, negative, text } = parts
  const integer = parts.integer.replace(/^0+/, '')
  if (integer === '' && fraction === '' && suffix === '') return zero
  const binary = powersOfTwo.get(suffix)
  if (binary !== undefined) return parseBinary(integer, fraction, binary, negative, text)
  const power = powersOfTen.get(suffix)
  const format = power === undefined ? 'exponent' : 'decimal'
  const exponent = power ?? exponentOf(suffix)!
  // The server's scales have 32 bits.
  const scale = (exponent - fraction.length) | 0
  const digits = (integer || '0') + fraction
  if (digits.length > 18 || scale < -9) {
    return { ...roundLarge(signed(BigInt(digits), negative), scale), format, large: true }
  }
  const keepsText = scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
  const unscaled = digits.length > 15 ? signed(BigInt(digits), negative) : sign(Number(digits), negative)
  return { unscaled, scale, format, large: false, ...(keepsText && { text }) }
}

function parseBinary(
  integer: string,
  fraction: string,
  exponent: number,
  negative: boolean,
  text: string,
): ParsedQuantity {
  if (fraction === '' && (integer.length || 1) <= 14 - Math.trunc((exponent * 3) / 10)) {
    const number = Number(integer)
    const unscaled = sign(number * 2 ** exponent, negative)
    return { unscaled, scale: 0, format: 'binary', large: false, ...((number & 7) !== 0 && { text }) }
  }
  const exact = BigInt(`${integer}${fraction}` || '0') << BigInt(exponent)
  const { unscaled, scale } = roundLarge(exact, -fraction.length)
  if (compareDecimals(unscaled, scale, most, 0) > 0) {
    return { unscaled: signed(most, negative), scale: 0, format: 'binary', large: true }
  }
  const small = unscaled > 0 && compareDecimals(unscaled, scale, 1, 0) < 0
  return { unscaled: signed(unscaled, negative), scale, format: small ? 'decimal' : 'binary', large: true }
}

/** Away from zero to a whole number of billionths. */
const roundLarge = (unscaled: bigint, scale: number) =>
  scale < -9 ? { unscaled: divideUp(unscaled, -9 - scale), scale: -9 } : { unscaled, scale }

const sign = (number: number, negative: boolean): number => (negative && number !== 0 ? -number : number)
const signed = (number: bigint, negative: boolean): bigint => (negative ? -number : number)

/**
 * Reads a quantity of a list of resources, which are rounded up to thousandths.
 * Source: k8s.io/kubernetes pkg/apis/core/v1, SetDefaults_ResourceList.
 */
export function parseResource(value: Quantity | null | undefined): ParsedQuantity {
  const quantity = parseQuantity(value)
  if (quantity.scale >= -3) return quantity
  const { unscaled, scale, format, large } = quantity
  return { unscaled: divideUp(BigInt(unscaled), -3 - scale), scale: -3, format, large }
}

/** Below 0, 0 or above 0, as for sorting. */
export const compareQuantities = (one: ParsedQuantity, other: ParsedQuantity): number =>
  compareDecimals(one.unscaled, one.scale, other.unscaled, other.scale)

export const signOf = ({ unscaled }: ParsedQuantity): -1 | 0 | 1 => (unscaled > 0 ? 1 : unscaled < 0 ? -1 : 0)

/**
 * True where the server finds no fraction. It looks at 64 bits of the thousandths, so that it finds fractions in some
 * very large whole numbers, such as 1Ei.
 */
export function isWhole(quantity: ParsedQuantity): boolean {
  const { unscaled, scale, large } = quantity
  if (!large && typeof unscaled === 'number') {
    if (scale === 0) return true
    if (scale === -3) return unscaled % 1000 === 0
  }
  return scaledTo(quantity, -3) % 1000n === 0n
}

/** The whole number the server computes with: rounded up, and 64 bits of it or, for some scales, none. */
export function wholeValue(quantity: ParsedQuantity): bigint {
  return scaledTo(quantity, 0)
}

/** Powers of ten by which the server multiplies at once, and keeps 64 bits; by others digit by digit, or not at all. */
const multiplied: ReadonlySet<number> = new Set([0, 1, 2, 3, 6, 9])

/** How many 10^`target` it is: Quantity.ScaledValue. */
function scaledTo({ unscaled, scale, large }: ParsedQuantity, target: number): bigint {
  const digits = BigInt(unscaled)
  const power = scale - target
  if (power < 0) return BigInt.asIntN(64, divideUp(digits, -power))
  // 2^64 divides 10^64: no more than zeros can be left.
  const value = digits * powerOfTen(Math.min(power, 64))
  const kept = BigInt.asIntN(64, value)
  return large || kept === value || multiplied.has(power) ? kept : 0n
}

/** Adds quantities exactly. */
export function addQuantities(one: ParsedQuantity, other: ParsedQuantity): ParsedQuantity {
  if (signOf(one) === 0) return other
  if (signOf(other) === 0) return one
  const large = one.large || other.large
  if (one.scale === other.scale) {
    return { unscaled: add(one.unscaled, other.unscaled), scale: one.scale, format: one.format, large }
  }
  const [coarse, fine] = one.scale > other.scale ? [one, other] : [other, one]
  // Beyond this the smaller of them no longer matters to anyone.
  if (coarse.scale - fine.scale > 1000) return coarse
  const unscaled = BigInt(coarse.unscaled) * powerOfTen(coarse.scale - fine.scale) + BigInt(fine.unscaled)
  return { unscaled, scale: fine.scale, format: one.format, large }
}

function add(one: number | bigint, other: number | bigint): number | bigint {
  if (typeof one === 'number' && typeof other === 'number') {
    const sum = one + other
    if (Number.isSafeInteger(sum)) return sum
  }
  return BigInt(one) + BigInt(other)
}
