import rule from '../../src/rules/selected-taint.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const key = 'node-role.kubernetes.io/control-plane'
const selecting = `nodeSelector:\n  ${key}: ""`
const tolerating = (item: string) => `\ntolerations:\n  - ${item}`
const terms = (...expressions: string[]) =>
  `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
${expressions.map((one) => `        - matchExpressions: [{ ${one} }]`).join('\n')}`
const gpu = 'key: cloud.google.com/gke-accelerator, operator: Exists'
const spot = 'nodeSelector: { kubernetes.azure.com/scalesetpriority: spot }'

ruleTester.run('selected-taint', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: selecting + tolerating(`{ key: ${key}, operator: Exists, effect: NoSchedule }`) }),
    daemonSet({ spec: selecting + tolerating(`{ key: ${key}, effect: NoSchedule }`) }),
    daemonSet({ spec: selecting + tolerating('{ operator: Exists }') }),
    daemonSet({ spec: selecting + tolerating('{ operator: Exists, effect: NoSchedule }') }),
    // Another rule speaks of the old toleration.
    daemonSet({ spec: selecting + tolerating('{ key: node-role.kubernetes.io/master, operator: Exists }') }),
    // k3s sets this label, and no taint.
    daemonSet({ spec: `nodeSelector:\n  ${key}: "true"` }),
    daemonSet({ spec: terms(`key: ${key}, operator: DoesNotExist`) }),
    daemonSet({ spec: terms(gpu, 'key: kubernetes.io/os, operator: In, values: [linux]') }),
    daemonSet({ spec: terms(gpu) + tolerating('{ key: nvidia.com/gpu, operator: Exists }') }),
    daemonSet({
      spec: terms('key: kubernetes.azure.com/scalesetpriority, operator: In, values: [spot, regular]'),
    }),
    { code: daemonSet({ spec: selecting }), settings: { cluster: { controlPlaneNodes: false } } },
    { code: daemonSet({ spec: selecting }), role: 'patch' },
    daemonSet({ spec: `${selecting}\ntolerations: \${TOLERATIONS}` }),
  ],
  invalid: [
    {
      code: daemonSet({ spec: selecting }),
      errors: [
        {
          messageId: 'untolerated',
          data: { label: key, by: 'kubeadm', taint: `${key}:NoSchedule` },
          line: 15,
          column: 9,
          endLine: 15,
          endColumn: 46,
          suggestions: [
            {
              messageId: 'append',
              output: `${daemonSet({ spec: selecting })}      tolerations:
        - key: ${key}
          operator: Exists
          effect: NoSchedule
`,
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        spec: selecting + tolerating(`{ key: ${key}, operator: Exists, effect: NoExecute }`),
      }),
      errors: [
        {
          messageId: 'untolerated',
          suggestions: [
            {
              messageId: 'append',
              output: daemonSet({
                spec:
                  selecting +
                  tolerating(`{ key: ${key}, operator: Exists, effect: NoExecute }`) +
                  `\n  - key: ${key}\n    operator: Exists\n    effect: NoSchedule`,
              }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: terms(gpu, gpu) }),
      errors: [
        {
          messageId: 'untolerated',
          data: {
            label: 'cloud.google.com/gke-accelerator',
            by: 'GKE',
            taint: 'nvidia.com/gpu=present:NoSchedule',
          },
          line: 18,
          column: 43,
        },
      ],
    },
    { code: daemonSet({ spec: spot }), errors: [{ messageId: 'untolerated', line: 14 }] },
    {
      code: daemonSet({
        spec:
          spot +
          tolerating('{ key: kubernetes.azure.com/scalesetpriority, value: other, effect: NoSchedule }'),
      }),
      errors: [{ messageId: 'untolerated' }],
    },
    {
      // As some programs write JSON
      code: `{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent"},"spec":{"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"nodeSelector":{"${key.replace('/', '\\/')}":""},"containers":[{"name":"agent","image":"agent:1.2.3"}]}}}}`,
      errors: [{ messageId: 'untolerated', line: 1, column: 189, endLine: 1, endColumn: 229 }],
    },
  ],
})
