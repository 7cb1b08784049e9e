/**
 * Placeholders of template languages. Only what a tool replaces before Kubernetes reads the file counts:
 * `${X}` and `$X` of envsubst, `{{ }}` of Go and Jinja, `{% %}`, `<% %>` and `<%= %>`, `@X@` and `@@X@@`, `__X__`,
 * `#{X}#`, `((x))`. Kubernetes' own `$(X)` does not, nor do `%X%` (a variable of Windows) within a text, `<your-image>`
 * (for a person to replace) or anything in a block scalar but `{{ }}`-like markers, for such texts are scripts.
 */

const pairs = [
  ['{{', '}}'],
  ['{%', '%}'],
  ['<%', '%>'],
] as const
const hasBraces = (text: string) =>
  pairs.some(([open, close]) => {
    const start = text.indexOf(open)
    return start >= 0 && text.indexOf(close, start + 2) >= 0
  })
const dollarBraces = /(?<!\$)\$\{(?:[^}\n$]|\$(?!\{))*\}/
/** `$X` only where a value is made of it: whole, or between `/`, `:`, `@`, `-` and `.` of a reference. */
const dollar = /^(?=\S+$)(?:.*[/:@.-])?(?<!\$)\$[A-Z_][A-Z0-9_]+(?=$|[/:@.-])/
const at = /@@[A-Za-z_][\w.-]*@@|(?<![\w@])@[A-Z][A-Z0-9_]*@(?![\w@])/
const underscores = /(?:^|[/:,=@-])__[A-Z][A-Z0-9_]*__(?=$|[/:,@.-])/
const percent = /^%[A-Z][A-Z0-9_]*%$/
const hash = /#\{[A-Za-z_][\w.-]*\}#?/
const parens = /\(\([A-Za-z][\w./-]*\)\)/

/** One cheap test before the careful ones. */
const anySign = /[$%#@]|\{[{%]|<%|__|\(\(/

/**
 * True when a scalar holds a placeholder, so that its value is unknown.
 * @param value its text, unquoted
 * @param block whether it is a block scalar (`|` or `>`)
 */
export function hasPlaceholder(value: string, block = false): boolean {
  if (!anySign.test(value)) return false
  if (hasBraces(value)) return true
  if (block) return false
  return (
    dollarBraces.test(value) ||
    dollar.test(value) ||
    at.test(value) ||
    underscores.test(value) ||
    percent.test(value) ||
    hash.test(value) ||
    parens.test(value)
  )
}

/** True when a key holds a placeholder, so that the map's shape is unknown. */
export function isPlaceholderKey(key: string): boolean {
  return anySign.test(key) && (hasBraces(key) || dollarBraces.test(key))
}

/** `@X@` and `%X%` where a value begins: no plain value may begin so. */
const beginning = /(?<=[:-][ \t]+)(?:@@?[A-Za-z_][\w.-]*@@?|%[A-Za-z_]\w*%)/g
const breaking = /\{\{|\{%|<%|%\{|\$\{|[:-][ \t]+[@%][@A-Za-z_]/

/** True when a text holds markers that can break YAML: a cheap test. */
export function holdsMarkers(text: string): boolean {
  return breaking.test(text)
}

/**
 * True when a text holds markers of a language with blocks and conditions, so that nothing can be said about its
 * structure: `{{ }}`, `{% %}`, `<% %>`, `%{ }`.
 */
export function holdsBlocks(text: string): boolean {
  return /\{\{|\{%|<%|%\{/.test(text)
}

const hashLine = /[ \t]*#\{[A-Za-z_][\w.-]*\}/y

/**
 * True when a `#{X}#` stands where a value is missing: to YAML it is a comment.
 * @param at where the value would stand, or the white space before it
 */
export function isHiddenPlaceholder(text: string, at: number): boolean {
  hashLine.lastIndex = at
  return hashLine.test(text)
}

/**
 * The same text with each `${X}` replaced by a word of equal length, and a line that holds nothing else by a comment:
 * if it still is no YAML, placeholders are not to blame.
 */
export function neutralise(text: string): string {
  return text
    .replace(/^([ \t]*)\$\{[^}\n$]*\}[ \t\r]*$/gm, (line, indent: string) => {
      return `${indent}#${'x'.repeat(line.length - indent.length - 1)}`
    })
    .replace(/\$\{[^}\n$]*\}/g, (match) => 'x'.repeat(match.length))
    .replace(beginning, (match) => 'x'.repeat(match.length))
}
