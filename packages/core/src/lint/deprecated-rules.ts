import type { ResolvedConfig } from './resolved.ts'

/** A rule that is on though it is deprecated, as ESLint's results list it. */
export interface DeprecatedRuleUse {
  ruleId: string
  /** Rules to turn on instead; empty where there is none. */
  replacedBy: string[]
}

/** The deprecated rules that a configuration turns on, be it for certain resources only. */
export function usedDeprecatedRules({ runs }: Pick<ResolvedConfig, 'runs'>): DeprecatedRuleUse[] {
  const uses = new Map<string, DeprecatedRuleUse>()
  for (const { id, rule } of runs) {
    const { deprecated } = rule.meta
    if (!deprecated) continue
    const replacedBy = typeof deprecated === 'object' ? [...(deprecated.replacedBy ?? [])] : []
    uses.set(id, { ruleId: id, replacedBy })
  }
  return [...uses.values()]
}
