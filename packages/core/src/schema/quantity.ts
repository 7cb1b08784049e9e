/**
 * Quantities, as apimachinery's api/resource parses them. Nothing but digits, dots and a suffix is needed: `Mi` alone
 * is 0, as the server has it.
 */
const quantity = /^[+-]?\d*(?:\.\d*)?(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/

/** White space that the server trims: Unicode's, but none that JSON writes as an escape. */
const trimmed =
  /^[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+|[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+$/g

/**
 * True for what the API server reads as a quantity: `100m`, `1.5Gi`, `2e3`, a number.
 * @param value a string or number of a decoded manifest
 */
export function isQuantity(value: string | number | bigint): boolean {
  const text = String(value).replace(trimmed, '')
  return text !== '' && quantity.test(text)
}

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
