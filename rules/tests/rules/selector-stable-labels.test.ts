import { expect, it } from 'vitest'
import rule from '../../src/rules/selector-stable-labels.ts'
import { lintWith } from '../lint.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const labels = [
  'version',
  'app.kubernetes.io/version',
  'chart',
  'helm.sh/chart',
  'pod-template-generation',
  'release-version',
  'controller-revision-hash',
]
/** A selector and template labels of these lines. */
const withLabels = (selector: string, template = 'version: "1"') =>
  daemonSet({ template: '' })
    .replace('      app: agent\n', selector)
    .replace('        app: agent\n', `        app: agent\n        ${template}\n`)

ruleTester.run('selector-stable-labels', rule, {
  valid: [
    daemonSet(),
    // in the template it may change
    withLabels('      app: agent\n'),
    withLabels('      app: agent\n      build: "1"\n', 'build: "1"'),
    withLabels('      app: agent\n      version: v1\n', 'version: v1'),
    // whatever the value is
    withLabels('      app: agent\n    matchExpressions:\n      - { key: version, operator: Exists }\n'),
    withLabels(
      '      app: agent\n    matchExpressions:\n      - { key: version, operator: In, values: [v1] }\n',
      'version: v1',
    ),
    withLabels('      app: agent\n      api-version: "1"\n', 'api-version: "1"'),
  ],
  invalid: [
    {
      code: withLabels(
        '      app: agent\n    matchExpressions:\n      - { key: chart, operator: In, values: ["${CHART}"] }\n',
        'chart: a',
      ),
      errors: [{ messageId: 'unstable', data: { label: 'chart' } }],
    },
    ...labels.map((label) => ({
      code: withLabels(`      app: agent\n      ${label}: "1"\n`, `${label}: "1"`),
      errors: [
        {
          messageId: 'unstable' as const,
          data: { label },
          line: 9,
          column: 7,
          endLine: 9,
          endColumn: 7 + label.length,
          suggestions: [
            {
              messageId: 'remove' as const,
              data: { label },
              output: withLabels('      app: agent\n', `${label}: "1"`),
            },
          ],
        },
      ],
    })),
    {
      // nothing would be left
      code: withLabels('      version: "1"\n'),
      errors: [{ messageId: 'unstable', line: 8, column: 7, endLine: 8, endColumn: 14, suggestions: [] }],
    },
    {
      code: withLabels(
        "      app: agent\n    matchExpressions:\n      - { key: version, operator: In, values: ['1'] }\n",
      ),
      errors: [{ messageId: 'unstable', line: 10, column: 16, endLine: 10, endColumn: 23 }],
    },
    {
      code: withLabels('      app: agent\n      build: "1"\n', 'build: "1"'),
      options: [{ labels: ['build'] }],
      errors: [{ messageId: 'unstable', data: { label: 'build' } }],
    },
  ],
})

it.each(labels)('the selector that is suggested where there is none leaves out %s', (label) => {
  const code = withLabels('', `${label}: "1"`).replace('  selector:\n    matchLabels:\n', '')
  const [problem] = lintWith(code, {}).filter(({ rejected }) => rejected)
  expect(problem?.ruleId).toBe('api-server/selector-matches-template')
  const written = problem?.suggestions?.map(({ fix }) => fix.edits.map(({ text }) => text).join('')).join('')
  expect(written).toContain('app: agent')
  expect(written).not.toContain(label)
})
