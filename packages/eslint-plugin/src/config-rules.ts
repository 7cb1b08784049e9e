import { rejections, type Severity } from '@daemonlint/core'
import { configs } from '@daemonlint/rules'
import type { Linter } from 'eslint'
import { apiServer, unusedDirective } from './ids.ts'

/** The presets of `@daemonlint/rules`, each also by the name with its major version. */
export const presetNames = Object.keys(configs) as (keyof typeof configs)[]

/** ESLint knows no remarks: the least that it shows is a warning. */
const severities = { info: 'warn', warn: 'warn', error: 'error' } satisfies Record<
  Severity,
  Linter.RuleSeverity
>

/** The rules of a preset, and what holds whatever the preset: the API server's verdict, and idle directives. */
export function configRules(preset: keyof typeof configs): Linter.RulesRecord {
  const rules: Linter.RulesRecord = {}
  for (const [id, { accepted }] of Object.entries(rejections)) {
    rules[`daemonlint/${apiServer}${id}`] = accepted ? 'warn' : 'error'
  }
  for (const [id, severity] of Object.entries(configs[preset].rules ?? {})) {
    rules[`daemonlint/${id}`] = severities[severity as Severity]
  }
  rules[`daemonlint/${unusedDirective}`] = 'warn'
  return rules
}
