import rule from '../../src/rules/on-delete.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const asked = { container: 'image: agent:1.2.3\nreadinessProbe:\n  tcpSocket:\n    port: 8080' }
const strategy = (daemon: string) => daemonSet({ daemon, ...asked })

ruleTester.run('on-delete', rule, {
  valid: [
    daemonSet(),
    daemonSet({ daemon: 'updateStrategy:\n  type: RollingUpdate' }),
    daemonSet({ daemon: 'updateStrategy:\n  type: ${TYPE}' }),
    daemonSet({ daemon: 'updateStrategy:\n  rollingUpdate:\n    maxUnavailable: 1' }),
  ],
  invalid: [
    {
      code: strategy('updateStrategy:\n  type: OnDelete'),
      errors: [
        {
          messageId: 'manual',
          data: { name: 'agent' },
          line: 7,
          column: 11,
          endLine: 7,
          endColumn: 19,
          suggestions: [
            {
              messageId: 'rolling',
              output: strategy(
                'updateStrategy:\n  type: RollingUpdate\n  rollingUpdate:\n    maxUnavailable: 1',
              ),
            },
          ],
        },
      ],
    },
    {
      code: strategy('updateStrategy: { type: OnDelete }'),
      errors: [
        {
          messageId: 'manual',
          line: 6,
          column: 27,
          endLine: 6,
          endColumn: 35,
          suggestions: [
            {
              messageId: 'rolling',
              output: strategy('updateStrategy: { type: RollingUpdate, rollingUpdate: {maxUnavailable: 1} }'),
            },
          ],
        },
      ],
    },
    {
      // Limits that were never read may not be what is wanted.
      code: strategy('updateStrategy:\n  type: OnDelete\n  rollingUpdate:\n    maxUnavailable: 100%'),
      errors: [{ messageId: 'manual', suggestions: [] }],
    },
    {
      // It would go through all nodes, working or not.
      code: daemonSet({ daemon: 'updateStrategy:\n  type: OnDelete' }),
      errors: [{ messageId: 'manual', suggestions: [] }],
    },
    {
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  updateStrategy:\n    type: OnDelete\n',
      role: 'patch',
      errors: [{ messageId: 'manual' }],
    },
  ],
})
