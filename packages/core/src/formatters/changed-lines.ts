import { applyEdits } from '../fix/edits.ts'
import type { Lines } from '../parse/lines.ts'
import type { Fix } from '../problem.ts'

/** What a fix does to the lines of a text. */
export interface ChangedLines {
  /** 1-based number of the first line that goes, or before which lines come. */
  line: number
  removed: string[]
  added: string[]
}

/**
 * The lines that a fix takes away and those it puts in their place: from the first to the last that differ.
 * @param lines of the text
 * @returns undefined where nothing changes, or the edits do not fit the text
 */
export function changedLines(text: string, lines: Lines, fix: Fix): ChangedLines | undefined {
  const starts = fix.edits.map(({ range }) => range[0])
  const ends = fix.edits.map(({ range }) => range[1])
  // Only the lines around the edits are split: a fix is small, and a file may not be.
  const { line, column, offset = 0 } = lines.pointAt(Math.min(...starts))
  const from = offset - (column - 1)
  const to = endOfLine(text, Math.max(...ends))
  const edits = fix.edits.map(({ range, text }): Fix['edits'][number] => ({
    range: [range[0] - from, range[1] - from],
    text,
  }))
  const part = text.slice(from, to)
  const before = part.split(/\r\n|\n|\r/)
  const after = applyEdits(part, [{ edits }]).output.split(/\r\n|\n|\r/)
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++
  const removed = before.slice(head, before.length - tail)
  const added = after.slice(head, after.length - tail)
  if (removed.length === 0 && added.length === 0) return undefined
  return { line: line + head, removed, added }
}

/** The end of the line after the one that holds the place: an edit that ends with a line end changes where that begins. */
function endOfLine(text: string, at: number): number {
  const line = /[^\r\n]*(?:\r\n|\n|\r)?[^\r\n]*/y
  line.lastIndex = at
  return at + (line.exec(text)?.[0].length ?? 0)
}
