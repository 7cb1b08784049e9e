import rule from '../../src/rules/grace-period.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const seconds = (value: string) => daemonSet({ spec: `terminationGracePeriodSeconds: ${value}` })

const waiting = (container: string, value = '0') =>
  daemonSet({ spec: `terminationGracePeriodSeconds: ${value}`, container })

ruleTester.run('grace-period', rule, {
  valid: [
    daemonSet(),
    seconds('1'),
    seconds('30'),
    seconds('${GRACE}'),
    // the node's network is to be back soon
    daemonSet({ spec: 'terminationGracePeriodSeconds: 0', container: 'image: quay.io/calico/node:v3.32.1' }),
    seconds(''),
    // It only waits, or may do so.
    waiting('image: registry.k8s.io/pause:3.10'),
    waiting('image: debug:1\ncommand: [sleep, infinity]'),
    waiting('image: debug:1\ncommand: [sh, -c, "while true; do sleep 3600; done"]'),
    waiting('image: ${IMAGE}'),
    waiting('image: debug:1\ncommand: ${COMMAND}'),
    seconds('0').replace(/containers:[\s\S]*/, 'containers: ${CONTAINERS}\n'),
  ],
  invalid: [
    {
      // Its hook has work to do.
      code: waiting(
        'image: debug:1\ncommand: [sleep, infinity]\nlifecycle: { preStop: { exec: { command: [undo] } } }',
      ),
      errors: [{ messageId: 'zero' }],
    },
    {
      code: waiting('image: debug:1\ncommand: [sh, -c, "agent & sleep infinity"]'),
      errors: [{ messageId: 'zero' }],
    },
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
