import rule from '../../src/rules/self-anti-affinity.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const hostname = 'topologyKey: kubernetes.io/hostname'
const zone = 'topologyKey: topology.kubernetes.io/zone'
const own = 'labelSelector: { matchLabels: { app: agent } }'
const surge = 'updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'

const required = (...terms: string[]) =>
  `affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
${terms.map((term) => `      - { ${term} }`).join('\n')}`
const preferred = (term: string) =>
  `affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        podAffinityTerm: { ${term} }`

ruleTester.run('self-anti-affinity', rule, {
  valid: [
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
    // The matter of another rule.
    daemonSet({ daemon: surge, spec: required(`${hostname}, ${own}`) }),
    daemonSet({ daemon: surge, spec: required(`${hostname}, labelSelector: {}`) }),
    daemonSet({
      daemon: 'updateStrategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 10%, maxUnavailable: 0 } }',
      spec: required(`${hostname}, ${own}`),
    }),
    daemonSet({
      spec: required(`${hostname}, labelSelector: { matchLabels: { app: other } }`, `${zone}, ${own}`),
    }),
  ],
  invalid: [
    {
      code: daemonSet({ spec: required(`${hostname}, ${own}`) }),
      errors: [
        {
          messageId: 'useless',
          line: 17,
          column: 17,
          endLine: 17,
          endColumn: 28,
          suggestions: [{ messageId: 'remove', output: daemonSet() }],
        },
      ],
    },
    {
      code: daemonSet({ spec: preferred(`${zone}, ${own}`) }),
      errors: [
        {
          messageId: 'useless',
          line: 18,
          column: 15,
          suggestions: [{ messageId: 'remove', output: daemonSet() }],
        },
      ],
    },
    {
      code: daemonSet({
        spec: required(
          `${hostname}, labelSelector: { matchExpressions: [{ key: app, operator: In, values: [agent] }] }`,
        ),
      }),
      errors: [{ messageId: 'useless' }],
    },
    {
      code: daemonSet({
        daemon: 'updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }',
        spec: required(`${hostname}, ${own}`),
      }),
      errors: [{ messageId: 'useless' }],
    },
    {
      code: daemonSet({
        daemon: 'updateStrategy: { type: OnDelete, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }',
        spec: required(`${hostname}, ${own}`),
      }),
      errors: [{ messageId: 'useless' }],
    },
    {
      code: daemonSet({ daemon: surge, spec: preferred(`${hostname}, ${own}`) }),
      errors: [{ messageId: 'useless' }],
    },
  ],
})
