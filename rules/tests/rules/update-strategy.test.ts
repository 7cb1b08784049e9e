import rule from '../../src/rules/update-strategy.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const flow =
  '{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: a }, spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: "a:1" }] } } } }\n'

ruleTester.run('update-strategy', rule, {
  valid: [
    daemonSet({ daemon: 'updateStrategy:\n  type: RollingUpdate' }),
    daemonSet({ daemon: 'updateStrategy:\n  type: OnDelete' }),
    daemonSet({ daemon: 'updateStrategy:\n  rollingUpdate:\n    maxUnavailable: 2' }),
    daemonSet({ daemon: 'updateStrategy:\n  type: ${STRATEGY}' }),
    daemonSet({ daemon: 'updateStrategy: ${STRATEGY}' }),
  ],
  invalid: [
    {
      code: daemonSet(),
      errors: [
        {
          messageId: 'missing',
          data: { name: 'agent' },
          line: 5,
          column: 1,
          endLine: 5,
          endColumn: 5,
          suggestions: [
            {
              messageId: 'one',
              output: `${daemonSet()}  updateStrategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxUnavailable: 1\n`,
            },
            {
              messageId: 'tenth',
              output: `${daemonSet()}  updateStrategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxUnavailable: 10%\n`,
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ daemon: 'updateStrategy: {}' }),
      errors: [{ messageId: 'missing', line: 6, column: 3, endLine: 6, endColumn: 17 }],
    },
    { code: daemonSet({ daemon: 'updateStrategy:' }), errors: [{ messageId: 'missing' }] },
    { code: flow, errors: [{ messageId: 'missing', line: 1, column: 64, endLine: 1, endColumn: 68 }] },
  ],
})
