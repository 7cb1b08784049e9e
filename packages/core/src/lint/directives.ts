import type { Position } from 'unist'
import type { Comment } from '../parse/tree.ts'
import { nearest } from '../text/nearest.ts'

export type DirectiveType = 'disable' | 'enable' | 'disable-line' | 'disable-next-line'

/** A rule that a directive names. */
export interface NamedRule {
  id: string
  position: Position
}

/** `# daemonlint-disable-next-line rule-a, rule-b -- reason` */
export interface Directive {
  type: DirectiveType
  /** Empty: all rules. */
  rules: NamedRule[]
  reason: string
  comment: Comment
}

/** A comment that begins as a directive does and is none: `# daemonlint-disable-nextline`. */
export interface MisspeltDirective {
  comment: Comment
  word: string
  meant: string
}

/** The words that come after `daemonlint-`. */
export const directiveTypes: readonly DirectiveType[] = [
  'disable',
  'enable',
  'disable-line',
  'disable-next-line',
]

/** Reads a comment; undefined when it is no directive. */
export function readDirective(comment: Comment): Directive | MisspeltDirective | undefined {
  const match = /^\s*daemonlint-([\w-]+)(?=\s|$)/.exec(comment.value)
  if (!match) return undefined
  const word = match[1]!
  const type = directiveTypes.find((type) => type === word)
  if (!type) {
    const meant = nearest(word, directiveTypes)
    return meant === undefined
      ? undefined
      : { comment, word: `daemonlint-${word}`, meant: `daemonlint-${meant}` }
  }
  const { list, listStart, reason } = splitReason(comment.value, match[0].length)
  const rules = splitList(list).map(({ text, start }) => ({
    id: text,
    position: within(comment, listStart + start, text.length),
  }))
  return { type, rules, reason, comment }
}

/** What stands before and after ` -- `, from an offset of the text on. */
export function splitReason(text: string, from = 0): { list: string; listStart: number; reason: string } {
  const rest = text.slice(from)
  const match = /(?:^|\s)-{2,}(?:\s|$)/.exec(rest)
  if (!match) return { list: rest, listStart: from, reason: '' }
  return {
    list: rest.slice(0, match.index),
    listStart: from,
    reason: rest.slice(match.index + match[0].length).trim(),
  }
}

/** The items of a list with commas, without white space, and where they start. */
export function splitList(list: string): { text: string; start: number }[] {
  return [...list.matchAll(/[^,]+/g)].flatMap(({ 0: part, index }) => {
    const text = part.trim()
    return text === '' ? [] : [{ text, start: index + part.indexOf(text) }]
  })
}

/** A stretch of a comment's text; a comment is on one line. */
function within({ position: { start } }: Comment, from: number, length: number): Position {
  const at = (delta: number) => ({
    line: start.line,
    column: start.column + delta,
    offset: (start.offset ?? 0) + delta,
  })
  // the text begins after the `#`
  return { start: at(from + 1), end: at(from + 1 + length) }
}
