import rule from '../../src/rules/finalizers.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const list = (...finalizers: string[]) => `finalizers:\n${finalizers.map((one) => `  - ${one}`).join('\n')}`

ruleTester.run('finalizers', rule, {
  valid: [
    daemonSet(),
    daemonSet({ metadata: list('foregroundDeletion', 'orphan'), template: list('kubernetes') }),
    daemonSet({ metadata: list('${FINALIZER}') }),
    daemonSet({ metadata: 'finalizers: []' }),
    { code: daemonSet({ metadata: list('example.com/own') }), options: [{ allow: ['example.com/own'] }] },
  ],
  invalid: [
    {
      code: daemonSet({ metadata: list('orphan', 'example.com/own') }),
      errors: [
        {
          messageId: 'daemonSet',
          data: { finalizer: 'example.com/own', name: 'agent' },
          line: 7,
          column: 7,
          endLine: 7,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'remove',
              data: { finalizer: 'example.com/own' },
              output: daemonSet({ metadata: list('orphan') }),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({ template: 'finalizers: [example.com/own]' }),
      errors: [
        {
          messageId: 'pods',
          data: { finalizer: 'example.com/own', name: 'agent' },
          line: 13,
          column: 20,
          endLine: 13,
          endColumn: 35,
          suggestions: [
            {
              messageId: 'remove',
              data: { finalizer: 'example.com/own' },
              output: daemonSet({ template: 'finalizers: []' }),
            },
          ],
        },
      ],
    },
    // what a patch states is stated
    {
      code: daemonSet({ metadata: list('example.com/own') }),
      role: 'patch',
      errors: [{ messageId: 'daemonSet' }],
    },
  ],
})
