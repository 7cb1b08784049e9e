import rule from '../../src/rules/deprecated-node-label.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const selecting = (...labels: string[]) =>
  daemonSet({ spec: `nodeSelector:\n${labels.map((label) => `  ${label}`).join('\n')}` })
const required = (key: string) =>
  daemonSet({
    spec: `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - key: ${key}
              operator: Exists`,
  })
const preferred = (key: string) =>
  daemonSet({
    spec: `affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        preference: { matchExpressions: [{ key: ${key}, operator: Exists }] }`,
  })

ruleTester.run('deprecated-node-label', rule, {
  valid: [
    daemonSet(),
    selecting('kubernetes.io/os: linux', 'topology.kubernetes.io/zone: a'),
    selecting('node-role.kubernetes.io/control-plane: ""'),
    required('kubernetes.io/arch'),
    required('${KEY}'),
  ],
  invalid: [
    {
      code: selecting('beta.kubernetes.io/os: linux # all of them'),
      output: selecting('kubernetes.io/os: linux # all of them'),
      errors: [
        {
          messageId: 'deprecated',
          data: {
            old: 'beta.kubernetes.io/os',
            label: 'kubernetes.io/os',
            since: '1.14',
          },
          line: 15,
          column: 9,
          endLine: 15,
          endColumn: 30,
        },
      ],
    },
    {
      code: daemonSet({ spec: 'nodeSelector: { beta.kubernetes.io/arch: amd64 }' }),
      output: daemonSet({ spec: 'nodeSelector: { kubernetes.io/arch: amd64 }' }),
      errors: [{ messageId: 'deprecated', line: 14, column: 23, endLine: 14, endColumn: 46 }],
    },
    {
      // Both are stated: the new key must not be written twice.
      code: selecting('beta.kubernetes.io/os: linux', 'kubernetes.io/os: linux'),
      output: null,
      errors: [
        {
          messageId: 'deprecated',
          suggestions: [{ messageId: 'remove', output: selecting('kubernetes.io/os: linux') }],
        },
      ],
    },
    {
      // They contradict each other: nothing can be offered.
      code: selecting('beta.kubernetes.io/os: linux', 'kubernetes.io/os: windows'),
      output: null,
      errors: [{ messageId: 'deprecated', suggestions: [] }],
    },
    {
      code: selecting('node-role.kubernetes.io/master: ""'),
      output: null,
      errors: [
        {
          messageId: 'unset',
          data: {
            old: 'node-role.kubernetes.io/master',
            label: 'node-role.kubernetes.io/control-plane',
            since: '1.24',
          },
          suggestions: [
            {
              messageId: 'rename',
              output: selecting('node-role.kubernetes.io/control-plane: ""'),
            },
          ],
        },
      ],
    },
    {
      code: selecting('failure-domain.beta.kubernetes.io/zone: a', 'beta.kubernetes.io/instance-type: b'),
      output: null,
      errors: [
        { messageId: 'deprecated', line: 16 },
        { messageId: 'deprecated', line: 15 },
      ].reverse(),
    },
    {
      code: required('beta.kubernetes.io/os'),
      output: required('kubernetes.io/os'),
      errors: [{ messageId: 'deprecated', line: 19, column: 26, endLine: 19, endColumn: 47 }],
    },
    {
      code: preferred('failure-domain.beta.kubernetes.io/region'),
      output: null,
      errors: [
        {
          messageId: 'deprecated',
          line: 18,
          column: 55,
          endLine: 18,
          endColumn: 95,
          suggestions: [{ messageId: 'rename', output: preferred('topology.kubernetes.io/region') }],
        },
      ],
    },
  ],
})
