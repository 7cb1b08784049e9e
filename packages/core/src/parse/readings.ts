import type { Lines } from './lines.ts'
import type { ReadDocument, SourceFile } from './read.ts'
import { shiftDocument } from './shift.ts'
import { createSource } from './source.ts'
import type { Root } from './tree.ts'

/** What was made of one document of a text. */
export interface Reading {
  /** Offset of the document. */
  start: number
  /** 1-based line on which it begins. */
  line: number
  comments: ReadDocument['comments']
  /** Absent for a document that was passed over. */
  read?: ReadDocument
}

/** The documents of a text by what they hold: what is the same has been read to the same, wherever it stands. */
export type Readings = Map<string, Reading[]>

const known = new WeakMap<Root, Readings>()

/** Remembers what was made of the documents of a text for as long as its tree is there. */
export function keepReadings(root: Root, readings: Readings): void {
  known.set(root, readings)
}

export type Reuse = (body: string, start: number, wanted: boolean) => Reading | undefined

/**
 * Finds in an earlier tree what need not be read again. Each document there serves once.
 * @returns for a document and where it stands now, what an equal one was read to; undefined if there is none, or it was
 *   passed over and is wanted now
 */
export function createReuse(previous: Root | undefined, { text, lines }: SourceFile): Reuse {
  const before = previous && known.get(previous)
  const taken = new Map<string, number>()
  return (body, start, wanted) => {
    const list = before?.get(body)
    const index = taken.get(body) ?? 0
    const found = list?.[index]
    if (!found || (wanted && !found.read)) return undefined
    taken.set(body, index + 1)
    return moved(found, start, text, lines)
  }
}

function moved(
  { start, line, comments, read }: Reading,
  to: number,
  text: string,
  lines: Lines,
): Reading | undefined {
  const by = to - start
  const now = lines.pointAt(to).line
  // What they say may name a line, and they are few.
  if (read && (read.errors.length > 0 || read.cause) && (by !== 0 || now !== line)) return undefined
  const moveAll = (ranges: ReadDocument['comments']) =>
    by === 0 ? ranges : ranges.map(({ start, end }) => ({ start: start + by, end: end + by }))
  const reading: Reading = { start: to, line: now, comments: moveAll(comments) }
  if (!read) return reading
  reading.read = { ...read, comments: reading.comments }
  if (read.source) {
    const document = by === 0 ? read.source.document : shiftDocument(read.source.document, by)
    reading.read.source = createSource(document, text, lines)
  }
  return reading
}
