import type { KubernetesNode } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import type { ResourceEntry } from './resolved.ts'
import type { AnyRule } from './rule.ts'

/** A problem that a rule found, with what is needed to judge it beside others. */
export interface Finding {
  problem: Problem
  node: KubernetesNode
  rule: AnyRule
  /** The configuration entry that turns it off. */
  entry?: ResourceEntry | undefined
}

/**
 * One cause, one message: sets aside findings of rules that another finding about the same part of a resource makes
 * pointless. It does so even where that finding is turned off: whoever accepts a privileged container has accepted what
 * follows from it.
 */
export function splitSuperseded(findings: readonly Finding[]): { kept: Finding[]; superseded: Finding[] } {
  const pointless = new Map<KubernetesNode, Set<string>>()
  for (const { node, rule, problem } of findings) {
    for (const name of rule.meta.supersedes ?? []) {
      const ids = pointless.get(node) ?? new Set()
      pointless.set(node, ids.add(name).add(namespaceOf(problem.ruleId) + name))
    }
  }
  const kept: Finding[] = []
  const superseded: Finding[] = []
  for (const finding of findings) {
    const list = pointless.get(finding.node)?.has(finding.problem.ruleId) ? superseded : kept
    list.push(finding)
  }
  return { kept, superseded }
}

/**
 * What the API server says of a manifest without the warnings that a rule's finding at the same place supersedes: the
 * rule says the same, and offers more.
 */
export function withoutSuperseded(verdicts: readonly Problem[], findings: readonly Finding[]): Problem[] {
  const placeOf = ({ manifest, position }: Problem) => [manifest, position.start.offset] as const
  return verdicts.filter((verdict) => {
    if (verdict.rejected) return true
    const [manifest, offset] = placeOf(verdict)
    return !findings.some(({ rule, problem }) => {
      const [own, start] = placeOf(problem)
      return own === manifest && start === offset && rule.meta.supersedes?.includes(verdict.ruleId)
    })
  })
}

/** A plugin does not know the name it is registered under, so it may name its own rules without it. */
function namespaceOf(ruleId: string): string {
  return ruleId.slice(0, ruleId.lastIndexOf('/') + 1)
}
