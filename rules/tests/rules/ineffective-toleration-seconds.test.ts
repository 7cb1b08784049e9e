import rule from '../../src/rules/ineffective-toleration-seconds.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const tolerating = (...items: string[]) =>
  daemonSet({ spec: `tolerations:\n${items.map((item) => `  - { ${item} }`).join('\n')}` })
const notReady = 'key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute'
const unreachable = 'key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute'
const own = 'key: example.com/gpu, operator: Exists'
const seconds = 'tolerationSeconds: 300'

ruleTester.run('ineffective-toleration-seconds', rule, {
  valid: [
    daemonSet(),
    tolerating(notReady),
    tolerating(`${notReady}, tolerationSeconds: null`),
    // The controller adds its own beside it, and the shorter time counts.
    tolerating(`key: node.kubernetes.io/not-ready, effect: NoExecute, ${seconds}`),
    tolerating(`key: node.kubernetes.io/not-ready, operator: Equal, effect: NoExecute, ${seconds}`),
    tolerating(`operator: Exists, effect: NoExecute, ${seconds}`),
    tolerating(`key: example.com/maintenance, operator: Exists, effect: NoExecute, ${seconds}`),
    daemonSet({ spec: 'tolerations: ${TOLERATIONS}' }),
    tolerating(`key: '\${KEY}', operator: Exists, effect: NoExecute, ${seconds}`),
  ],
  invalid: [
    {
      code: tolerating(`${notReady}, ${seconds}`),
      errors: [
        {
          messageId: 'overwritten',
          data: { key: 'node.kubernetes.io/not-ready', seconds: '300' },
          line: 15,
          column: 104,
          endLine: 15,
          endColumn: 107,
        },
      ],
      output: daemonSet(),
    },
    {
      code: tolerating(own, `${unreachable}, tolerationSeconds: 0`),
      errors: [{ messageId: 'overwritten', data: { key: 'node.kubernetes.io/unreachable', seconds: '0' } }],
      output: tolerating(own),
    },
    {
      code: tolerating(`${notReady}, ${seconds}`, own, `${unreachable}, ${seconds}`),
      errors: [{ messageId: 'overwritten' }, { messageId: 'overwritten' }],
      output: tolerating(own),
    },
    {
      code: tolerating(`${notReady}, ${seconds}`, `${unreachable}, ${seconds}`),
      errors: [{ messageId: 'overwritten' }, { messageId: 'overwritten' }],
      output: daemonSet(),
    },
    {
      code: daemonSet({ spec: `tolerations: [{ ${own} }, { ${notReady}, ${seconds} }]` }),
      errors: [{ messageId: 'overwritten' }],
      output: daemonSet({ spec: `tolerations: [{ ${own} }]` }),
    },
    {
      // Without the list those of the base would stay.
      code: tolerating(`${notReady}, ${seconds}`),
      role: 'patch',
      errors: [{ messageId: 'overwritten' }],
      output: daemonSet({ spec: 'tolerations: []' }),
    },
  ],
})
