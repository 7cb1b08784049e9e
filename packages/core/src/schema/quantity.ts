import { isSpace, trimEnds } from '../text/trim.ts'

/** Sign, digits, digits after a dot, suffix. */
const quantity = /^([+-]?)(\d*)(?:\.(\d*))?([numkMGTPE]?|[KMGTPE]i|[eE][+-]?\d+)$/

/** A quantity taken apart. */
export interface QuantityParts {
  /** Without the white space around it. */
  text: string
  negative: boolean
  /** Digits before the dot, perhaps none. */
  integer: string
  /** Digits after the dot, perhaps none. */
  fraction: string
  suffix: string
}

/**
 * Takes a quantity apart; undefined for what the API server does not read as one. Digits may be missing: `Mi` alone is
 * 0. Source: apimachinery pkg/api/resource, ParseQuantity.
 * @param value a string or number of a decoded manifest
 */
export function readQuantity(value: string | number | bigint): QuantityParts | undefined {
  let text = String(value)
  let parts = quantity.exec(text)
  if (!parts) {
    // White space is trimmed, but none that JSON writes as an escape.
    text = trimEnds(text, isSpace)
    parts = quantity.exec(text)
  }
  if (!parts || text === '') return undefined
  const [, sign, integer, fraction = '', suffix] = parts as unknown as [
    string,
    string,
    string,
    string?,
    string?,
  ]
  const exponent = exponentOf(suffix!)
  if (exponent === undefined) return undefined
  // What is too large or too fine for the server's quick way of reading must have a digit.
  const quick = suffix !== 'Pi' && suffix !== 'Ei' && exponent >= -9
  if (!quick && integer === '' && fraction === '') return undefined
  return { text, negative: sign === '-', integer, fraction, suffix: suffix! }
}

/**
 * The power of ten that a suffix such as `e3` stands for, 0 for others; undefined when it does not fit into 64 bits.
 * The server keeps the lower 32.
 */
export function exponentOf(suffix: string): number | undefined {
  const first = suffix.charCodeAt(0) | 0x20
  if (suffix.length < 2 || first !== 0x65 || suffix.charCodeAt(1) === 0x69) return 0
  if (suffix.length < 10) return Number(suffix.slice(1))
  const exponent = BigInt(suffix.slice(1).replace('+', ''))
  return BigInt.asIntN(64, exponent) === exponent ? Number(BigInt.asIntN(32, exponent)) : undefined
}

/**
 * True for what the API server reads as a quantity: `100m`, `1.5Gi`, `2e3`, a number.
 * @param value a string or number of a decoded manifest
 */
export const isQuantity = (value: string | number | bigint): boolean => readQuantity(value) !== undefined

/**
 * The nearest text that is a quantity, or undefined: `100MB` → `100M`, `64mi` → `64Mi`, `1 Gi` → `1Gi`.
 * @param value what is written
 */
export function nearQuantity(value: string): string | undefined {
  const parts = /^\s*([+-]?\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*$/.exec(value)
  if (!parts) return undefined
  const suffix = known.get(parts[2]!.toLowerCase())
  return suffix === undefined ? undefined : `${parts[1]}${suffix}`
}

const known = new Map([
  ['k', 'k'],
  ['kb', 'k'],
  ['ki', 'Ki'],
  ['kib', 'Ki'],
  ['m', 'M'],
  ['mb', 'M'],
  ['mi', 'Mi'],
  ['mib', 'Mi'],
  ['g', 'G'],
  ['gb', 'G'],
  ['gi', 'Gi'],
  ['gib', 'Gi'],
  ['t', 'T'],
  ['tb', 'T'],
  ['ti', 'Ti'],
  ['tib', 'Ti'],
])
