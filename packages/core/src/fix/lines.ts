/** Lines of a text whose breaks are LF, CR LF or a lone CR, as YAML has them. */

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  let at = offset
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--
  return at
}

/** Offset of the line break (or the end of the text, or `limit`) that ends the line that holds `offset`. */
export function lineEnd(text: string, offset: number, limit = text.length): number {
  let at = offset
  while (at < limit && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

/** The line break that stands at `offset`, or ''. */
export function breakAt(text: string, offset: number): string {
  if (text[offset] === '\r') return text[offset + 1] === '\n' ? '\r\n' : '\r'
  return text[offset] === '\n' ? '\n' : ''
}

/** Offset of the line break that ends just before `offset`, or `offset` if there is none. */
export function beforeBreak(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return text[offset - 2] === '\r' ? offset - 2 : offset - 1
  return text[offset - 1] === '\r' ? offset - 1 : offset
}

/** The kind of line break in use around `offset`: that of its own line, else of the one before, else LF. */
export function lineBreakNear(text: string, offset: number): string {
  const own = breakAt(text, lineEnd(text, offset))
  if (own !== '') return own
  const start = lineStart(text, offset)
  return text.slice(beforeBreak(text, start), start) || '\n'
}

/** What stands between `offset` and the end of its line. */
export function restOfLine(text: string, offset: number): string {
  return text.slice(offset, lineEnd(text, offset))
}

/** What stands between the start of its line and `offset`. */
export function beforeOnLine(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset)
}

/** The spaces between the start of its line and `offset`; undefined, and soon told, where something else stands there. */
export function indentBefore(text: string, offset: number): string | undefined {
  let at = offset
  while (text[at - 1] === ' ') at--
  return at === 0 || beforeBreak(text, at) < at ? text.slice(at, offset) : undefined
}

/** True when only white space, and perhaps a comment, follows on the line. */
export function isLineDone(text: string, offset: number): boolean {
  const done = /[ \t]*(?:$|[\r\n])|[ \t]+#/y
  done.lastIndex = offset
  return done.test(text)
}

/** True when the next line with text is indented by more than `column`: a block scalar before it would swallow it. */
export function deepensAfter(text: string, offset: number, column: number): boolean {
  const start = lineEnd(text, offset)
  let at = start
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++
  const indent = lineStart(text, at)
  return indent > start && /^ */.exec(text.slice(indent, at))![0].length > column
}
