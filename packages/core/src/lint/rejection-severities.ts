import { type RejectionMeta, rejections } from '../apiserver/index.ts'
import type { Problem } from '../problem.ts'
import { matchesEntry } from './match-resource.ts'
import type { ResolvedConfig } from './resolved.ts'

/** What rejections are called in configurations and directives: `api-server/unknown-field` … */
export const rejectionIds: readonly string[] = Object.keys(rejections).map((id) => `api-server/${id}`)

/** True for the id of something that the API server refuses, not merely warns of. */
export function isRejection(id: string): boolean {
  const name = id.slice('api-server/'.length)
  const table: Record<string, RejectionMeta> = rejections
  return id.startsWith('api-server/') && Object.hasOwn(table, name) && !table[name]!.accepted
}

/**
 * Ids whose setting counts for nothing in a configuration: rejections, while `linterOptions.allowRejected` is not set.
 * Hosts say so, for nothing else would.
 */
export function powerlessRules({ rejections, entries, linterOptions }: ResolvedConfig): string[] {
  if (linterOptions.allowRejected) return []
  const set = [
    ...Object.entries(rejections).map(([ruleId, severity]) => ({ ruleId, severity })),
    ...entries,
  ].filter(({ ruleId, severity }) => severity !== 'error' && isRejection(ruleId))
  return [...new Set(set.map(({ ruleId }) => ruleId))]
}

/**
 * Gives rejections the severities of a configuration, which count only under `linterOptions.allowRejected`: a manifest
 * that is refused never runs, whatever anybody thinks of it.
 * @param used gets the ids of the entries that turned one off
 */
export function withRejectionSeverities(
  problems: readonly Problem[],
  config: ResolvedConfig,
  used: Set<string>,
): Problem[] {
  const result: Problem[] = []
  for (const problem of problems) {
    const { ruleId, manifest, container } = problem
    if (problem.rejected && !config.linterOptions.allowRejected) {
      result.push(problem)
      continue
    }
    const severity = config.rejections[ruleId] ?? problem.severity
    if (severity === 'off') continue
    const changed: Problem = { ...problem, severity }
    for (const entry of config.entries) {
      if (entry.ruleId !== ruleId || !manifest || !matchesEntry(entry, manifest, container)) continue
      delete changed.suppressions
      if (entry.severity !== 'off') changed.severity = entry.severity
      else {
        changed.suppressions = [{ kind: 'config', justification: entry.reason ?? '' }]
        used.add(entry.id)
      }
    }
    result.push(changed)
  }
  return result
}
