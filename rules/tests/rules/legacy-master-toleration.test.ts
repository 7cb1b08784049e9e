import rule from '../../src/rules/legacy-master-toleration.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const tolerating = (...items: string[]) =>
  daemonSet({ spec: `tolerations:\n${items.map((item) => `  - ${item}`).join('\n')}` })
const master = 'key: node-role.kubernetes.io/master\n    effect: NoSchedule'

ruleTester.run('legacy-master-toleration', rule, {
  valid: [
    { code: tolerating(master), settings: { cluster: { controlPlaneNodes: false } } },
    daemonSet(),
    tolerating('key: node-role.kubernetes.io/control-plane\n    operator: Exists'),
    tolerating(master, 'key: node-role.kubernetes.io/control-plane'),
    tolerating(master, 'operator: Exists'),
    tolerating(master, 'operator: Exists\n    effect: NoSchedule'),
    tolerating(master, 'key: ${KEY}'),
    tolerating('key: node-role.kubernetes.io/master\n    operator: ${OPERATOR}'),
    // A patch may leave the rest to others.
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  template:\n    spec:\n      tolerations:\n        - key: node-role.kubernetes.io/master\n',
  ],
  invalid: [
    {
      code: tolerating(master),
      errors: [
        {
          messageId: 'legacy',
          line: 15,
          column: 16,
          endLine: 15,
          endColumn: 46,
          suggestions: [
            {
              messageId: 'append',
              output: tolerating(
                master,
                'key: node-role.kubernetes.io/control-plane\n    operator: Exists\n    effect: NoSchedule',
              ),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet({
        spec: 'tolerations: [{key: node-role.kubernetes.io/master, operator: Exists}]',
      }),
      errors: [
        {
          messageId: 'legacy',
          line: 14,
          column: 27,
          endLine: 14,
          endColumn: 57,
          suggestions: [
            {
              messageId: 'append',
              output: daemonSet({
                spec: 'tolerations: [{key: node-role.kubernetes.io/master, operator: Exists}, {key: node-role.kubernetes.io/control-plane, operator: Exists}]',
              }),
            },
          ],
        },
      ],
    },
    // Only the other effect is covered.
    {
      code: tolerating(master, 'operator: Exists\n    effect: NoExecute'),
      errors: [{ messageId: 'legacy' }],
    },
  ],
})
