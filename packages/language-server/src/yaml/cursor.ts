/** Where a cursor stands in a text that is being typed. */
import { splitDocuments } from '@daemonlint/core/editor'
import { type Outline, outlineOf } from './outline.ts'
import { type Spot, spotAt } from './spot.ts'

export interface Cursor {
  /** Of the document, with a word of one character at the cursor, so that what is not there yet has a place. */
  outline: Outline
  /** Undefined where nothing can be written. */
  spot: Spot | undefined
  /** The comment that it stands in: from `#` to the cursor. */
  comment: { start: number; text: string } | undefined
  /** What is replaced, in the text as it is: the word under the cursor. */
  start: number
  end: number
  /** Text that is still missing before what is inserted: a space after a colon. */
  before: string
}

/** A character that no text has: of a private use area, and part of a plain scalar to YAML. */
const mark = '\uE000'

/**
 * Finds the place of a cursor from the text alone, broken or not.
 * @returns undefined on a line that separates documents, and within `{{ }}` of a template
 */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1
  if (text.startsWith('---', line) || isInMarkers(text, line, offset)) return undefined
  const chunk = splitDocuments(text).findLast(({ start, end }) => start <= offset && offset <= end)
  const start = chunk?.start ?? offset
  const end = chunk?.end ?? offset
  const before = isAfterColon(text, line, offset) ? ' ' : ''
  const width = before.length + mark.length
  const marked = `${text.slice(0, offset)}${before}${mark}${text.slice(offset, end)}`
  const outline = outlineOf(marked, start)
  const at = offset + before.length
  const comment = outline.comments.find((found) => found.start < offset && offset <= found.end)
  const spot = comment ? undefined : spotAt(outline, at)
  const [wordStart, wordEnd] = spot ? rangeOf(spot) : [at, at + 1]
  return {
    outline,
    spot,
    comment: comment && { start: comment.start, text: text.slice(comment.start, offset) },
    start: before ? offset : wordStart,
    end: Math.max(offset, wordEnd - width),
    before,
  }
}

/** What was typed of a word that holds the mark. */
export const withoutMark = (text: string): string => text.replace(mark, '')

export const hasMark = (text: string): boolean => text.includes(mark)

const rangeOf = (spot: Spot): [number, number] =>
  spot.on === 'key' ? [spot.entry.keyStart, spot.entry.keyEnd] : [spot.scalar.start, spot.scalar.end]

/** `key:` and nothing after it: what comes next is its value, once a space is there. */
function isAfterColon(text: string, line: number, offset: number): boolean {
  return (
    /^\s*(?:- +)*["']?[\w./-]+["']?:$/.test(text.slice(line, offset)) &&
    /^(?:\s|$)/.test(text.slice(offset, offset + 1))
  )
}

function isInMarkers(text: string, line: number, offset: number): boolean {
  const before = text.slice(line, offset)
  return before.lastIndexOf('{{') > before.lastIndexOf('}}') && before.includes('{{')
}
