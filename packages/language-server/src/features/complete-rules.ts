/** Ids of rules, in a list with commas: of a directive, or of the annotation that turns rules off. */
import type { Path, Problem } from '@daemonlint/core'
import { disableAnnotation, unusedDirective } from '@daemonlint/core/editor'
import type { Snapshot } from '../snapshot.ts'
import { withoutMark } from '../yaml/cursor.ts'
import { type Completion, type CompletionOptions, type Situation, sortText } from './completion-types.ts'
import { ruleDescription } from './rule-description.ts'

export interface RuleList {
  /** What stands before the cursor. */
  written: string
  offset: number
  /** Findings that the directive would hide; their rules come first. */
  problems: readonly Problem[]
}

/** @returns the rules that are on and not named yet, and where one is named, what introduces a reason */
export function completeRules(snapshot: Snapshot, list: RuleList, options: CompletionOptions): Completion[] {
  const { written, offset, problems } = list
  if (/(?:^|\s)--+(?:\s|$)/.test(written)) return []
  const typed = /[^\s,]*$/.exec(written)![0]
  const named = new Set(
    written
      .slice(0, written.length - typed.length)
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  const start = offset - typed.length
  if (named.size > 0 && /[^\s,]\s+$/.test(written)) return [reason(offset, options)]
  const ids = idsOf(snapshot, problems).filter(({ id }) => !named.has(id))
  const rules = ids.map(({ id, isHere }, index): Completion => {
    const detail = ruleDescription(id, snapshot.config)
    return {
      label: id,
      kind: 'rule',
      ...(detail && { detail }),
      start,
      end: offset,
      insertText: id,
      snippet: false,
      sortText: sortText(isHere ? 0 : 1, index),
      data: { rule: id },
    }
  })
  return typed === '' && named.size > 0 && !/,\s*$/.test(written) ? [reason(offset, options)] : rules
}

/** True for the way from a resource to the value of the annotation. */
export const isDisableAnnotation = (path: Path): boolean =>
  path.length === 3 && path[0] === 'metadata' && path[1] === 'annotations' && path[2] === disableAnnotation

/** Within the annotation's value. */
export function completeRuleList({
  snapshot,
  spot,
  offset,
  options,
  resource,
}: Omit<Situation, 'place'>): Completion[] {
  if (spot.on !== 'value') return []
  const { start, style } = spot.scalar
  const quoted = style === 'single' || style === 'double' ? 1 : 0
  const written = withoutMark(snapshot.text.slice(start + quoted, offset))
  const { start: from, end: to } = resource.map
  const { problems: found, suppressed } = snapshot.result
  const problems = [...found, ...suppressed].filter(
    ({ position }) => position.start.offset! >= from && position.start.offset! <= to,
  )
  return completeRules(snapshot, { written, offset, problems }, options)
}

const reason = (offset: number, { snippets }: CompletionOptions): Completion => ({
  label: '-- reason',
  kind: 'snippet',
  detail: 'why it is turned off',
  start: offset,
  end: offset,
  insertText: snippets ? '-- ${1:reason}' : '-- ',
  snippet: snippets === true,
  sortText: sortText(0, 0),
  filterText: '--',
})

/** Rules that are on, and warnings of the API server that were found; those with findings here first. */
function idsOf({ config, result }: Snapshot, here: readonly Problem[]): { id: string; isHere: boolean }[] {
  const hides = ({ rejected }: Problem) => !rejected || config.linterOptions.allowRejected
  const first = new Set(here.filter(hides).map(({ ruleId }) => ruleId))
  const on = Object.values(config.rules).flatMap(({ id, severity }) => (severity === 'off' ? [] : [id]))
  const found = result.problems.filter(hides).map(({ ruleId }) => ruleId)
  const others = [...new Set([...on, ...found])].filter((id) => !first.has(id)).sort()
  const isRule = (id: string) => id !== unusedDirective
  return [
    ...[...first].filter(isRule).map((id) => ({ id, isHere: true })),
    ...others.filter(isRule).map((id) => ({ id, isHere: false })),
  ]
}
