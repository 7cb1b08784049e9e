import type { Position } from 'unist'
import { printable } from '../frame.ts'
import { escapeXml } from '../xml.ts'

/** Lines shown before and after the place. */
const around = 2
/** Most lines of a place that are shown. */
const most = 8
/** Longer lines are cut around the place. */
const widest = 400

/** The lines around a place, with their numbers, the place marked; '' where there is no such line. */
export function frame(lines: readonly string[], { start, end }: Position): string {
  const last = Math.min(end.line, start.line + most - 1)
  const shown: string[] = []
  for (let number = Math.max(1, start.line - around); number <= last + around; number++) {
    const line = lines[number - 1]
    const isHit = number >= start.line && number <= last
    // A text ends with a line end, not with an empty line.
    if (line === undefined || (line === '' && number === lines.length && !isHit)) break
    const from = number === start.line ? start.column - 1 : indentOf(line)
    const to = number === end.line ? end.column - 1 : line.length
    const text = isHit ? marked(line, from, to) : textHtml(cut(line, 0))
    shown.push(`<span${isHit ? ' class="hit"' : ''}><i>${number}</i>${text}</span>`)
  }
  return shown.length > 0 ? `<pre>${shown.join('')}</pre>` : ''
}

/** Text between tags: safe to show, and escaped. */
export const textHtml = (text: string): string => escapeXml(printable(text))

/** A line as it is, or what stands around a column of it. */
export function cut(line: string, column: number): string {
  if (line.length <= widest) return line
  const from = Math.max(0, column - widest / 4)
  return `${from > 0 ? '…' : ''}${line.slice(from, from + widest)}…`
}

const indentOf = (line: string): number => line.length - line.trimStart().length

function marked(line: string, from: number, to: number): string {
  const start = Math.min(Math.max(0, from), line.length)
  const end = Math.min(Math.max(start, to), line.length, start + widest)
  const head = line.slice(Math.max(0, start - widest / 2), start)
  const tail = line.slice(end, end + widest / 2)
  const before = head.length < start ? '…' : ''
  const after = end + tail.length < line.length ? '…' : ''
  return `${before}${textHtml(head)}<mark>${textHtml(line.slice(start, end))}</mark>${textHtml(tail)}${after}`
}
