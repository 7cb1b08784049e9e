/** Exact decimal numbers, each an integer × 10^scale, of any size. Numbers are safe integers. */

const powers = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15] as const

/** Below 0, 0 or above 0, as for sorting. */
export function compareDecimals(
  one: number | bigint,
  oneScale: number,
  other: number | bigint,
  otherScale: number,
): number {
  if (oneScale < otherScale) return 0 - compareDecimals(other, otherScale, one, oneScale)
  if (oneScale === otherScale || one === 0 || other === 0) return one < other ? -1 : one > other ? 1 : 0
  const difference = oneScale - otherScale
  if (typeof one === 'number' && difference < powers.length) {
    const scaled = one * powers[difference]!
    if (Number.isSafeInteger(scaled)) return scaled < other ? -1 : scaled > other ? 1 : 0
  }
  const side = signOf(one)
  if (side !== signOf(other)) return side < signOf(other) ? -1 : 1
  if (side === 0) return 0
  // Scales may be in the billions: never write out more zeros than the other has digits.
  if (digitsOf(one) + difference > digitsOf(other)) return side
  const scaled = BigInt(one) * powerOfTen(difference)
  return scaled < other ? -1 : scaled > other ? 1 : 0
}

const signOf = (number: number | bigint): -1 | 0 | 1 => (number > 0 ? 1 : number < 0 ? -1 : 0)

const digitsOf = (number: number | bigint): number => String(number).length - (number < 0 ? 1 : 0)

/** Divides by 10^`power`, away from zero. */
export function divideUp(number: bigint, power: number): bigint {
  if (number === 0n) return 0n
  if (power > digitsOf(number)) return number > 0n ? 1n : -1n
  const divisor = powerOfTen(power)
  const quotient = number / divisor
  if (quotient * divisor === number) return quotient
  return number > 0n ? quotient + 1n : quotient - 1n
}

export const powerOfTen = (power: number): bigint => 10n ** BigInt(power)
