import rule from '../../src/rules/service-account-alias.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const patch = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
`

ruleTester.run('service-account-alias', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: 'serviceAccountName: agent' }),
    daemonSet({ spec: 'serviceAccount: ${ACCOUNT}' }),
    daemonSet({ spec: 'serviceAccount: ""' }),
    daemonSet({ spec: 'serviceAccount: agent\nserviceAccountName: ${ACCOUNT}' }),
  ],
  invalid: [
    {
      code: daemonSet({ spec: 'serviceAccount: agent # who it is' }),
      output: daemonSet({ spec: 'serviceAccountName: agent # who it is' }),
      errors: [{ messageId: 'alias', line: 14, column: 7, endLine: 14, endColumn: 21 }],
    },
    {
      code: daemonSet({ spec: 'serviceAccountName: agent\nserviceAccount: agent' }),
      output: daemonSet({ spec: 'serviceAccountName: agent' }),
      errors: [{ messageId: 'same', line: 15, column: 7, endLine: 15, endColumn: 21 }],
    },
    {
      code: daemonSet({ spec: 'serviceAccountName: agent\nserviceAccount: other' }),
      errors: [
        {
          messageId: 'ignored',
          data: { alias: 'other', name: 'agent' },
          line: 15,
          column: 7,
          endLine: 15,
          endColumn: 21,
          suggestions: [{ messageId: 'remove', output: daemonSet({ spec: 'serviceAccountName: agent' }) }],
        },
      ],
    },
    {
      // the name may stand in the base
      code: `${patch}      serviceAccount: agent\n`,
      errors: [
        {
          messageId: 'alias',
          suggestions: [{ messageId: 'rename', output: `${patch}      serviceAccountName: agent\n` }],
        },
      ],
    },
    {
      code: daemonSet().replace(
        / {4}spec:[\s\S]*/,
        '    spec: { "serviceAccount": agent, containers: [{ name: a, image: "a:1" }] }\n',
      ),
      output: daemonSet().replace(
        / {4}spec:[\s\S]*/,
        '    spec: { "serviceAccountName": agent, containers: [{ name: a, image: "a:1" }] }\n',
      ),
      errors: [{ messageId: 'alias', line: 13, column: 13, endLine: 13, endColumn: 29 }],
    },
  ],
})
