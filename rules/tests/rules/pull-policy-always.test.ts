import rule from '../../src/rules/pull-policy-always.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withPolicy = (image: string, policy: string) =>
  daemonSet({ container: `image: ${image}\nimagePullPolicy: ${policy}` })
const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

ruleTester.run('pull-policy-always', rule, {
  valid: [
    daemonSet(),
    withPolicy('agent:1.2.3', 'IfNotPresent'),
    withPolicy('agent:1.2.3', 'Never'),
    withPolicy('agent:1.2.3', '${POLICY}'),
    withPolicy('agent:${VERSION}', 'Always'),
    // tags that move, or may
    withPolicy('agent', 'Always'),
    withPolicy('agent:latest', 'Always'),
    withPolicy('agent:1.2.3-latest', 'Always'),
    withPolicy('agent:stable', 'Always'),
    withPolicy('agent:1.4.0-SNAPSHOT', 'Always'),
    withPolicy('agent:1.4.0-dev.3', 'Always'),
    withPolicy('agent:v1', 'Always'),
    withPolicy('agent:1.2', 'Always'),
    withPolicy('agent:main', 'Always'),
    withPolicy('registry:5000/agent', 'Always'),
  ],
  invalid: [
    {
      code: withPolicy('agent:1.2.3', 'Always'),
      errors: [
        {
          messageId: 'always',
          data: { container: 'agent', version: '1.2.3' },
          line: 17,
          column: 28,
          endLine: 17,
          endColumn: 34,
          suggestions: [
            {
              messageId: 'set',
              data: { image: 'agent:1.2.3' },
              output: withPolicy('agent:1.2.3', 'IfNotPresent'),
            },
          ],
        },
      ],
    },
    { code: withPolicy('agent:v1.2.3-debian', 'Always'), errors: [{ messageId: 'always' }] },
    {
      code: withPolicy(`agent@${digest}`, 'Always'),
      errors: [{ messageId: 'always', data: { container: 'agent', version: digest } }],
    },
    { code: withPolicy(`agent:latest@${digest}`, 'Always'), errors: [{ messageId: 'always' }] },
    {
      // init containers and flow style
      code: daemonSet({
        spec: 'initContainers: [{ name: prepare, image: "busybox:1.36.1", imagePullPolicy: Always }]',
      }),
      errors: [
        {
          messageId: 'always',
          line: 14,
          suggestions: [
            {
              messageId: 'set',
              output: daemonSet({
                spec: 'initContainers: [{ name: prepare, image: "busybox:1.36.1", imagePullPolicy: IfNotPresent }]',
              }),
            },
          ],
        },
      ],
    },
    // A release of its own, and a digest of what is built anew
    {
      code: withPolicy('agent:1.4.0-rc.1', 'Always'),
      errors: [{ messageId: 'always', line: 17, column: 28 }],
    },
    { code: withPolicy(`agent:1.4.0-SNAPSHOT@${digest}`, 'Always'), errors: [{ messageId: 'always' }] },
  ],
})
