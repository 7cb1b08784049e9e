import rule from '../../src/rules/overlapping-selectors.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const all = (...texts: string[]) => texts.join('---\n')
const named = (name: string, labels = 'app: agent', kind = 'DaemonSet') =>
  daemonSet({ template: labels === 'app: agent' ? undefined : `  ${labels}` })
    .replace('name: agent', `name: ${name}`)
    .replace('kind: DaemonSet', `kind: ${kind}`)
const strict = (name: string, label: string) =>
  named(name, label).replace('      app: agent\n', `      app: agent\n      ${label}\n`)

ruleTester.run('overlapping-selectors', rule, {
  valid: [
    named('agent'),
    all(strict('agent', 'tier: one'), strict('other', 'tier: two')),
    all(named('agent'), named('other').replaceAll('app: agent', 'app: other')),
    // Another namespace, or one that is not known to be the same
    all(named('agent'), daemonSet({ metadata: 'namespace: other' }).replace('name: agent', 'name: other')),
    all(named('agent'), named('other').replaceAll('app: agent', 'app: ${APP}')),
    // The same DaemonSet once more
    all(named('agent'), named('agent')),
    all(named('agent'), named('other', 'app: agent', 'Job').replace('apps/v1', 'batch/v1')),
  ],
  invalid: [
    // The latter is told.
    {
      code: all(named('agent'), named('other')),
      errors: [
        {
          messageId: 'selects',
          data: { kind: 'DaemonSet', name: 'agent', place: 'line 1' },
          line: 23,
          column: 3,
          endLine: 23,
          endColumn: 11,
        },
      ],
    },
    {
      code: all(named('agent'), named('other', 'app: agent', 'Deployment')),
      errors: [
        { messageId: 'selects', data: { kind: 'Deployment', name: 'other', place: 'line 18' }, line: 6 },
      ],
    },
    // Each once
    {
      code: all(named('agent'), named('other'), named('third')),
      errors: [
        { messageId: 'selects', data: { kind: 'DaemonSet', name: 'agent', place: 'line 1' } },
        { messageId: 'selects', data: { kind: 'DaemonSet', name: 'agent', place: 'line 1' } },
      ],
    },
    // One way alone
    {
      code: all(strict('agent', 'tier: one'), named('other', 'tier: one')),
      errors: [{ messageId: 'selects' }],
    },
    {
      code: all(named('agent'), strict('other', 'tier: one')),
      errors: [{ messageId: 'selected', data: { kind: 'DaemonSet', name: 'agent', place: 'line 1' } }],
    },
    {
      code: all(
        named('agent'),
        named('other').replace(
          'matchLabels:\n      app: agent',
          'matchExpressions:\n      - { key: app, operator: In, values: [agent, gateway] }',
        ),
      ),
      errors: [{ messageId: 'selects' }],
    },
    {
      code: named('other'),
      files: { '/manifests/agent.yaml': named('agent') },
      errors: [{ messageId: 'selects', data: { kind: 'DaemonSet', name: 'agent', place: 'agent.yaml' } }],
    },
  ],
})
