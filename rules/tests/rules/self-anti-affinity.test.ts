import rule from '../../src/rules/self-anti-affinity.ts'
import { harmless, hostname, own, preferred, required, surge, zone } from '../anti-affinity.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

ruleTester.run('self-anti-affinity', rule, {
  valid: [
    ...harmless,
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
