import type { Point, Position } from 'unist'

/** Finds lines and columns. LF, CRLF and a lone CR end a line. */
export interface Lines {
  /** The place of a 0-based offset; 1-based line and column, columns counted in UTF-16 units. */
  pointAt(offset: number): Point
  /** The place between two offsets, the second exclusive. */
  positionOf(start: number, end: number): Position
}

/** The offset at which each line begins; LF, CRLF and a lone CR end one. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    return starts
  }
  const breaks = /\r\n?|\n/g
  while (breaks.exec(text)) starts.push(breaks.lastIndex)
  return starts
}

/** @param text without a byte order mark */
export function createLines(text: string): Lines {
  let starts: number[] | undefined
  const pointAt = (offset: number): Point => {
    starts ??= lineStarts(text)
    const at = Math.min(Math.max(offset, 0), text.length)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - starts[low]! + 1, offset: at }
  }
  return {
    pointAt,
    positionOf: (start, end) => ({ start: pointAt(start), end: pointAt(Math.max(start, end)) }),
  }
}
