import type { Edit } from '../problem.ts'
import type { Directive } from './directives.ts'

/** Removes a comment: with its line if it stands alone there, else with the white space before it. */
export function removeComment(text: string, { comment }: Directive): Edit {
  let start = comment.position.start.offset ?? 0
  let end = comment.position.end.offset ?? 0
  while (/[ \t]/.test(text[start - 1] ?? '')) start--
  if (comment.ownLine) {
    if (text.startsWith('\r\n', end)) end += 2
    else if (/[\r\n]/.test(text[end] ?? '')) end++
  }
  return { range: [start, end], text: '' }
}

/** Removes one of several rules from a directive's list, with one comma. */
export function removeRule({ rules }: Directive, index: number): Edit {
  const start = (at: number) => rules[at]!.position.start.offset ?? 0
  const end = (at: number) => rules[at]!.position.end.offset ?? 0
  const last = index === rules.length - 1
  return { range: last ? [end(index - 1), end(index)] : [start(index), start(index + 1)], text: '' }
}

/** Adds a rule to a directive that names some. */
export function addRule({ rules }: Directive, ruleId: string): Edit {
  const at = rules.at(-1)!.position.end.offset ?? 0
  return { range: [at, at], text: `, ${ruleId}` }
}
