import type { Position } from 'unist'

export interface FrameOptions {
  /** Columns for the text of the line. Default 100. */
  width?: number
  /** Colours the marker. */
  paint?: (text: string) => string
  /** Colours what stands beside the text. */
  dim?: (text: string) => string
}

const WIDE =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u
/** Controls and what turns the direction of writing: they would let a file write on the terminal as it likes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g
const TAB = '  '

/** Text that is safe to print: controls become `�`, tabs two spaces. */
export function printable(text: string): string {
  return text.replaceAll('\t', TAB).replace(UNSAFE, '\ufffd')
}

/** The same on one line. */
export function oneLine(text: string): string {
  return printable(text.replace(/\r\n|[\r\n\u2028\u2029]/g, ' '))
}

/** Lines of a text, however they end. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/)
}

/** One character as people see it. */
interface Cell {
  text: string
  width: number
  /** 0-based offset of its first UTF-16 unit in the line. */
  at: number
}

/**
 * The line that a finding begins on, with a marker under the place; of a range over several lines the first.
 * @param lines the lines of the file
 * @param position 1-based; columns count UTF-16 units
 * @returns two lines of text, or none if there is no such line
 */
export function codeFrame(
  lines: readonly string[],
  position: Position,
  options: FrameOptions = {},
): string[] {
  const { width = 100, paint = String, dim = String } = options
  const { start, end } = position
  const line = lines[start.line - 1]
  if (line === undefined) return []
  const written = line.trimEnd()
  const to = end.line === start.line ? end.column - 1 : written.length
  const number = String(start.line)
  const frame = (text: string, indent: number, length: number) => [
    `${dim(`${number} |`)} ${text}`.trimEnd(),
    `${dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(indent)}${paint('^'.repeat(Math.max(1, length)))}`,
  ]
  if (written.length <= width && plain.test(written)) {
    const from = Math.min(start.column - 1, written.length)
    return frame(written, from, Math.min(to, written.length) - from)
  }
  const cells = split(written)
  const first = cells.findIndex(({ at, text }) => at + text.length > start.column - 1)
  const from = first < 0 ? cells.length : first
  const marked = cells.slice(from).filter(({ at }) => at < to).length
  const [left, right] = cut(cells, from, from + marked, width)
  const shown = cells.slice(left, right)
  const before = left > 0 ? '…' : ''
  const after = right < cells.length ? '…' : ''
  const indent = before.length + sum(shown.slice(0, from - left))
  const length = sum(cells.slice(from, Math.min(from + marked, right)))
  const text = printable(shown.map((cell) => cell.text).join(''))
  return frame(`${before}${text}${after}`, indent, length)
}

/** Most lines: each character is printed as it is, one column wide. */
const plain = /^[ -~]*$/

/** Which cells to show: all, or a part around the marked ones. */
function cut(cells: Cell[], from: number, to: number, width: number): [number, number] {
  if (sum(cells) <= width) return [0, cells.length]
  const room = width - 2
  let left = from
  let right = from
  let used = 0
  const fits = (cell: Cell | undefined): cell is Cell => cell !== undefined && used + cell.width <= room
  while (right < to && fits(cells[right])) used += cells[right++]!.width
  // A third of what is left goes before the place, the rest after it, and what that leaves before it again.
  const ahead = used + Math.floor((room - used) / 3)
  while (left > 0 && used + cells[left - 1]!.width <= ahead) used += cells[--left]!.width
  while (fits(cells[right])) used += cells[right++]!.width
  while (left > 0 && fits(cells[left - 1])) used += cells[--left]!.width
  return [left, right]
}

const sum = (cells: readonly Cell[]): number => cells.reduce((total, { width }) => total + width, 0)

function split(line: string): Cell[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is ASCII needs no segmenter
  if (/^[\u0000-\u007f]*$/.test(line)) {
    return Array.from(line, (text, at) => ({ text, at, width: text === '\t' ? TAB.length : 1 }))
  }
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)
  return Array.from(graphemes, ({ segment, index }) => ({
    text: segment,
    at: index,
    width: widthOf(segment),
  }))
}

function widthOf(grapheme: string): number {
  if (grapheme === '\t') return TAB.length
  if (WIDE.test(grapheme)) return 2
  return /^[\p{Mark}\p{Format}]+$/u.test(grapheme) && !grapheme.match(UNSAFE) ? 0 : 1
}
