import rule from '../../src/rules/revision-history.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const limit = (value: string) => daemonSet({ daemon: `revisionHistoryLimit: ${value}` })
const patch = (value: string) =>
  `apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  revisionHistoryLimit: ${value}\n`

ruleTester.run('revision-history', rule, {
  valid: [daemonSet(), limit('1'), limit('10'), limit(''), limit('${LIMIT}')],
  invalid: [
    {
      code: limit('0'),
      errors: [
        {
          messageId: 'none',
          data: { name: 'agent' },
          line: 6,
          column: 25,
          endLine: 6,
          endColumn: 26,
          suggestions: [{ messageId: 'keep', data: { limit: 10 }, output: limit('10') }],
        },
      ],
    },
    {
      code: '{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: a }, spec: { revisionHistoryLimit: 0, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: "a:1" }] } } } }\n',
      errors: [
        {
          messageId: 'none',
          suggestions: [
            {
              output:
                '{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: a }, spec: { revisionHistoryLimit: 10, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: "a:1" }] } } } }\n',
            },
          ],
        },
      ],
    },
    {
      code: patch('0'),
      role: 'patch',
      errors: [{ messageId: 'none', suggestions: [{ messageId: 'keep', output: patch('10') }] }],
    },
  ],
})
