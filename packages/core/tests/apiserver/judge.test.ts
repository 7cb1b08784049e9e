import { describe, expect, it } from 'vitest'
import { rejections } from '../../src/apiserver/index.ts'
import { judgeText, show } from './shared.ts'

const rest = `metadata:
  name: agent
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      containers: [{ name: agent, image: example.com/agent:1.4.2 }]
`
const good = `apiVersion: apps/v1\nkind: DaemonSet\n${rest}`
const ids = (text: string) => judgeText(text).problems.map(({ ruleId }) => ruleId.replace('api-server/', ''))

describe('kinds', () => {
  it.each([
    ['apiVersion: apps/v1\nkind: Daemonset', ['misspelt-kind']],
    ['apiVersion: apps/v1\nkind: DaemonSets', ['misspelt-kind']],
    ['apiVersion: apps/v1\nkind: DeamonSet', ['misspelt-kind']],
    ['apiVersion: apps/v1\nkind: DaemonSetList', ['misspelt-kind']],
    ['apiVersion: apps/v1\nkind: [DaemonSet]', ['wrong-type']],
    ['apiVersion: extensions/v1beta1\nkind: DaemonSet', ['removed-api-version']],
    ['apiVersion: apps/v1beta2\nkind: DaemonSet', ['removed-api-version']],
    ['apiVersion: apps/v1beta1\nkind: DaemonSet', ['unknown-api-version']],
    ['apiVersion: v1\nkind: DaemonSet', ['unknown-api-version']],
    ['apiVersion: Apps/v1\nkind: DaemonSet', ['unknown-api-version']],
    ['apiVersion: 1\nkind: DaemonSet', ['wrong-type']],
    ['kind: DaemonSet', ['missing-kind']],
    ['apiVersion: ""\nkind: DaemonSet', ['missing-kind']],
    ['# a DaemonSet\napiVersion: apps/v1', ['missing-kind']],
    ['apiVersion: apps/v1\nKind: DaemonSet', ['unknown-field']],
    ['apiVersion: apps.example.com/v1alpha1\nkind: DaemonSet', []],
    ['apiVersion: apps/v1\nkind: Deployment', []],
    ['apiVersion: ${VERSION}\nkind: DaemonSet', []],
    ['apiVersion: apps/v1\nkind: DaemonSet', []],
  ])('%j', (head, expected) => expect(ids(`${head}\n${rest}`)).toEqual(expected))

  it('leaves Helm values and Kustomize files alone', () => {
    expect(ids('kind: DaemonSet\nimage:\n  tag: ""\ntolerations: []\n')).toEqual([])
    const kustomization = 'kind: Kustomization\npatches:\n  - target: { kind: DaemonSet }\n    path: a.yaml\n'
    expect(ids(kustomization)).toEqual([])
  })
})

describe('lists', () => {
  const manifest = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' } }

  it.each([
    ['- apiVersion: apps/v1\n  kind: DaemonSet\n', true],
    ['# all\n---\n  -   kind: DaemonSet\n      apiVersion: apps/v1\n', true],
    ['-\n  # one\n  kind: DaemonSet\n  apiVersion: apps/v1\n', true],
    ['- kind: Service\n  apiVersion: v1\n- kind: DaemonSet\n  apiVersion: apps/v1\n', true],
    ['- { kind: DaemonSet, apiVersion: apps/v1 }\n', true],
    ['[{ "kind": "DaemonSet", "apiVersion": "apps/v1" }]', true],
    [JSON.stringify([manifest], null, 2), true],
    // Tasks of Ansible, patches, test cases: a manifest stands within an item.
    [
      '- hosts: all\n  tasks:\n    - k8s:\n        definition:\n          kind: DaemonSet\n          apiVersion: apps/v1\n',
      false,
    ],
    ['- k8s:\n    kind: DaemonSet\n    apiVersion: apps/v1\n', false],
    ['-\n  k8s:\n    kind: DaemonSet\n    apiVersion: apps/v1\n', false],
    ['- patch: |\n    kind: DaemonSet\n    apiVersion: apps/v1\n', false],
    [JSON.stringify([{ op: 'add', path: '/items/-', value: manifest }]), false],
    [JSON.stringify([{ op: 'add', path: '/a]"', value: manifest }], null, 2), false],
  ])('%j', (text, isOfManifests) => expect(ids(text)).toEqual(isOfManifests ? ['top-level-list'] : []))
})

describe('documents', () => {
  it('judges each of its own, whatever is wrong with another', () => {
    const text = `${good}---\nkind: DaemonSet\na: [\n---\n${good.replace('apps/v1', 'v1')}---\nkind: ConfigMap\na: [\n`
    expect(ids(text).sort()).toEqual(['unknown-api-version', 'yaml-syntax'])
  })

  it.each([
    ['after it', `${good}--- a\n`],
    ['before it', `--- a\n${good}`],
    ['before it, after another', `kind: ConfigMap\n--- a\n${good}`],
    ['after it, with nothing between', `${good}---\n---a\n`],
    ['before it, with nothing between', `kind: ConfigMap\n--- a\n---\n# b\n---\n${good}`],
    ['several times', `${good}--- a\n--- b\n---\n--- c\n`],
    ['between two', `${good}--- a\n${good}`],
  ])('reports text after a separator %s, once', (_, text) => {
    expect(ids(text)).toEqual(['yaml-syntax'])
    expect(judgeText(text).problems[0]!.message).toContain('Text after `---`')
  })

  it('leaves text after a separator alone where no DaemonSet stands beside it', () => {
    const other = 'kind: ConfigMap\n'
    expect(ids(`${other}--- a\n${other}---\n--- b\n---\n${other}---\n${good}`)).toEqual([])
  })

  it('reports a duplicate key with both places, and hides the manifest from rules', () => {
    const { problems, hidden, root } = judgeText(
      good.replace('  name: agent\n', '  name: agent\n  name: other\n'),
    )
    expect(problems).toMatchObject([
      {
        ruleId: 'api-server/duplicate-key',
        rejected: true,
        severity: 'error',
        position: { start: { line: 5 } },
      },
    ])
    expect(problems[0]!.related?.position.start.line).toBe(4)
    expect(hidden.has(root.children[0]!)).toBe(true)
  })

  it('judges the items of a List', () => {
    const item = good.replace('kind: DaemonSet', 'kind: DaemonSet\nreplicas: 1').replace(/^/gm, '    ').trim()
    expect(judgeText(`apiVersion: v1\nkind: List\nitems:\n  - ${item}\n`).problems.map(show)).toEqual([
      expect.stringMatching(/^unknown-field replicas 6:5 /),
    ])
  })

  it.each([
    ['neither', ''],
    ['its kind alone', 'kind: DaemonSet'],
    ['its apiVersion alone', 'apiVersion: apps/v1'],
  ])('takes kind and apiVersion of an item of a DaemonSetList from the list: it states %s', (_, head) => {
    const item = `${head}\n${rest}`.trim().replace(/^/gm, '    ').trim()
    const list = (apiVersion: string) =>
      `apiVersion: ${apiVersion}\nkind: DaemonSetList\nitems:\n  - ${item}\n`
    expect(ids(list('apps/v1'))).toEqual([])
    expect([...judgeText(list('apps/v1')).judged]).toHaveLength(1)
    expect(ids(list('apps/v1').replace('spec:', 'sepc:'))).toContain('unknown-field')
  })

  it('hides from rules what cannot be decoded, but not what validation refuses', () => {
    const hidden = (text: string) => judgeText(text).hidden.size
    expect(hidden(good)).toBe(0)
    expect(hidden(good.replace('{ app: agent }', '{ app: other }'))).toBe(0)
    expect(hidden(good.replace('spec:\n', 'spec:\n  wibble: 1\n'))).toBe(1)
    expect(hidden(good.replace('kind: DaemonSet', 'kind: Deployment'))).toBe(0)
  })
})

it('has data for every message and an id for every check', () => {
  for (const [id, { messages, description }] of Object.entries(rejections)) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(description).toMatch(/^(?:Refuses|Silently|Warns)/)
    expect(Object.keys(messages).length).toBeGreaterThan(0)
  }
})

describe('a placeholder that stands for a label', () => {
  const text = (label: string, image: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata:
      labels:
        app: agent
        tier: ${label}
    spec:
      containers: [{ name: agent, image: ${image} }]
`
  const refused = (label: string, image: string) =>
    judgeText(text(label, image)).problems.map(({ field, messageId }) => `${field} ${messageId}`)

  it('is refused where it is the only one of its file', () => {
    expect(refused('"{{ tier }}"', 'example.com/agent:1.4.2')).toEqual(['spec.template.labels placeholder'])
  })

  it('is unknown where there are others, or it is part of a value', () => {
    expect(refused('"{{ tier }}"', '"{{ image }}"')).toEqual([])
    expect(refused('"{{ tier }}"', 'example.com/${IMAGE}')).toEqual([])
    expect(refused('"a-{{ tier }}"', 'example.com/agent:1.4.2')).toEqual([])
    expect(refused('"{{ .Values.tier }}"', 'example.com/agent:1.4.2')).toEqual([])
    expect(refused('${TIER}', 'example.com/agent:1.4.2')).toEqual([])
  })
})
