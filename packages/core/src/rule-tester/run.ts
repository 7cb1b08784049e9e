import { checkRuleOptions } from '../lint/check-options.ts'
import type { Config } from '../lint/config.ts'
import { type LintResult, lint } from '../lint/lint.ts'
import { resolveConfig } from '../lint/resolve-config.ts'
import type { AnyRule } from '../lint/rule.ts'
import type { Problem } from '../problem.ts'
import { surroundingsOf } from './surroundings.ts'
import type { ValidCase } from './types.ts'

/** One rule on one case, whose text may be changed. */
export interface Runner {
  lint(code: string): LintResult
  /** What the rule found, without rejections and unused directives. */
  found(result: LintResult): Problem[]
}

/** Prepares the rule for a case, with the options and settings of the case. */
export function createRunner(id: string, rule: AnyRule, base: Config, test: ValidCase): Runner {
  const { options = [], settings, role } = test
  const surroundings = surroundingsOf(test)
  if (options.length > 0) checkRuleOptions(id, rule, options, `Rule '${id}'`)
  const config = resolveConfig([base, { settings: settings ?? {}, rules: { [id]: ['error', ...options] } }], {
    builtin: { rules: { [id]: rule } },
  })
  return {
    lint: (code) => lint(code, { config, ...surroundings, role, strict: true }),
    found: ({ problems }) => problems.filter(({ ruleId }) => ruleId === id),
  }
}
