import type { Path, PodTemplate } from '@daemonlint/core'
import type { NodeSelectorTerm } from 'kubernetes-types/core/v1.js'
import { requiredTerms, requiredTermsOf } from './node-selection.ts'

/** One condition of a term, on a label of nodes. */
export interface LabelCondition {
  /** undefined where it is not known, and so for each of the other fields. */
  key: string | undefined
  operator: string | undefined
  values: string | undefined
  /** Of the expression, from the pod template. */
  path: Path
}

/** A term of node affinity: a node must meet one of the required ones, with all of its conditions. */
export interface AffinityTerm {
  required: boolean
  conditions: readonly LabelCondition[]
}

const preferred = [
  'spec',
  'affinity',
  'nodeAffinity',
  'preferredDuringSchedulingIgnoredDuringExecution',
] as const

/** The terms of a template's node affinity, required and preferred. What is hidden is there as an unknown condition. */
export function affinityTermsOf(template: PodTemplate): AffinityTerm[] {
  const preferences = template.value.spec?.affinity?.nodeAffinity?.[preferred[3]] ?? []
  return [
    ...requiredTermsOf(template).map((term, index) => ({
      required: true,
      conditions: conditionsOf(template, term, [...requiredTerms, index]),
    })),
    ...preferences.map((item, index) => ({
      required: false,
      conditions: conditionsOf(template, item?.preference, [...preferred, index, 'preference']),
    })),
  ]
}

function conditionsOf(
  template: PodTemplate,
  term: NodeSelectorTerm | null | undefined,
  path: Path,
): LabelCondition[] {
  const list = [...path, 'matchExpressions']
  if (template.isUnknown(...list))
    return [{ key: undefined, operator: undefined, values: undefined, path: list }]
  return (term?.matchExpressions ?? []).map((expression, index) => {
    const own = [...list, index]
    const known = (field: string) => !template.isUnknown(...own, field)
    return {
      key: known('key') ? expression?.key : undefined,
      operator: known('operator') ? expression?.operator : undefined,
      values:
        template.lacks(...own, 'values') || template.knows(...own, 'values')
          ? JSON.stringify(expression?.values ?? [])
          : undefined,
      path: own,
    }
  })
}

/** True for a condition that nodes without the label meet. */
export function isNegative({ operator }: LabelCondition): boolean {
  return operator === 'NotIn' || operator === 'DoesNotExist'
}
