import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/fix/index.ts'
import type { Fix } from '../../src/problem.ts'
import { judgeText } from './shared.ts'

const manifest = (selector: string, labels: string, pod = '') => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
${selector}  template:
    metadata:
${labels}    spec:
${pod}      containers: [{ name: agent, image: example.com/agent:1.4.2 }]
`
const selector = '  selector:\n    matchLabels:\n      app: agent\n'
const labels = '      labels:\n        app: agent\n'

/** The text after the edits of a fix, if there is one. */
const apply = (text: string, fix: Fix | undefined) => applyEdits(text, fix ? [fix] : []).output

describe('selector-matches-template', () => {
  const field = 'spec.template.metadata.labels'
  it.each([
    ['a missing selector', '', labels, 'missing', field, 5],
    ['an empty selector', '  selector: {}\n', labels, 'empty', 'spec.selector', 6],
    [
      'empty lists',
      '  selector:\n    matchLabels: {}\n    matchExpressions: []\n',
      labels,
      'empty',
      'spec.selector',
      6,
    ],
    ['another value', selector, labels.replace('agent', 'other'), 'mismatch', field, 11],
    ['no labels', selector, '      name: x\n', 'mismatch', field, 10],
  ])('%s', (_, given, stated, messageId, expected, line) => {
    const text = manifest(given, stated)
    const { problems } = judgeText(text)
    expect(problems).toMatchObject([
      {
        ruleId: 'api-server/selector-matches-template',
        messageId,
        field: expected,
        position: { start: { line } },
      },
    ])
    for (const suggestion of problems[0]!.suggestions ?? []) {
      expect(judgeText(apply(text, suggestion.fix)).problems).toEqual([])
    }
    expect(problems[0]!.fix).toBeUndefined()
  })

  it.each([
    ['In', '[agent, other]', 0],
    ['In', '[other]', 1],
    ['NotIn', '[agent]', 1],
    ['NotIn', '[other]', 0],
  ])('app %s %s', (operator, values, count) => {
    const expression = `  selector:\n    matchExpressions:\n      - { key: app, operator: ${operator}, values: ${values} }\n`
    expect(judgeText(manifest(expression, labels)).problems).toHaveLength(count)
  })

  it('does not judge what is templated', () => {
    expect(judgeText(manifest(selector.replace('agent', '${NAME}'), labels)).problems).toEqual([])
    expect(judgeText(manifest(selector, labels.replace('agent', '${NAME}'))).problems).toEqual([])
  })

  it('selects labels that stay', () => {
    const stated = `${labels}        version: "1"\n`
    const [problem] = judgeText(manifest('', stated)).problems
    const fixed = apply(manifest('', stated), problem?.suggestions?.[0]?.fix)
    expect(fixed.slice(0, fixed.indexOf('template'))).not.toContain('version: "1"')
  })
})

describe('fixes', () => {
  it.each([
    [
      'restart policy',
      manifest(selector, labels, '      restartPolicy: Never # not\n'),
      'restartPolicy: Always # not',
    ],
    ['replicas', manifest(`  replicas: 3\n${selector}`, labels), 'spec:\n  selector:'],
    ['kind', manifest(selector, labels).replace('DaemonSet', 'daemonset'), 'kind: DaemonSet\n'],
    [
      'number for text',
      manifest(selector, labels, '      schedulerName: 0x1F\n'),
      'schedulerName: \'?"?0x1F[\'"]\n',
    ],
    ['text for a number', manifest(selector, labels, '      priority: "10"\n'), 'priority: 10\n'],
  ])('%s', (_, text, expected) => {
    const { problems } = judgeText(text)
    expect(problems).toHaveLength(1)
    const output = apply(text, problems[0]!.fix)
    expect(output).toMatch(new RegExp(expected))
    expect(judgeText(output).problems).toEqual([])
  })

  it('suggests renaming and moving', () => {
    for (const line of ['  strategy: { type: OnDelete }\n', '  hostPID: true\n']) {
      const text = manifest(line + selector, labels)
      const [problem] = judgeText(text).problems
      expect(problem?.fix).toBeUndefined()
      expect(problem?.suggestions).toHaveLength(1)
      expect(judgeText(apply(text, problem?.suggestions?.[0]?.fix)).problems).toEqual([])
    }
  })
})
