import { divideUp, powerOfTen } from './decimals.ts'
import { compareQuantities, type ParsedQuantity, signOf } from './quantities.ts'

const suffixes = new Map([
  [-9, 'n'],
  [-6, 'u'],
  [-3, 'm'],
  [0, ''],
  [3, 'k'],
  [6, 'M'],
  [9, 'G'],
  [12, 'T'],
  [15, 'P'],
  [18, 'E'],
])

const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

const kibi = { unscaled: 1024, scale: 0, format: 'decimal', large: false } as const
const minusKibi = { ...kibi, unscaled: -1024 } as const

/**
 * A quantity as the API server prints it, by which it knows the divisors it allows. What is written canonically is kept
 * as it is, `+1` and `01` among it; and what no suffix is large enough for loses it: `1000E` is `1`.
 * Source: apimachinery pkg/api/resource, Quantity.String.
 */
export function quantityText(quantity: ParsedQuantity): string {
  if (quantity.text !== undefined) return quantity.text
  if (signOf(quantity) === 0) return '0'
  const { format } = quantity
  const bare = compareQuantities(quantity, minusKibi) > 0 && compareQuantities(quantity, kibi) < 0
  if (format === 'binary' && !bare) {
    const whole = integerOf(quantity)
    if (whole !== undefined) return binaryText(whole)
  }
  return decimalText(quantity)
}

function integerOf({ unscaled, scale }: ParsedQuantity): bigint | undefined {
  if (scale >= 0) return BigInt(unscaled) * powerOfTen(scale)
  const whole = divideUp(BigInt(unscaled), -scale)
  return whole * powerOfTen(-scale) === BigInt(unscaled) ? whole : undefined
}

function binaryText(whole: bigint): string {
  let times = 0
  let number = whole
  while (times < 6 && number % 1024n === 0n) {
    number /= 1024n
    times++
  }
  return `${number}${binarySuffixes[times]}`
}

function decimalText({ unscaled, scale, format }: ParsedQuantity): string {
  const bare = String(unscaled).replace(/0+$/, '')
  const exponent = scale + String(unscaled).length - bare.length
  const beyond = ((exponent % 3) + 3) % 3
  const number = `${bare}${'0'.repeat(beyond)}`
  const power = exponent - beyond
  if (format === 'exponent') return power === 0 ? number : `${number}e${power}`
  return `${number}${suffixes.get(power) ?? ''}`
}
