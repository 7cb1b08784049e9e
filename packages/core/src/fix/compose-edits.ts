import type { Edit } from '../problem.ts'
import { byStart } from './edits.ts'

/** A stretch of a changed text; `from`: where it stands in the first one, absent for what was put in. */
interface Piece {
  text: string
  from?: number
}

/**
 * The edits of a text that come to the same as several rounds of edits, each of which speaks of what the one before made
 * of the text. They are as small as can be seen at their ends, in the order of the text, and none touches another.
 * @param rounds those of one round do not overlap
 */
export function composeEdits(text: string, rounds: readonly (readonly Edit[])[]): Edit[] {
  let pieces: Piece[] = [{ text, from: 0 }]
  for (const edits of rounds) pieces = splicePieces(pieces, edits.toSorted(byStart))
  return editsOf(text, pieces).flatMap((edit) => trimmed(text, edit))
}

function splicePieces(pieces: readonly Piece[], edits: readonly Edit[]): Piece[] {
  const result: Piece[] = []
  let index = 0
  /** How much of the piece at `index` has been passed, and where in the text that is. */
  let passed = 0
  let at = 0
  const pass = (until: number, keep: boolean) => {
    while (at < until) {
      const piece = pieces[index]!
      const length = Math.min(until - at, piece.text.length - passed)
      const part = piece.text.slice(passed, passed + length)
      if (keep && length > 0) {
        result.push(piece.from === undefined ? { text: part } : { text: part, from: piece.from + passed })
      }
      at += length
      passed += length
      if (passed === piece.text.length) {
        index++
        passed = 0
      }
    }
  }
  for (const { range, text } of edits) {
    pass(range[0], true)
    if (text !== '') result.push({ text })
    pass(range[1], false)
  }
  const last = pieces.slice(index).reduce((length, piece) => length + piece.text.length, at - passed)
  pass(last, true)
  return result
}

function editsOf(text: string, pieces: readonly Piece[]): Edit[] {
  const edits: Edit[] = []
  let at = 0
  let insert = ''
  const push = (until: number) => {
    if (insert !== '' || until > at) edits.push({ range: [at, until], text: insert })
    insert = ''
  }
  for (const piece of pieces) {
    if (piece.from === undefined) insert += piece.text
    else {
      push(piece.from)
      at = piece.from + piece.text.length
    }
  }
  push(text.length)
  return edits
}

/** An edit without what it leaves as it is at both ends; none where that is all of it. */
function trimmed(text: string, { range, text: insert }: Edit): Edit[] {
  const old = text.slice(...range)
  const shorter = Math.min(old.length, insert.length)
  let head = 0
  while (head < shorter && old[head] === insert[head]) head++
  let tail = 0
  while (tail < shorter - head && old.at(-1 - tail) === insert.at(-1 - tail)) tail++
  // Neither the halves of a character nor those of a line break part.
  if (splits(old, head) || splits(insert, head)) head--
  if (splits(old, old.length - tail) || splits(insert, insert.length - tail)) tail--
  if (old.length === insert.length && head + tail === old.length) return []
  return [{ range: [range[0] + head, range[1] - tail], text: insert.slice(head, insert.length - tail) }]
}

/** True between the halves of a surrogate pair, and between CR and LF. */
const splits = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(at - 1, at + 1))
