import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.ts'
import type { DecodeErrorCode } from '../../src/parse/tree.ts'
import { decodeAll } from './decode-all.ts'

/** Right-hand sides and what go-yaml v2 makes of them. */
const scalars: [string, unknown][] = [
  ['yes', true],
  ['On', true],
  ['y', true],
  ['off', false],
  ['N', false],
  ['yEs', 'yEs'],
  ['"yes"', 'yes'],
  ['~', null],
  ['', null],
  ['nUll', 'nUll'],
  ['0644', 420],
  ['0o644', 420],
  ['-0644', -420],
  ['08', 8],
  ['0x1F', 31],
  ['0x', '0x'],
  ['0b11', 3],
  ['0b2', '0b2'],
  ['1_000', 1000],
  ['_1', '_1'],
  ['1:30', '1:30'],
  ['2001-01-01', '2001-01-01'],
  ['1e3', 1000],
  ['1e', '1e'],
  ['.5', 0.5],
  ['.5_0', 0.5],
  ['.', '.'],
  ['1e400', '1e400'],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -9223372036854775808n],
  ['18446744073709551615', 18446744073709551615n],
  ['18446744073709551616', 18446744073709552000],
  ['!!str 1', '1'],
  ['!!int "5"', 5],
  ['!!float 3', 3],
  ['!!binary aGk=', 'hi'],
  ['! "yes"', 'yes'],
  ['!custom yes', 'yes'],
  ["'it''s'", "it's"],
  ['"a\\x41\\u00e9"', 'aAé'],
  ['"d"#comment', 'd'],
  ['{b: 1, }', { b: 1 }],
  ['{b}', { b: null }],
  ['[1,\n2\n]', [1, 2]],
  ['{b: 1,\nc: 2\n}', { b: 1, c: 2 }],
  ['"two\nlines"', 'two lines'],
]

describe('values', () => {
  it.each(scalars)('%s', (source, value) => {
    const [document] = decodeAll(`a: ${source}\n`)
    expect(document!.fatal).toEqual([])
    expect(document!.value).toEqual({ a: value })
  })

  it.each([
    ['yes: 1', { true: 1 }],
    ['0644: 1', { 420: 1 }],
    ['1.5: 1', { '1.5': 1 }],
    ['"yes": 1', { yes: 1 }],
    ['__proto__: 1', JSON.parse('{"__proto__": 1}')],
    ['a: &x {b: 1}\nc: {<<: *x, d: 2}', { a: { b: 1 }, c: { b: 1, d: 2 } }],
    ['a: &x {b: 1}\ne: &y {b: 2}\nc: {<<: [*x, *y]}', { a: { b: 1 }, e: { b: 2 }, c: { b: 1 } }],
    ['a: &x {b: 1}\nc: {b: 2, <<: *x}', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x [1]\nb: *x', { a: [1], b: [1] }],
    ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
  ])('%s', (source, value) => {
    expect(decodeAll(`${source}\n`)[0]!.value).toEqual(value)
  })
})

/** Text, code, and the range of the error. */
const errors: [string, DecodeErrorCode, [number, number]][] = [
  ['a: .inf\n', 'json-value', [3, 7]],
  ['null: x\n', 'json-value', [0, 4]],
  ['[a]: x\n', 'json-value', [0, 1]],
  ['a: "\\/"\n', 'yaml-syntax', [4, 6]],
  ['a: "\\ud83d"\n', 'yaml-syntax', [4, 10]],
  ['a: x\u0007\n', 'yaml-syntax', [4, 5]],
  ['a:\n\tb: 1\n', 'yaml-syntax', [3, 4]],
  ['a: x\n\t\nb: 1\n', 'yaml-syntax', [5, 6]],
  ['a:\n  -\tb\n', 'yaml-syntax', [6, 7]],
  ['a: *x\n', 'yaml-syntax', [3, 5]],
  ['a: &x [*x]\n', 'yaml-syntax', [7, 9]],
  ['a: 1\n<<: 2\n', 'yaml-syntax', [9, 10]],
  ['a: !!int x\n', 'yaml-syntax', [9, 10]],
  ['a: !!binary "?"\n', 'yaml-syntax', [12, 15]],
  ['%YAML 1.1\n', 'yaml-syntax', [0, 9]],
  ['a: b: c\n', 'yaml-syntax', [3, 4]],
]

describe('errors', () => {
  it.each(errors)('%j', (text, code, range) => {
    const { documents, children } = parse(text)
    const [error, ...others] = documents[0]!.errors
    expect(others).toEqual([])
    expect(error!.code).toBe(code)
    expect([error!.position.start.offset, error!.position.end.offset]).toEqual(range)
    expect(documents[0]!.status).toBe('broken')
    expect(children).toEqual([])
  })

  it('leaves tabs alone where go-yaml takes them', () => {
    expect(decodeAll('a:\t1\nb: {\n\tc: 1\n}\nd: x \t\n')[0]).toMatchObject({
      fatal: [],
      value: { a: 1, b: { c: 1 }, d: 'x' },
    })
  })

  it('lets JSON have escapes that only JSON knows', () => {
    expect(decodeAll('{\n\t"a": "\\/"\n}\n')[0]).toMatchObject({ fatal: [], value: { a: '/' } })
  })
})

describe('duplicate keys', () => {
  const duplicates = (text: string) => {
    const root = parse(text)
    expect(root.documents[0]!.status).toBe('parsed')
    return root.documents[0]!.errors.map(({ code, position, related, field }) => ({
      code,
      at: text.slice(position.start.offset, position.end.offset),
      line: position.start.line,
      first: related?.position.start.line,
      field,
    }))
  }

  it('are reported with both places, and the last value counts', () => {
    const text = 'spec:\n  a: 1\n  b: 2\n  "a": 3\n'
    expect(duplicates(text)).toEqual([
      { code: 'duplicate-key', at: '"a"', line: 4, first: 2, field: 'spec.a' },
    ])
    expect(parse(text).children[0]!.value).toEqual({ spec: { a: 3, b: 2 } })
  })

  it('are found where a merge brings the key in, before or after', () => {
    expect(duplicates('a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n')).toMatchObject([{ line: 4, first: 1 }])
    expect(duplicates('a: &x {b: 1}\nc:\n  b: 2\n  <<: *x\n')).toMatchObject([{ line: 1, first: 3 }])
    expect(duplicates('a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n')).toEqual([])
  })

  it('are told apart by type as go-yaml does', () => {
    expect(duplicates('yes: 1\ntrue: 2\n')).toHaveLength(1)
    expect(duplicates('a: 1\nA: 2\n')).toEqual([])
  })

  it('are reported once where an alias repeats them', () => {
    expect(duplicates('a: &x {b: 1, b: 2}\nc: *x\n')).toHaveLength(1)
  })
})
