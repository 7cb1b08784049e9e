import { type AffinityTerm, isNegative, type LabelCondition } from './affinity-terms.ts'
import { controlPlaneTaint, masterKey } from './tolerations.ts'

/**
 * What took the place of a label. `same`: the kubelet sets both to the same value on every node, so that the new name
 * chooses the same nodes. pkg/api/node/util.go and pkg/kubelet/kubelet_node_status.go of kubernetes/kubernetes.
 */
export const successors = new Map([
  ['beta.kubernetes.io/os', { label: 'kubernetes.io/os', same: true, since: '1.14' }],
  ['beta.kubernetes.io/arch', { label: 'kubernetes.io/arch', same: true, since: '1.14' }],
  [
    'beta.kubernetes.io/instance-type',
    { label: 'node.kubernetes.io/instance-type', same: false, since: '1.17' },
  ],
  [
    'failure-domain.beta.kubernetes.io/region',
    { label: 'topology.kubernetes.io/region', same: false, since: '1.17' },
  ],
  [
    'failure-domain.beta.kubernetes.io/zone',
    { label: 'topology.kubernetes.io/zone', same: false, since: '1.17' },
  ],
  // The labels are called as the taints are.
  [masterKey, { label: controlPlaneTaint.key, same: false, since: '1.24' }],
])

/**
 * True when the nodes that lack the old label are seen to, or may be: a term that keeps the daemon off nodes with it says
 * the same of the new one, or another term asks for the new one where this asks for the old.
 */
export function isCovered(
  condition: LabelCondition,
  label: string,
  term: AffinityTerm,
  terms: readonly AffinityTerm[],
): boolean {
  const mayName = ({ key }: LabelCondition) => key === undefined || key === label
  if (isNegative(condition)) return term.conditions.some(mayName)
  return terms.some(
    (other) =>
      other !== term &&
      other.required === term.required &&
      other.conditions.some((one) => mayName(one) && !isNegative(one)),
  )
}
