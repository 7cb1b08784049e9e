import rule from '../../src/rules/blocking-anti-affinity.ts'
import { harmless, hostname, own, preferred, required, surge, zone } from '../anti-affinity.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

ruleTester.run('blocking-anti-affinity', rule, {
  valid: [
    ...harmless,
    // The matter of another rule.
    daemonSet({ spec: required(`${hostname}, ${own}`) }),
    daemonSet({ spec: preferred(`${zone}, ${own}`) }),
    daemonSet({
      spec: required(
        `${hostname}, labelSelector: { matchExpressions: [{ key: app, operator: In, values: [agent] }] }`,
      ),
    }),
    daemonSet({
      daemon: 'updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }',
      spec: required(`${hostname}, ${own}`),
    }),
    daemonSet({
      daemon: 'updateStrategy: { type: OnDelete, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }',
      spec: required(`${hostname}, ${own}`),
    }),
    daemonSet({ daemon: surge, spec: preferred(`${hostname}, ${own}`) }),
  ],
  invalid: [
    {
      code: daemonSet({ daemon: surge, spec: required(`${hostname}, ${own}`) }),
      errors: [
        {
          messageId: 'surge',
          line: 18,
          column: 30,
          suggestions: [{ messageId: 'remove', output: daemonSet({ daemon: surge }) }],
        },
      ],
    },
    {
      // A wider selector keeps the new pod off all the same.
      code: daemonSet({ daemon: surge, spec: required(`${hostname}, labelSelector: {}`) }),
      errors: [{ messageId: 'surge' }],
    },
    {
      code: daemonSet({
        daemon:
          'updateStrategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 10%, maxUnavailable: 0 } }',
        spec: required(`${hostname}, ${own}`),
      }),
      errors: [{ messageId: 'surge' }],
    },
    {
      code: daemonSet({
        spec: required(`${hostname}, labelSelector: { matchLabels: { app: other } }`, `${zone}, ${own}`),
      }),
      errors: [
        {
          messageId: 'shared',
          data: { key: 'topology.kubernetes.io/zone' },
          line: 18,
          column: 30,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({
                spec: required(`${hostname}, labelSelector: { matchLabels: { app: other } }`),
              }),
            },
          ],
        },
      ],
    },
  ],
})
