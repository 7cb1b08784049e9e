/** Scalars as they are written so that Kubernetes reads back the same value. */

export type Quote = '"' | "'"

export interface ScalarStyle {
  /** Inside `{}` or `[]`. */
  flow: boolean
  /** The text around is JSON: strings are always in double quotes. */
  json: boolean
  /** Quotes to use where some are needed. */
  quote: Quote
  /** Quotes to use even where none are needed. */
  always?: boolean
}

/** null, booleans and numbers of YAML 1.1 and of go-yaml (sigs.k8s.io/yaml), and what other readers take for such. */
const NOT_STRINGS = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)$/i,
  /^[-+]?\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?[\d_]+)?$/i,
  /^[-+]?\.[\d_]+(?:e[-+]?[\d_]+)?$/i,
  /^[-+]?0(?:x[\da-f_]+|o[0-7_]+|b[-+01_]+)$/i,
  /^[-+]?\.(?:inf|nan)$/i,
  // base 60, which go-yaml reads as text and others as numbers
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  // dates
  /^\d{4}-\d\d?-\d\d?(?:$|[Tt \t])/,
]

/** Controls, what YAML takes for a line break, the byte order mark, non-characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be escaped
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/

/** True when `value` may be written without quotes and is read back as the same string. */
export function isPlain(value: string, flow: boolean): boolean {
  if (value === '' || UNPRINTABLE.test(value)) return false
  if (/^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:$|[\s,[\]{}])|^[?:]|\s$/.test(value)) return false
  if (/:(?:\s|$)|\s#|^(?:---|\.\.\.)/.test(value)) return false
  if (flow && /[,[\]{}:?#]|^-$/.test(value)) return false
  return !NOT_STRINGS.some((pattern) => pattern.test(value))
}

/** A string in the given style, on one line; null if YAML cannot hold it. */
export function writeString(value: string, style: ScalarStyle): string | null {
  if (/\p{Surrogate}/u.test(value)) return null
  if (!style.json) {
    if (!style.always && isPlain(value, style.flow)) return value
    if (style.quote === "'" && !UNPRINTABLE.test(value)) return `'${value.replaceAll("'", "''")}'`
  }
  return JSON.stringify(value).replace(
    new RegExp(UNPRINTABLE, 'g'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Any scalar on one line; null if YAML as Kubernetes reads it cannot hold it. */
export function writeScalar(
  value: null | boolean | number | bigint | string,
  style: ScalarStyle,
): string | null {
  if (typeof value === 'string') return writeString(value, style)
  if (typeof value === 'number' && !Number.isFinite(value)) return null
  return String(value)
}

/** True when `value` can be a literal block: several lines of ordinary text. */
export function isLiteral(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: only line feeds may stand in a literal block
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/.test(value)) return false
  return /^[^\s][^\n]*\n/.test(value) && !/\n\n$/.test(value) && !/(?:^|\n) +(?:\n|$)/.test(value)
}
