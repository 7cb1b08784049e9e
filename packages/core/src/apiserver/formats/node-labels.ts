/** What became of a node's label. */
export interface DeprecatedLabel {
  /** To follow "is" in a message. */
  since: string
  /** The label to choose nodes by. */
  label?: string
  /** The server warns of it since 1.31 only. */
  late?: true
}

const labels = new Map<string, DeprecatedLabel>([
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
    { since: 'no longer set on nodes', label: 'node-role.kubernetes.io/control-plane', late: true },
  ],
  ['app.kubernetes.io/created-by', { since: 'deprecated on nodes since 1.9', late: true }],
  [
    'scheduler.alpha.kubernetes.io/preferAvoidPods',
    { since: 'deprecated since 1.22; use taints and tolerations', late: true },
  ],
])

/**
 * What became of a node's label that the API server warns of, or undefined.
 * Source: k8s.io/kubernetes pkg/api/node/util.go, GetNodeLabelDeprecatedMessage.
 */
export const deprecatedNodeLabel = (key: string | null | undefined): DeprecatedLabel | undefined =>
  key ? labels.get(key) : undefined
