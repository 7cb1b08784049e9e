import type { Problem } from '@daemonlint/core'

type Position = Problem['position']
type Point = Position['start']

/** Pairs of lines that are compared at most, for one document; no template of a manifest has as many. */
const maxPairs = 4_000_000

/**
 * Aligns what a template of Helm renders to with its lines. A line belongs to another where it has the same text, or the
 * same text around `{{ … }}` with a key before it, all in the same order, and only where no other line could be meant
 * on either side.
 * @param template with LF or CRLF
 * @param rendered one or several documents of it, in any order
 * @returns finds the place of the template that a rendered place comes from; undefined where nobody can tell
 */
export function align(template: string, rendered: string): (position: Position) => Position | undefined {
  const parts = splitParts(template).map((part) => ({ ...part, patterns: part.lines.map(patternOf) }))
  const origins = new Map<number, Origin>()
  const renderedLines = linesOf(rendered)
  for (const { first, lines } of splitParts(rendered)) {
    const aligned = parts.map(({ first, patterns }) => ({ first, patterns, ...alignLines(lines, patterns) }))
    const best = Math.max(0, ...aligned.map(({ score }) => score))
    const chosen = aligned.filter(({ score }) => score === best)
    // Several documents that are as near: any of them may be meant.
    if (best === 0 || chosen.length > 1) continue
    for (const [from, to] of chosen[0]!.pairs) {
      origins.set(first + from, { line: chosen[0]!.first + to, pattern: chosen[0]!.patterns[to]! })
    }
  }
  const starts = lineStarts(template)
  const pointOf = ({ line, column }: Point, isEnd: boolean): Point | undefined => {
    const origin = origins.get(line - 1)
    if (!origin) return undefined
    const at = columnIn(origin.pattern, renderedLines[line - 1]!.length, column - 1, isEnd)
    return { line: origin.line + 1, column: at + 1, offset: starts[origin.line]! + at }
  }
  return ({ start, end }) => {
    const from = pointOf(start, false)
    if (!from) return undefined
    const to = pointOf(end, true)
    const isAfter = to && (to.line > from.line || (to.line === from.line && to.column >= from.column))
    return { start: from, end: isAfter ? to : from }
  }
}

interface Origin {
  /** 0-based. */
  line: number
  pattern: Pattern
}

/** What a line of a template may render to. */
interface Pattern {
  text: string
  /** How much of it stands before the first action, and after the last one. */
  before: number
  after: number
  /** Undefined for a line that says too little to be known again. */
  matches: ((line: string) => boolean) | undefined
}

function patternOf(text: string): Pattern {
  const open = text.indexOf('{{')
  if (open < 0 && !text.includes('}}')) {
    const trimmed = text.trimEnd()
    return {
      text,
      before: text.length,
      after: 0,
      matches: /[^\s-]/.test(trimmed) ? (line) => line.trimEnd() === trimmed : undefined,
    }
  }
  const close = text.lastIndexOf('}}')
  const literals = text.split(/\{\{.*?\}\}/)
  const isWhole = open >= 0 && !/\{\{|\}\}/.test(literals.join(''))
  // An action that trims the white space before it joins its line to another one.
  const keeps = !/^\s*\{\{-/.test(text) && /[\w.-]["']?\s*:/.test(literals[0]!)
  const expression = isWhole && keeps ? new RegExp(`^${literals.map(escaped).join('.*')}\\s*$`) : undefined
  return {
    text,
    before: Math.max(open, 0),
    after: text.length - close - 2,
    matches: expression && ((line) => expression.test(line)),
  }
}

/** The longest alignment of two lists, and those pairs of it that are the only ones possible for both their lines. */
function alignLines(lines: readonly string[], patterns: readonly Pattern[]) {
  const [rows, columns] = [lines.length, patterns.length]
  const pairs: [number, number][] = []
  if (rows * columns > maxPairs) return { score: 0, pairs }
  const width = columns + 1
  const matches = new Uint8Array(rows * columns)
  for (const [column, { matches: matching }] of patterns.entries()) {
    if (!matching) continue
    for (let row = 0; row < rows; row++) if (matching(lines[row]!)) matches[row * columns + column] = 1
  }
  const before = new Uint32Array((rows + 1) * width)
  const after = new Uint32Array((rows + 1) * width)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      before[(row + 1) * width + column + 1] = Math.max(
        before[row * width + column + 1]!,
        before[(row + 1) * width + column]!,
        before[row * width + column]! + matches[row * columns + column]!,
      )
    }
  }
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      after[row * width + column] = Math.max(
        after[(row + 1) * width + column]!,
        after[row * width + column + 1]!,
        after[(row + 1) * width + column + 1]! + matches[row * columns + column]!,
      )
    }
  }
  const score = after[0]!
  const possible: [number, number][] = []
  const [ofRow, ofColumn] = [new Uint32Array(rows), new Uint32Array(columns)]
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!matches[row * columns + column]) continue
      if (before[row * width + column]! + 1 + after[(row + 1) * width + column + 1]! !== score) continue
      possible.push([row, column])
      ofRow[row]!++
      ofColumn[column]!++
    }
  }
  for (const pair of possible) if (ofRow[pair[0]] === 1 && ofColumn[pair[1]] === 1) pairs.push(pair)
  return { score, pairs }
}

/** Where a column of a rendered line stands in its pattern: what an action printed is the action. */
function columnIn({ text, before, after }: Pattern, length: number, column: number, isEnd: boolean): number {
  if (column <= before) return Math.min(column, text.length)
  const left = length - column
  if (left <= after) return text.length - left
  return isEnd ? text.length - after : before
}

/** The documents of a text, by their lines; `first` is 0-based. */
function splitParts(text: string): { first: number; lines: string[] }[] {
  const parts: { first: number; lines: string[] }[] = [{ first: 0, lines: [] }]
  for (const [index, line] of linesOf(text).entries()) {
    if (/^---(\s|$)/.test(line)) parts.push({ first: index + 1, lines: [] })
    else parts.at(-1)!.lines.push(line)
  }
  return parts.filter(({ lines }) => lines.some((line) => line.trim() !== ''))
}

const linesOf = (text: string): string[] => text.split(/\r?\n/)

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
