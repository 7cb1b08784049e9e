import { describe, expect, it } from 'vitest'
import { complete } from '../../src/features/completion.ts'
import { hover } from '../../src/features/hover.ts'
import { type OutlineNode, outlineOf } from '../../src/yaml/outline.ts'
import { examples } from '../manifests.ts'
import { snapshotOf } from '../snapshot-of.ts'

/** The outline as plain values; a key that is half written has none. */
function plainOf(node: OutlineNode | undefined): unknown {
  if (!node) return null
  if (node.type === 'scalar') return node.value
  if (node.type === 'list') return node.items.map(({ value }) => plainOf(value))
  return Object.fromEntries(
    node.entries.map(({ key, colon, value }) => [
      key,
      colon === undefined && !value ? undefined : plainOf(value),
    ]),
  )
}

const read = (text: string) => plainOf(outlineOf(text).root)

describe('outlineOf', () => {
  it.each<[string, string, unknown]>([
    [
      'lists at the indentation of their key',
      'a:\n- b\n- c: d\n  e: f\ng: h',
      { a: ['b', { c: 'd', e: 'f' }], g: 'h' },
    ],
    ['lists of lists', '- - a\n  - b\n- c', [['a', 'b'], 'c']],
    ['quoted keys', "\"a b\": c\n'd''e': f", { 'a b': 'c', "d'e": 'f' }],
    ['flow style', 'a: { b: [c, d: e], f }', { a: { b: ['c', { d: 'e' }], f: undefined } }],
    ['flow style over lines', 'a: {\n  b: c, # d\n  e: f }\ng: h', { a: { b: 'c', e: 'f' }, g: 'h' }],
    ['JSON', '{"a":{"b":["c"]}}', { a: { b: ['c'] } }],
    ['block scalars', 'a: |\n  b: c\n\n  d\ne: f', { a: '|\n  b: c\n\n  d', e: 'f' }],
    ['block scalars in lists', '- |-\n  a: b\n- c', ['|-\n  a: b', 'c']],
    ['anchors, tags and aliases', 'a: &x !!map\n  b: c\nd: *x', { a: { b: 'c' }, d: '*x' }],
    ['texts over lines', 'a: b\n  c\nd: "e\n  f"\ng: h', { a: 'b', d: 'e\n  f', g: 'h' }],
    ['colons within texts', 'a: b:c\nd: http://e', { a: 'b:c', d: 'http://e' }],
    ['comments', '# a: b\nc: d # e: f\ng: "h # i"', { c: 'd', g: 'h # i' }],
    ['Windows line ends', 'a:\r\n  b: c\r\nd: e\r\n', { a: { b: 'c' }, d: 'e' }],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each<[string, string, unknown]>([
    ['a key without a colon', 'a:\n  b\n  c: d', { a: { b: undefined, c: 'd' } }],
    ['one above what is deeper', 'a\n  b: c\nd: e', { a: { b: 'c' }, d: 'e' }],
    ['one above a list', 'a:\n  b\n  - c\n  d: e', { a: { b: ['c'], d: 'e' } }],
    ['flow style that is not closed', 'a: { b: c, d\ne: f', { a: { b: 'c', d: undefined }, e: 'f' }],
    ['a list that is not closed', 'a: [b\nc: d', { a: ['b'], c: 'd' }],
    ['a quote that is not closed', 'a: "b\nc: d', { a: 'b', c: 'd' }],
    [
      'keys that are not as deep as those before',
      'a:\n    b: c\n  d: e\nf: g',
      { a: { b: 'c', d: 'e' }, f: 'g' },
    ],
    ['a map below a text', 'a: b\n  c: d\ne: f', { a: { c: 'd' }, e: 'f' }],
    ['stray brackets', 'a: b }\nc: ]d\n', { a: 'b }', c: ']d' }],
  ])('makes the best of %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('passes over what a template language does', () => {
    const text =
      'a:\n  {{- if .b }}\n  c: d\n  {{- end }}\n  e: {{ .f }}\n  {{ .g }}: h\n{{/* i:\n j: */}}\nk: l'
    expect(read(text)).toEqual({ a: { c: 'd', e: '{{ .f }}', '{{ .g }}': 'h' }, k: 'l' })
  })

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(50_000)],
    ['dashes', '- '.repeat(50_000)],
    [
      'deeper and deeper keys',
      Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    ],
    ['quotes', '"a\n'.repeat(20_000)],
    ['texts below a key', `a:\n${'     "b"\n'.repeat(20_000)}`],
    ['markers', '{{\n'.repeat(5000)],
    ['colons', ':'.repeat(100_000)],
  ])('comes to an end with many %s', (_, text) => {
    const started = performance.now()
    outlineOf(text)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

it('says and completes something of any text, and never fails', () => {
  const base = snapshotOf('', { config: { rules: {} } })
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % below
  }
  const bits = [
    '\n',
    ' ',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '#',
    '|',
    '&a ',
    '*a',
    '---\n',
    '{{',
    '\t',
    '\r\n',
    'é',
  ]
  for (const { text } of examples) {
    for (let round = 0; round < 40; round++) {
      let broken = text
      for (let change = 0; change < 4; change++) {
        const at = random(broken.length)
        broken = broken.slice(0, at) + bits[random(bits.length)] + broken.slice(at + random(6))
      }
      const offset = random(broken.length)
      const snapshot = { ...base, text: broken }
      hover(snapshot, offset)
      for (const { start, end } of complete(snapshot, offset, { snippets: true })) {
        expect(start).toBeLessThanOrEqual(offset)
        expect(end).toBeGreaterThanOrEqual(offset)
      }
    }
  }
})
