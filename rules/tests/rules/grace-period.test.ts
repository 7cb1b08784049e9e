import rule from '../../src/rules/grace-period.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const seconds = (value: string) => daemonSet({ spec: `terminationGracePeriodSeconds: ${value}` })

ruleTester.run('grace-period', rule, {
  valid: [
    daemonSet(),
    seconds('1'),
    seconds('30'),
    seconds('${GRACE}'),
    // the node's network is to be back soon
    daemonSet({ spec: 'terminationGracePeriodSeconds: 0', container: 'image: quay.io/calico/node:v3.32.1' }),
    seconds(''),
  ],
  invalid: [
    {
      code: seconds('0'),
      errors: [
        {
          messageId: 'zero',
          line: 14,
          column: 38,
          endLine: 14,
          endColumn: 39,
          suggestions: [{ messageId: 'default', output: daemonSet() }],
        },
      ],
    },
    {
      code: seconds('-5'),
      errors: [
        {
          messageId: 'negative',
          data: { seconds: -5 },
          line: 14,
          column: 38,
          endLine: 14,
          endColumn: 40,
          suggestions: [{ messageId: 'default', output: daemonSet() }],
        },
      ],
    },
    {
      code: daemonSet().replace(
        / {4}spec:[\s\S]*/,
        '    spec: { terminationGracePeriodSeconds: 0, containers: [{ name: a, image: "a:1" }] }\n',
      ),
      errors: [
        {
          messageId: 'zero',
          line: 13,
          column: 44,
          endLine: 13,
          endColumn: 45,
          suggestions: [
            {
              messageId: 'default',
              output: daemonSet().replace(
                / {4}spec:[\s\S]*/,
                '    spec: { containers: [{ name: a, image: "a:1" }] }\n',
              ),
            },
          ],
        },
      ],
    },
  ],
})
