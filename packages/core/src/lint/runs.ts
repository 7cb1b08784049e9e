import type { Manifest } from '../parse/tree.ts'
import { checkRule } from './check-rule.ts'
import { matchesEntry } from './match-resource.ts'
import { mergeOptions } from './merge.ts'
import type { ResolvedConfig, ResourceEntry, RuleRun, Verdict } from './resolved.ts'

/**
 * The runs that a configuration asks for: none for a rule that is off everywhere.
 * @throws ConfigError for what is no rule
 */
export function runsOf(config: Pick<ResolvedConfig, 'rules' | 'entries'>): RuleRun[] {
  const runs: RuleRun[] = []
  for (const { id, rule, severity, options } of Object.values(config.rules)) {
    const entries = config.entries.filter(({ ruleId }) => ruleId === id)
    if (severity === 'off' && entries.every((entry) => entry.severity === 'off')) continue
    checkRule(id, rule)
    const run = (given: readonly unknown[], source?: ResourceEntry): RuleRun => ({
      id,
      rule,
      options: mergeOptions(rule.meta.defaultOptions, given),
      source,
      severity,
      entries,
    })
    runs.push(run(options))
    for (const entry of entries) {
      if (entry.options && entry.severity !== 'off') runs.push(run(entry.options, entry))
    }
  }
  return runs
}

/**
 * What a report of a run comes to for one resource or container: the last entry that matches decides.
 * @returns undefined when the rule is off there, or another run has the options that hold there
 */
export function verdictOf(
  run: RuleRun,
  manifest: Manifest,
  container: string | undefined,
): Verdict | undefined {
  let severity = run.severity
  let source: ResourceEntry | undefined
  let off: ResourceEntry | undefined
  for (const entry of run.entries) {
    if (!matchesEntry(entry, manifest, container)) continue
    if (entry.severity === 'off') {
      off = entry
      continue
    }
    off = undefined
    severity = entry.severity
    if (entry.options) source = entry
  }
  if (severity === 'off' || source !== run.source) return undefined
  return off ? { severity, suppressedBy: off } : { severity }
}
