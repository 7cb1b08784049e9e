import rule from '../../src/rules/root-user-conflict.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const pod = (context: string, own?: string) =>
  daemonSet({
    spec: `securityContext: ${context}`,
    container: `image: agent:1${own ? `\nsecurityContext: ${own}` : ''}`,
  })

ruleTester.run('root-user-conflict', rule, {
  valid: [
    daemonSet(),
    pod('{ runAsNonRoot: true }'),
    pod('{ runAsUser: 0 }'),
    pod('{ runAsNonRoot: true, runAsUser: 1 }'),
    pod('{ runAsNonRoot: false, runAsUser: 0 }'),
    // What the container says counts first.
    pod('{ runAsNonRoot: true }', '{ runAsNonRoot: false, runAsUser: 0 }'),
    pod('{ runAsNonRoot: true, runAsUser: 0 }', '{ runAsUser: 1000 }'),
    pod('{ runAsNonRoot: true, runAsUser: 0 }', '{ runAsUser: "${USER}" }'),
    pod('{ runAsNonRoot: "${NON_ROOT}" }', '{ runAsUser: 0 }'),
    daemonSet({
      spec: 'os: { name: windows }\nsecurityContext: { runAsNonRoot: true, runAsUser: 0 }',
    }),
    { code: pod('{ runAsNonRoot: true, runAsUser: 0 }'), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({
        container: 'image: agent:1\nsecurityContext:\n  runAsNonRoot: true\n  runAsUser: 0',
      }),
      errors: [
        {
          messageId: 'conflict',
          data: { container: 'agent' },
          line: 19,
          column: 24,
          endLine: 19,
          endColumn: 25,
          suggestions: [
            {
              messageId: 'remove',
              output: daemonSet({ container: 'image: agent:1\nsecurityContext:\n  runAsNonRoot: true' }),
            },
          ],
        },
      ],
    },
    {
      code: pod('{ runAsNonRoot: true, runAsUser: 0 }'),
      errors: [
        {
          messageId: 'conflict',
          line: 14,
          column: 57,
          suggestions: [{ messageId: 'remove', output: pod('{ runAsNonRoot: true }') }],
        },
      ],
    },
    {
      code: pod('{ runAsNonRoot: true }', '{ runAsUser: 0 }'),
      errors: [{ messageId: 'conflict', line: 18, column: 41 }],
    },
    {
      code: pod('{ runAsUser: 0 }', '{ runAsNonRoot: true }'),
      errors: [{ messageId: 'conflict', line: 14, column: 37 }],
    },
    {
      // One place, one finding.
      code: daemonSet({
        spec: 'securityContext: { runAsNonRoot: true, runAsUser: 0 }\ninitContainers: [{ name: setup, image: "s:1" }]',
      }),
      errors: [{ messageId: 'conflict' }],
    },
    {
      code: pod('{ runAsGroup: 1 }', '{ runAsNonRoot: true, runAsUser: 0 }'),
      role: 'patch',
      errors: [{ messageId: 'conflict' }],
    },
    {
      code: pod('{ runAsNonRoot: true }', '{ runAsUser: 0 }'),
      errors: [
        {
          messageId: 'conflict',
          suggestions: [{ messageId: 'remove', output: pod('{ runAsNonRoot: true }') }],
        },
      ],
    },
    {
      code: pod('{ runAsUser: 0 }', '{ runAsNonRoot: true }'),
      errors: [
        {
          messageId: 'conflict',
          suggestions: [
            {
              messageId: 'remove',
              output: pod('', '{ runAsNonRoot: true }').replace('      securityContext: \n', ''),
            },
          ],
        },
      ],
    },
  ],
})
