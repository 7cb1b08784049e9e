import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const deprecatedNodeLabelsRejections = {
  'deprecated-node-selector': {
    description: 'Warns of nodes that are chosen by a deprecated label',
    messages: {
      replaced: 'The node label `{{key}}` is {{since}}; choose nodes by `{{label}}`.',
      gone: 'The node label `{{key}}` is {{since}}.',
    },
    accepted: true,
  },
} satisfies RejectionTable

/** Deprecated node labels. Source: k8s.io/kubernetes pkg/api/node/util.go, deprecatedNodeLabels. */
const deprecatedLabels = new Map<string, { since: string; label?: string }>([
  ['beta.kubernetes.io/arch', { since: 'deprecated since 1.14', label: 'kubernetes.io/arch' }],
  ['beta.kubernetes.io/os', { since: 'deprecated since 1.14', label: 'kubernetes.io/os' }],
  [
    'beta.kubernetes.io/instance-type',
    { since: 'deprecated since 1.17', label: 'node.kubernetes.io/instance-type' },
  ],
  [
    'failure-domain.beta.kubernetes.io/region',
    { since: 'deprecated since 1.17', label: 'topology.kubernetes.io/region' },
  ],
  [
    'failure-domain.beta.kubernetes.io/zone',
    { since: 'deprecated since 1.17', label: 'topology.kubernetes.io/zone' },
  ],
  [
    'node-role.kubernetes.io/master',
    { since: 'no longer set on nodes', label: 'node-role.kubernetes.io/control-plane' },
  ],
  ['app.kubernetes.io/created-by', { since: 'deprecated on nodes since 1.9' }],
  [
    'scheduler.alpha.kubernetes.io/preferAvoidPods',
    { since: 'deprecated since 1.22; use taints and tolerations' },
  ],
])

/**
 * Warns of a deprecated node label. k8s.io/kubernetes pkg/api/node: GetNodeLabelDeprecatedMessage.
 * @param key may be any label
 * @param at the entry of a node selector, or the scalar that names the label
 */
export function warnOfNodeLabel(
  validation: Validation,
  key: string | null | undefined,
  at: Field,
  on: 'key' | 'value' = 'value',
): void {
  const known = key ? deprecatedLabels.get(key) : undefined
  if (!key || !known) return
  const { since, label } = known
  validation.report({
    id: 'deprecated-node-selector',
    at,
    on,
    messageId: label ? 'replaced' : 'gone',
    data: label ? { key, since, label } : { key, since },
  })
}
