import type { Position as UnistPosition } from '@daemonlint/core'
import { lineStarts } from '@daemonlint/core/editor'
import type { Position, Range } from 'vscode-languageserver/node'

/** How `character` counts within a line, as agreed upon with the client. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32'

const encodings: readonly string[] = ['utf-16', 'utf-8', 'utf-32'] satisfies Encoding[]

/**
 * The encoding to use: UTF-16, which every client must know, unless the client prefers another one.
 * @param offered the client's `general.positionEncodings`, the most wanted first
 */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  return (offered?.find((one) => encodings.includes(one)) as Encoding | undefined) ?? 'utf-16'
}

/** Translates between a text's offsets, which count UTF-16 units, and the protocol's positions. */
export interface Positions {
  /** 0-based; a place beyond a line's end is its end, one within a character its start. */
  offsetAt(position: Position): number
  positionAt(offset: number): Position
  /** Of a place in the tree. */
  rangeOf(position: UnistPosition): Range
  /** Between two offsets, the second exclusive. */
  rangeBetween(start: number, end: number): Range
}

/**
 * @param text as the tree has it: without a byte order mark
 * @param hasMark the client's text begins with a byte order mark, which counts in its first line
 */
export function createPositions(text: string, encoding: Encoding, hasMark = false): Positions {
  let known: number[] | undefined
  const starts = () => {
    known ??= lineStarts(text)
    return known
  }
  const markWidth = hasMark ? (encoding === 'utf-8' ? 3 : 1) : 0

  function offsetAt({ line, character }: Position): number {
    const lines = starts()
    if (line >= lines.length) return text.length
    const start = lines[line]!
    const end = lineEnd(text, start, lines[line + 1])
    const wanted = Math.max(line === 0 ? character - markWidth : character, 0)
    return encoding === 'utf-16'
      ? insidePair(text, Math.min(start + wanted, end), start)
      : walk(start, end, wanted)
  }

  /** The offset of the character that begins after so many units of the encoding. */
  function walk(start: number, end: number, units: number): number {
    let left = units
    let at = start
    while (at < end && left > 0) {
      const code = text.codePointAt(at)!
      left -= widthOf(code, encoding)
      if (left < 0) break
      at += code > 0xffff ? 2 : 1
    }
    return Math.min(at, end)
  }

  function characterOf(line: number, start: number, offset: number): number {
    const mark = line === 0 ? markWidth : 0
    if (encoding === 'utf-16') return offset - start + mark
    let units = mark
    for (let at = start; at < offset; ) {
      const code = text.codePointAt(at)!
      units += widthOf(code, encoding)
      at += code > 0xffff ? 2 : 1
    }
    return units
  }

  function positionAt(offset: number): Position {
    const lines = starts()
    const within = Math.min(Math.max(offset, 0), text.length)
    // Within CRLF there is no place.
    const at = text[within] === '\n' && text[within - 1] === '\r' ? within - 1 : within
    let low = 0
    let high = lines.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (lines[middle]! <= at) low = middle
      else high = middle - 1
    }
    return { line: low, character: characterOf(low, lines[low]!, at) }
  }

  const rangeBetween = (start: number, end: number): Range => ({
    start: positionAt(start),
    end: positionAt(Math.max(start, end)),
  })

  return {
    offsetAt,
    positionAt,
    rangeBetween,
    rangeOf({ start, end }) {
      if (start.offset !== undefined && end.offset !== undefined)
        return rangeBetween(start.offset, end.offset)
      // Of a plugin's own making.
      const at = (point: { line: number; column: number }) => {
        const from = starts()[point.line - 1] ?? text.length
        return positionAt(Math.min(from + point.column - 1, text.length))
      }
      return { start: at(start), end: at(end) }
    },
  }
}

/** Before the line's break. */
function lineEnd(text: string, start: number, next: number | undefined): number {
  let end = next ?? text.length
  if (next === undefined) return end
  if (end > start && text[end - 1] === '\n') end--
  if (end > start && text[end - 1] === '\r') end--
  return end
}

/** The start of a pair of surrogates for an offset between the two. */
function insidePair(text: string, offset: number, start: number): number {
  if (offset <= start || offset >= text.length) return offset
  const isLow = (text.charCodeAt(offset) & 0xfc00) === 0xdc00
  const isHigh = (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800
  return isLow && isHigh ? offset - 1 : offset
}

/** A lone surrogate travels as U+FFFD, which takes three bytes. */
function widthOf(code: number, encoding: Encoding): number {
  if (encoding === 'utf-32') return 1
  if (encoding === 'utf-16') return code > 0xffff ? 2 : 1
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
