import rule from '../../src/rules/exclude-virtual-nodes.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const everything = 'tolerations:\n  - operator: Exists'
const fargate = '{key: eks.amazonaws.com/compute-type, operator: NotIn, values: [fargate]}'
const virtual = '{key: type, operator: NotIn, values: [virtual-kubelet]}'
const linux = '{key: kubernetes.io/os, operator: In, values: [linux]}'
const terms = (...all: string[]) =>
  `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
${all.map((one) => `        - matchExpressions: [${one}]`).join('\n')}`
const written = (key: string, value: string) => `      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - key: ${key}
                    operator: NotIn
                    values:
                      - ${value}
`

ruleTester.run('exclude-virtual-nodes', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: 'tolerations:\n  - { operator: Exists, effect: NoExecute }' }),
    daemonSet({ spec: 'tolerations:\n  - { key: example.com/gpu, operator: Exists }' }),
    daemonSet({ spec: `${everything}\n${terms(fargate)}` }),
    daemonSet({ spec: `${everything}\n${terms(`${linux}, ${virtual}`)}` }),
    daemonSet({ spec: `${everything}\nnodeSelector: { example.com/pool: a }` }),
    daemonSet({ spec: `${everything}\nnodeSelector: { kubernetes.io/os: windows }` }),
    daemonSet({ spec: `${everything}\naffinity: \${AFFINITY}` }),
    { code: daemonSet({ spec: everything }), role: 'patch' },
    { code: daemonSet({ spec: everything }), settings: { cluster: { virtualNodes: false } } },
  ],
  invalid: [
    {
      code: daemonSet({ spec: everything }),
      settings: { cluster: { virtualNodes: true } },
      errors: [
        {
          messageId: 'tolerated',
          line: 15,
          column: 11,
          endLine: 15,
          endColumn: 19,
          suggestions: [
            {
              messageId: 'exclude',
              data: { label: 'eks.amazonaws.com/compute-type', value: 'fargate' },
              output: daemonSet({ spec: everything }) + written('eks.amazonaws.com/compute-type', 'fargate'),
            },
            {
              messageId: 'exclude',
              data: { label: 'type', value: 'virtual-kubelet' },
              output: daemonSet({ spec: everything }) + written('type', 'virtual-kubelet'),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        spec: `tolerations:\n  - { operator: Exists, effect: NoSchedule }\n${terms(linux, linux)}`,
      }),
      errors: [
        {
          messageId: 'tolerated',
          suggestions: [
            {
              messageId: 'exclude',
              output: daemonSet({
                spec: `tolerations:\n  - { operator: Exists, effect: NoSchedule }\n${terms(
                  `${linux}, ${fargate}`,
                  `${linux}, ${fargate}`,
                )}`,
              }),
            },
            {
              messageId: 'exclude',
              output: daemonSet({
                spec: `tolerations:\n  - { operator: Exists, effect: NoSchedule }\n${terms(
                  `${linux}, ${virtual}`,
                  `${linux}, ${virtual}`,
                )}`,
              }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: 'tolerations:\n  - key: virtual-kubelet.io/provider\n    operator: Exists' }),
      errors: [
        {
          messageId: 'tolerated',
          suggestions: [
            {
              messageId: 'exclude',
              data: { label: 'type', value: 'virtual-kubelet' },
              output:
                daemonSet({
                  spec: 'tolerations:\n  - key: virtual-kubelet.io/provider\n    operator: Exists',
                }) + written('type', 'virtual-kubelet'),
            },
          ],
        },
      ],
    },
  ],
})
