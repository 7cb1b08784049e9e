import rule from '../../src/rules/recommended-labels.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const [name, instance] = ['app.kubernetes.io/name', 'app.kubernetes.io/instance']
const labels = (...lines: string[]) =>
  daemonSet({ metadata: `labels:\n${lines.map((line) => `  ${line}`).join('\n')}` })
const missing = (label: string) => ({ messageId: 'missing', data: { name: 'agent', label } })

ruleTester.run('recommended-labels', rule, {
  valid: [
    labels(`${name}: agent`, `${instance}: agent-eu`),
    labels(`${name}: \${NAME}`, `${instance}: agent-eu`),
    daemonSet({ metadata: 'labels: ${LABELS}' }),
    { code: daemonSet(), role: 'patch' },
    { code: labels('team: platform'), options: [{ labels: ['team'] }] },
    { code: daemonSet(), options: [{ labels: [] }] },
  ],
  invalid: [
    {
      code: labels(`${name}: agent`),
      errors: [
        {
          ...missing(instance!),
          line: 5,
          column: 3,
          endLine: 5,
          endColumn: 9,
          suggestions: [{ messageId: 'name', output: labels(`${name}: agent`, `${instance}: agent`) }],
        },
      ],
    },
    { code: daemonSet(), errors: [missing(instance!), missing(name!)] },
    {
      code: daemonSet(),
      options: [{ labels: ['team'] }],
      errors: [{ ...missing('team'), line: 3, column: 1, suggestions: [] }],
    },
  ],
})
