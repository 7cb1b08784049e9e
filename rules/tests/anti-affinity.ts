import { daemonSet } from './manifests.ts'

export const hostname = 'topologyKey: kubernetes.io/hostname'
export const zone = 'topologyKey: topology.kubernetes.io/zone'
export const own = 'labelSelector: { matchLabels: { app: agent } }'
export const surge = 'updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'

export const required = (...terms: string[]) =>
  `affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
${terms.map((term) => `      - { ${term} }`).join('\n')}`
export const preferred = (term: string) =>
  `affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        podAffinityTerm: { ${term} }`

/** Anti-affinities of which nothing is known to be wrong, and none at all. */
export const harmless = [
  daemonSet(),
  daemonSet({ spec: required(`${hostname}, labelSelector: { matchLabels: { app: other } }`) }),
  daemonSet({ spec: required(`${hostname}, labelSelector: { matchLabels: { app: agent, tier: x } }`) }),
  // Pods of others have such labels too.
  daemonSet({ template: 'labels: { app: agent, team: a }' }).replace(
    '      labels:\n        app: agent\n',
    '',
  ),
  daemonSet({ spec: required(`${hostname}, labelSelector: {}`) }),
  daemonSet({
    spec: required(`${hostname}, labelSelector: { matchExpressions: [{ key: app, operator: Exists }] }`),
  }),
  daemonSet({
    spec: required(
      `${hostname}, labelSelector: { matchExpressions: [{ key: app, operator: In, values: [agent, b] }] }`,
    ),
  }),
  // What nodes share is not known of any label.
  daemonSet({ spec: required(`topologyKey: example.com/rack, ${own}`) }),
  // Other namespaces, and the pods of the same revision only.
  daemonSet({ spec: required(`${hostname}, ${own}, namespaces: [other]`) }),
  daemonSet({ spec: required(`${hostname}, ${own}, namespaceSelector: {}`) }),
  daemonSet({
    daemon: surge,
    spec: required(`${hostname}, ${own}, matchLabelKeys: [controller-revision-hash]`),
  }),
  daemonSet({ spec: required(`${hostname}, ${own}`) }).replace(
    'app: agent\n  template',
    'app: ${APP}\n  template',
  ),
  { code: daemonSet({ spec: required(`${hostname}, ${own}`) }), role: 'patch' },
  daemonSet({ spec: required(`${hostname}, ${own}`).replace('podAntiAffinity', 'podAffinity') }),
] as const
