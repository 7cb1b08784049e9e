import rule from '../../src/rules/redundant-toleration.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const tolerating = (...items: string[]) =>
  daemonSet({ spec: `tolerations:\n${items.map((item) => `  - { ${item} }`).join('\n')}` })
const notReady = 'key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute'
const network = 'key: node.kubernetes.io/network-unavailable, operator: Exists, effect: NoSchedule'
const own = 'key: example.com/gpu, operator: Exists'

ruleTester.run('redundant-toleration', rule, {
  valid: [
    daemonSet(),
    tolerating(own),
    // The controller adds not-ready with NoExecute only.
    tolerating('key: node.kubernetes.io/not-ready, operator: Exists, effect: NoSchedule'),
    tolerating('key: node.kubernetes.io/unreachable, operator: Exists, effect: NoSchedule'),
    tolerating('key: node.kubernetes.io/unschedulable, operator: Exists'),
    tolerating(`${notReady}, tolerationSeconds: 300`),
    tolerating(network),
    daemonSet({ spec: `hostNetwork: \${HOST}\ntolerations: [{ ${network} }]` }),
    tolerating('operator: Exists'),
    tolerating(own, 'operator: Exists, effect: NoSchedule'),
    daemonSet({
      spec: 'tolerations:\n  - key: node.kubernetes.io/not-ready\n    operator: Exists\n    effect: ${EFFECT}',
    }),
    daemonSet({ spec: 'tolerations:\n  - operator: Exists\n    key: ${KEY}\n  - key: example.com/gpu' }),
  ],
  invalid: [
    {
      code: tolerating(notReady),
      errors: [
        {
          messageId: 'controller',
          data: { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
          line: 15,
          column: 13,
          endLine: 15,
          endColumn: 16,
          suggestions: [{ messageId: 'remove', output: daemonSet() }],
        },
      ],
    },
    {
      code: daemonSet({
        spec: `tolerations:
  - key: node.kubernetes.io/disk-pressure
    effect: NoSchedule
  - key: example.com/gpu
    operator: Exists`,
      }),
      errors: [
        {
          messageId: 'controller',
          line: 15,
          column: 11,
          endLine: 15,
          endColumn: 14,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({ spec: 'tolerations:\n  - key: example.com/gpu\n    operator: Exists' }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: `hostNetwork: true\ntolerations: [{ ${network} }]` }),
      errors: [{ messageId: 'controller' }],
    },
    {
      code: tolerating('operator: Exists', own),
      errors: [
        {
          messageId: 'everything',
          line: 16,
          column: 13,
          endLine: 16,
          endColumn: 16,
          suggestions: [{ messageId: 'remove', output: tolerating('operator: Exists') }],
        },
      ],
    },
  ],
})
