import rule from '../../src/rules/selector-unchanged.ts'
import { ruleTester } from '../rule-tester.ts'

const daemonSet = (selector: string, { name = 'agent', labels = 'app: agent, tier: node' } = {}) =>
  `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
spec:
  selector:
${selector.replace(/^/gm, '    ')}
  template:
    metadata:
      labels: { ${labels} }
    spec:
      containers:
        - name: agent
          image: agent:1.2.3
`
const one = daemonSet('matchLabels:\n  app: agent')
const two = daemonSet('matchLabels:\n  app: agent\n  tier: node')

ruleTester.run('selector-unchanged', rule, {
  valid: [
    one,
    { code: one, previous: one },
    { code: two, previous: daemonSet('matchLabels:\n  tier: node\n  app: agent') },
    { code: one, previous: daemonSet('matchLabels:\n  app: agent\nmatchExpressions: []') },
    // Another DaemonSet, or none.
    { code: two, previous: daemonSet('matchLabels:\n  app: agent', { name: 'other' }) },
    { code: two, previous: '' },
    { code: two, previous: 'kind: DaemonSet\n  broken: 1\n' },
    // What it was, or is, is not known.
    { code: two, previous: daemonSet('matchLabels:\n  app: ${APP}') },
    { code: two, previous: daemonSet('matchLabels: ${LABELS}') },
  ],
  invalid: [
    {
      code: two,
      previous: one,
      errors: [
        {
          messageId: 'changed',
          data: { name: 'agent' },
          field: 'spec.selector',
          line: 6,
          column: 3,
          endLine: 6,
          endColumn: 11,
          suggestions: [{ messageId: 'restore', output: one }],
        },
      ],
    },
    {
      code: one,
      previous: daemonSet(
        'matchLabels:\n  app: agent\nmatchExpressions:\n  - { key: tier, operator: Exists }',
      ),
      errors: [{ messageId: 'changed', suggestions: 1 }],
    },
    {
      code: one,
      previous: daemonSet('matchExpressions:\n  - { key: app, operator: In, values: [agent] }'),
      errors: [{ messageId: 'changed', suggestions: 1 }],
    },
  ],
})
