import rule from '../../src/rules/pdb-semantics.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const budget = (limit: string, selector = 'matchLabels: { app: agent }', metadata = '') =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: agent\n${metadata}spec:\n  ${limit}\n  selector: { ${selector} }\n`
const together = (limit: string, selector?: string, agent = daemonSet()) =>
  `${budget(limit, selector)}---\n${agent}`
const deployment = daemonSet().replace('kind: DaemonSet', 'kind: Deployment')

ruleTester.run('pdb-semantics', rule, {
  valid: [
    budget('maxUnavailable: 1'),
    together('minAvailable: 3'),
    together('minAvailable: ${MIN}'),
    together('minAvailable: "3"'),
    together('maxUnavailable: 1', 'matchLabels: { app: gateway }'),
    together('maxUnavailable: 1', 'matchLabels: { app: agent, role: leader }'),
    together('maxUnavailable: 1', 'matchLabels: { app: "${APP}" }'),
    together('maxUnavailable: 1', ''),
    together('maxUnavailable: 1', 'matchExpressions: [{ key: app, operator: NotIn, values: [agent] }]'),
    together('maxUnavailable: 1', 'matchExpressions: [{ key: app, operator: DoesNotExist }]'),
    together('maxUnavailable: 1', 'matchExpressions: [{ key: app, operator: In, values: [agents] }]'),
    together('maxUnavailable: 1', 'matchExpressions: [{ key: role, operator: Exists }]'),
    together('maxUnavailable: 1', 'matchExpressions: [{ key: app, operator: Near, values: [agent] }]'),
    together('maxUnavailable: 1', undefined, deployment),
    // where they meet is not known
    together('maxUnavailable: 1', undefined, daemonSet({ metadata: 'namespace: monitoring' })),
    together('maxUnavailable: 1').replace('policy/v1', 'example.com/v1'),
    { code: together('maxUnavailable: 1').split('---')[0]!, files: { '/manifests/other.yaml': deployment } },
  ],
  invalid: [
    {
      code: together('maxUnavailable: 1'),
      errors: [
        {
          messageId: 'maxUnavailable',
          data: { name: 'agent', place: 'line 9' },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 20,
        },
      ],
    },
    { code: together('maxUnavailable: 10%'), errors: [{ messageId: 'maxUnavailable' }] },
    {
      code: together('minAvailable: 90%'),
      errors: [
        {
          messageId: 'percentage',
          data: { name: 'agent', place: 'line 9', written: '90%' },
          line: 6,
          column: 17,
        },
      ],
    },
    ...[
      'matchExpressions: [{ key: app, operator: In, values: [agent, agents] }]',
      'matchExpressions: [{ key: app, operator: Exists }]',
      'matchExpressions: [{ key: role, operator: DoesNotExist }]',
      'matchLabels: { app: agent }, matchExpressions: [{ key: role, operator: NotIn, values: [leader] }]',
    ].map((selector) => ({
      code: together('maxUnavailable: 1', selector),
      errors: [{ messageId: 'maxUnavailable' }],
    })),
    {
      // Of pods of both it knows the share of none.
      code: `${together('maxUnavailable: 1')}---\n${deployment}`,
      errors: [{ messageId: 'maxUnavailable' }],
    },
    {
      code: budget('maxUnavailable: 1', undefined, '  namespace: monitoring\n'),
      files: { '/manifests/daemonset.yaml': daemonSet({ metadata: 'namespace: monitoring' }) },
      errors: [{ messageId: 'maxUnavailable', data: { name: 'agent', place: 'daemonset.yaml' } }],
    },
  ],
})
