import rule from '../../src/rules/unused-rolling-update.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const strategy = (type: string, limits = '\n    maxUnavailable: 1') =>
  `updateStrategy:\n  type: ${type}\n  rollingUpdate:${limits}`

ruleTester.run('unused-rolling-update', rule, {
  valid: [
    daemonSet(),
    daemonSet({ daemon: 'updateStrategy:\n  type: OnDelete' }),
    daemonSet({ daemon: strategy('RollingUpdate') }),
    daemonSet({ daemon: 'updateStrategy:\n  rollingUpdate:\n    maxUnavailable: 1' }),
    daemonSet({ daemon: strategy('${TYPE}') }),
    daemonSet({ daemon: strategy('OnDelete', ' ${LIMITS}') }),
    daemonSet({ daemon: strategy('OnDelete', '') }),
  ],
  invalid: [
    {
      code: daemonSet({ daemon: strategy('OnDelete') }),
      errors: [{ messageId: 'unused', line: 8, column: 5, endLine: 8, endColumn: 18 }],
      output: daemonSet({ daemon: 'updateStrategy:\n  type: OnDelete' }),
    },
    {
      // What is not known is not taken away.
      code: daemonSet({ daemon: strategy('OnDelete', '\n    maxUnavailable: ${MAX}') }),
      errors: [{ messageId: 'unused' }],
      output: null,
    },
    {
      code: daemonSet({ daemon: strategy('OnDelete', ' {}') }),
      errors: [{ messageId: 'unused' }],
      output: daemonSet({ daemon: 'updateStrategy:\n  type: OnDelete' }),
    },
    {
      code: daemonSet({ daemon: 'updateStrategy: { rollingUpdate: { maxSurge: 1 }, type: OnDelete }' }),
      errors: [{ messageId: 'unused', line: 6, column: 21, endLine: 6, endColumn: 34 }],
      output: daemonSet({ daemon: 'updateStrategy: { type: OnDelete }' }),
    },
    {
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  updateStrategy:\n    type: OnDelete\n    rollingUpdate:\n      maxUnavailable: 1\n',
      role: 'patch',
      errors: [{ messageId: 'unused' }],
      output:
        'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  updateStrategy:\n    type: OnDelete\n',
    },
  ],
})
