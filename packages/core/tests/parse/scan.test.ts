import { describe, expect, it } from 'vitest'
import { scanDocument } from '../../src/parse/scan.ts'
import { splitDocuments } from '../../src/parse/split.ts'

const scan = (text: string) => scanDocument(text, splitDocuments(text)[0]!)

describe('scanDocument', () => {
  it.each([
    '# c\napiVersion: apps/v1 # c\n"kind": \'DaemonSet\'\nmetadata:\n  kind: x\nspec: {kind: x}\n',
    '  kind: DaemonSet\n  metadata:\n    labels:\n      kind: no\n  apiVersion: apps/v1\n',
    '---\nspec:\n  a: b\n    # c\n\nkind: DaemonSet\r\napiVersion: "apps/v1"\r\n',
  ])('reads kind and apiVersion: %j', (text) => {
    expect(scan(text)).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      candidates: ['DaemonSet'],
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
    ['kind: null\n', ['']],
    ['kind: ~\n', ['']],
    ['kind: &x DaemonSet\n', ['']],
    ['? kind\n: DaemonSet\n', ['DaemonSet']],
    ['x: &x {kind: DaemonSet}\n<<: *x\n', ['DaemonSet']],
    ['kind: {{ .Values.kind }}\n', ['']],
    ['{{- if .Values.x }}\nkind: DaemonSet\n{{- end }}\n', ['DaemonSet', '']],
    ['kind: A\nkind: B\n', ['A', 'B', '']],
    ['Kind: DaemonSet\n', ['DaemonSet']],
    ['# c\rapiVersion: apps/v1\rkind: DaemonSet\r', ['DaemonSet']],
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

  it('counts from the start of the text', () => {
    const text = 'kind: A\n---\nkind: B\n'
    const found = splitDocuments(text).map((chunk) => scanDocument(text, chunk))
    expect(found.map(({ kind, start }) => [kind, start])).toEqual([
      ['A', 0],
      ['B', 12],
    ])
  })
})
