import { describe, expect, it } from 'vitest'
import { type Manifest, parse } from '../../src/index.ts'
import { nodeAt } from '../../src/parse/locate.ts'

const only = (text: string) => parse(text).children[0]!
const slice = (manifest: Manifest, position?: { start: { offset?: number }; end: { offset?: number } }) =>
  position && manifest.yaml.text.slice(position.start.offset, position.end.offset)

describe('places', () => {
  const text = `# top
kind: X   # c
single: 'a b'  # c
double: "c"
empty:
literal: |  # header
  one

  two

folded: >-
  three
map:
  a: 1
  b: {c: 2}  # c

list:
- d
- name: e
  f: g

-
last: ~
`
  const manifest = only(text)
  it.each([
    [['kind'], 'X', 'kind'],
    [['single'], "'a b'", 'single'],
    [['double'], '"c"', 'double'],
    [['empty'], undefined, 'empty'],
    [['literal'], '|  # header\n  one\n\n  two', 'literal'],
    [['folded'], '>-\n  three', 'folded'],
    [['map'], 'a: 1\n  b: {c: 2}', 'map'],
    [['map', 'b'], '{c: 2}', 'b'],
    [['map', 'b', 'c'], '2', 'c'],
    [['list'], '- d\n- name: e\n  f: g\n\n-', 'list'],
    [['list', 0], 'd', 'd'],
    [['list', 1], 'name: e\n  f: g', 'name: e\n  f: g'],
    [['list', 1, 'f'], 'g', 'f'],
    [['list', 2], undefined, undefined],
    [['last'], '~', 'last'],
    [['map', 'z'], undefined, undefined],
    [['kind', 'z'], undefined, undefined],
    [['list', 'x'], undefined, undefined],
  ] as const)('%j', (path, value, key) => {
    expect(slice(manifest, manifest.at(...path))).toBe(value)
    expect(slice(manifest, manifest.keyAt(...path))).toBe(key)
  })

  it('of the resource itself leave comments out', () => {
    expect(manifest.position.start).toEqual({ line: 2, column: 1, offset: 6 })
    expect(manifest.position.end.offset).toBe(text.length - 1)
  })

  it('count columns in UTF-16 units', () => {
    expect(only('a: "😀é" # c\nb: {"ключ": x}\n').at('b', 'ключ')!.start).toEqual({
      line: 2,
      column: 13,
      offset: 25,
    })
  })
})

describe('nodeAt', () => {
  const manifest = only(`base: &base {a: 1, b: 2}
other: &other {b: 3, c: 4}
alias: *base
merged:
  <<: [*other, *base]
  c: 5
inline:
  <<: {d: 6}
`)
  const found = (...path: (string | number)[]) => {
    const located = nodeAt(manifest, path)
    const range = located?.node?.range
    return (
      located && [
        range && manifest.yaml.text.slice(range[0], range[1]),
        located.throughAlias,
        located.throughMerge,
      ]
    )
  }

  it('follows aliases on the way, and stops at one', () => {
    expect(found('base', 'a')).toEqual(['1', false, false])
    expect(found('alias')).toEqual(['*base', false, false])
    expect(found('alias', 'a')).toEqual(['1', true, false])
  })

  it('follows merges, of which the first in a list counts', () => {
    expect(found('merged', 'a')).toEqual(['1', true, true])
    expect(found('merged', 'b')).toEqual(['3', true, true])
    expect(found('merged', 'c')).toEqual(['5', false, false])
    expect(found('inline', 'd')).toEqual(['6', false, true])
    expect(found('inline', 'x')).toBeUndefined()
  })

  it('agrees with the value', () => {
    expect(manifest.value).toMatchObject({ merged: { a: 1, b: 3, c: 5 }, inline: { d: 6 } })
  })

  it('gives the entry and what it stands in', () => {
    const located = nodeAt(manifest, ['merged', 'c'])
    expect(located?.pair?.key).toMatchObject({ source: 'c' })
    expect(located?.parent?.items).toHaveLength(2)
    expect(nodeAt(manifest, [])?.node).toBe(manifest.yaml.document.contents)
  })
})

describe('every key and scalar is found where it is written', () => {
  const fixtures = [
    'kind: A\nspec:\n  list: [1, "two", {three: 3}]\n  deep:\n  - - x\n    - w: z\n  text: plain words\n',
    '{\n  "kind": "B",\n  "spec": {"a": [1, {"b": "c"}]}\n}\n',
    'kind: C\r\nspec:\r\n    a:   1   # c\r\n    "b c": \'d\'\r\n    e: two\r\n       lines\r\n',
    '---\n# c\nkind: D\nspec: &x\n  a: !!str 1\n  b: &y "q"\n  ? long\n  : short\n  c: [\n    x,\n  ]\n',
    'kind: E\nlist:\n  - a: 1\n    b: 2\n\n  # c\n  - a: 3\nend: .5\n',
  ]
  it.each(fixtures)('%j', (text) => {
    const manifest = only(text)
    let scalars = 0
    const visit = (value: unknown, path: (string | number)[]) => {
      const key = path.at(-1)
      const keyText = slice(manifest, manifest.keyAt(...path))
      if (typeof key === 'string') expect(keyText?.replace(/^(["'])(.*)\1$/, '$2')).toBe(key)
      if (typeof value === 'object' && value !== null) {
        for (const [name, child] of Object.entries(value))
          visit(child, [...path, Array.isArray(value) ? Number(name) : name])
        return
      }
      scalars++
      const written = slice(manifest, manifest.at(...path))!
      expect(written.replace(/^(["'])(.*)\1$/s, '$2').replace(/\s+/g, ' ')).toBe(
        typeof value === 'number' && written.startsWith('.') ? String(value).slice(1) : String(value),
      )
      expect(manifest.source(...path)).toBe(written)
      const { start } = manifest.at(...path)!
      const lines = text.split('\n')
      expect(lines[start.line - 1]!.slice(start.column - 1).startsWith(written.split(/\r?\n/)[0]!)).toBe(true)
    }
    visit(manifest.value, [])
    expect(scalars).toBeGreaterThan(2)
  })
})
