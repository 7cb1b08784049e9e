import rule from '../../src/rules/literal-priority.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const classOf = (name: string, value: string) =>
  `---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: ${name}\nvalue: ${value}\n`
const node = 'priorityClassName: system-node-critical'

ruleTester.run('literal-priority', rule, {
  valid: [
    daemonSet(),
    daemonSet({ spec: node }),
    daemonSet({ spec: 'priority: 0' }),
    daemonSet({ spec: 'priority:' }),
    daemonSet({ spec: `${node}\npriority: 2000001000` }),
    daemonSet({ spec: 'priorityClassName: system-cluster-critical\npriority: 2000000000' }),
    daemonSet({ spec: 'priorityClassName: agents\npriority: 1000' }) + classOf('agents', '1000'),
    {
      code: daemonSet({ spec: 'priorityClassName: agents\npriority: 1000' }),
      files: { '/manifests/classes.yaml': classOf('agents', '1000') },
    },
    {
      // A template may make any class.
      code: daemonSet({ spec: 'priorityClassName: agents\npriority: 1000' }),
      files: {
        '/manifests/classes.yaml': `{{- if .Values.x }}\n${classOf('others', '1').slice(4)}{{- end }}\n`,
      },
    },
    daemonSet({ spec: 'priorityClassName: ${CLASS}\npriority: 1000' }),
    daemonSet({ spec: 'priority: ${PRIORITY}' }),
    daemonSet({ spec: 'preemptionPolicy: PreemptLowerPriority' }),
    daemonSet({ spec: 'priorityClassName: agents\npreemptionPolicy: Never' }),
    { code: daemonSet({ spec: 'priority: 1000' }), role: 'patch' },
  ],
  invalid: [
    {
      code: daemonSet({ spec: `${node}\npriority: 1000` }),
      errors: [
        {
          messageId: 'differs',
          data: { class: 'system-node-critical', right: '2000001000', value: '1000' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 21,
          suggestions: [
            { messageId: 'remove', data: { field: 'priority' }, output: daemonSet({ spec: node }) },
          ],
        },
      ],
    },
    {
      code: daemonSet({ spec: `${node}\npriority: 0` }),
      errors: [{ messageId: 'differs' }],
    },
    {
      code: daemonSet({ spec: 'priorityClassName: agents\npriority: 1000' }) + classOf('agents', '1001'),
      errors: [{ messageId: 'differs', data: { class: 'agents', right: '1001', value: '1000' } }],
    },
    {
      code: daemonSet({ spec: 'priorityClassName: agents\npriority: 1000' }),
      files: { '/manifests/classes.yaml': classOf('agents', '1001') },
      errors: [{ messageId: 'differs', data: { class: 'agents', right: '1001', value: '1000' } }],
    },
    {
      code: daemonSet({ spec: 'priorityClassName: agents\npriority: 1000' }) + classOf('others', '1000'),
      errors: [{ messageId: 'beside', data: { class: 'agents' } }],
    },
    {
      code: daemonSet({ spec: 'priorityClassName: agents\npriority: 0' }),
      errors: [
        {
          messageId: 'beside',
          suggestions: [{ messageId: 'remove', output: daemonSet({ spec: 'priorityClassName: agents' }) }],
        },
      ],
    },
    {
      code: daemonSet({ spec: 'priority: 1000' }),
      errors: [{ messageId: 'alone', line: 14, column: 17, suggestions: [] }],
    },
    {
      code: daemonSet({ spec: 'preemptionPolicy: Never' }),
      errors: [
        { messageId: 'preemption', line: 14, column: 25, endLine: 14, endColumn: 30, suggestions: [] },
      ],
    },
    {
      code: daemonSet({ spec: `${node}\npreemptionPolicy: Never` }),
      errors: [
        {
          messageId: 'preemption',
          suggestions: [
            { messageId: 'remove', data: { field: 'preemptionPolicy' }, output: daemonSet({ spec: node }) },
          ],
        },
      ],
    },
    {
      // What the patch states belongs together.
      code: daemonSet({ spec: `${node}\npriority: 1000` }),
      role: 'patch',
      errors: [{ messageId: 'differs', suggestions: [] }],
    },
  ],
})
