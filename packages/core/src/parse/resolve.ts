/**
 * What an unquoted scalar means to Kubernetes. kubectl and the API server read YAML with go-yaml v2 (a YAML 1.1
 * dialect), whose `resolve.go` this follows: `yes` and `on` are booleans, `0644` and `0o644` are 420, `1:30` and dates
 * are strings.
 */
export type ScalarType = 'null' | 'bool' | 'int' | 'float' | 'str'
export type ScalarValue = null | boolean | number | bigint | string

const words = new Map<string, null | boolean | number>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
])

const maybeSpecial = /^(?:$|[-+.~0-9]|[yYnNtTfFoO][a-zA-Z]{0,4}$)/
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const dotted = /^\.(?:[0-9]+_)*[0-9]+(?:[eE][-+]?[0-9]+)?$/

const maxSigned = (1n << 63n) - 1n
const maxUnsigned = (1n << 64n) - 1n

/** An integer as `strconv.ParseInt(text, 0, 64)`, else `ParseUint`, reads it; undefined if it is none. */
function parseInteger(plain: string): number | bigint | undefined {
  const match = integer.exec(plain)
  if (!match) return undefined
  const [, sign, hex, binary, octal, base10] = match
  const value =
    hex !== undefined
      ? BigInt(`0x${hex}`)
      : binary !== undefined
        ? BigInt(`0b${binary}`)
        : octal !== undefined
          ? BigInt(`0o${octal}`)
          : BigInt(base10!)
  if (sign === '-' ? value > maxSigned + 1n : value > (sign === '+' ? maxSigned : maxUnsigned))
    return undefined
  const signed = sign === '-' ? -value : value
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(signed) : signed
}

/** Its type and value, as go-yaml resolves an unquoted scalar. Never `undefined`: what is nothing else is a string. */
export function resolvePlain(text: string): { type: ScalarType; value: ScalarValue } {
  if (!maybeSpecial.test(text)) return { type: 'str', value: text }
  const word = words.get(text)
  if (word !== undefined) {
    return { type: word === null ? 'null' : typeof word === 'boolean' ? 'bool' : 'float', value: word }
  }
  const first = text.charCodeAt(0)
  if (first > 0x39 || first === 0x7e) return { type: 'str', value: text }
  if (first === 0x2e) {
    const float = dotted.test(text) ? Number(text.replaceAll('_', '')) : Infinity
    return Number.isFinite(float) ? { type: 'float', value: float } : { type: 'str', value: text }
  }
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  const int = parseInteger(plain)
  if (int !== undefined) return { type: 'int', value: int }
  if (decimal.test(plain)) {
    const float = Number(plain)
    if (Number.isFinite(float)) return { type: 'float', value: float }
  }
  return { type: 'str', value: text }
}
