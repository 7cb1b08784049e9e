import { describe, expect, it } from 'vitest'
import { scanDocuments } from '../../src/parse/index.ts'

const scan = (text: string) => scanDocuments(text)[0]!

describe('scanDocuments', () => {
  it('reads kind, apiVersion, name and namespace', () => {
    expect(
      scan(
        '# c\napiVersion: apps/v1 # c\n"kind": \'DaemonSet\'\nmetadata:\n  name: a\n  namespace: b\nspec: {name: x}\n',
      ),
    ).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      name: 'a',
      namespace: 'b',
      candidates: ['DaemonSet'],
    })
    expect(scan('kind: A\nmetadata: {name: "a", namespace: b}\n')).toMatchObject({
      name: 'a',
      namespace: 'b',
    })
    expect(scan('  kind: A\n  metadata:\n    labels:\n      name: no\n    name: yes-this\n')).toMatchObject({
      kind: 'A',
      name: 'yes-this',
    })
  })

  it.each([
    ['kind: Service\nspec:\n  kind: DaemonSet\n', ['Service']],
    ['a: b\n', []],
    ['- kind: DaemonSet\n', []],
    ['spec:\n  kind: DaemonSet\n', []],
    ['text: |\n  kind: DaemonSet\n', []],
    ['{"kind": "DaemonSet", "a": 1}', ['DaemonSet']],
    ['{"kind":\n"DaemonSet"}', ['DaemonSet']],
    ['{"kind": "DaemonSetList", "items": []}', ['DaemonSet']],
    ['kind: DaemonSetList\nitems: []\n', ['DaemonSet']],
    ['{"a": 1}', []],
    ['kind: *x\n', ['']],
    ['kind: &x DaemonSet\n', ['']],
    ['? kind\n: DaemonSet\n', ['DaemonSet']],
    ['x: &x {kind: DaemonSet}\n<<: *x\n', ['DaemonSet']],
    ['kind: {{ .Values.kind }}\n', ['']],
    ['{{- if .Values.x }}\nkind: DaemonSet\n{{- end }}\n', ['DaemonSet', '']],
    ['kind: A\nkind: B\n', ['A', 'B', '']],
    ['Kind: DaemonSet\n', ['DaemonSet']],
    ['kind: List\nitems:\n- kind: Pod\n- kind: &a DaemonSet\n', ['List', 'Pod', '']],
  ])('%j', (text, candidates) => {
    const found = scan(text).candidates
    for (const kind of candidates) expect(found).toContain(kind)
    if (candidates.length === 0) expect(found).toEqual([])
  })

  it('tells nothing where it is unsure', () => {
    expect(scan('kind: A\nkind: B\n').kind).toBe('')
    expect(scan('{"kind": "DaemonSet"}').kind).toBe('')
  })

  it('splits and counts from after the byte order mark', () => {
    expect(scanDocuments('\ufeffkind: A\n---\nkind: B\n').map(({ kind, start }) => [kind, start])).toEqual([
      ['A', 0],
      ['B', 12],
    ])
  })
})
