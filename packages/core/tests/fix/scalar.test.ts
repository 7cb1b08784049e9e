import { describe, expect, it } from 'vitest'
import { isPlain, type ScalarStyle, writeScalar, writeString } from '../../src/fix/scalar.ts'
import { parse } from '../../src/parse/parse.ts'

const block: ScalarStyle = { flow: false, json: false, quote: '"' }

const texts = [
  ...['yes', 'No', 'ON', 'y', 'n', 'true', 'False', 'null', '~', '', 'Null', '<<', '='],
  ...[
    '1',
    '-1',
    '+1',
    '1.0',
    '.5',
    '1.',
    '1e3',
    '1E-3',
    '0644',
    '0o644',
    '0x1F',
    '0b1',
    '1_000',
    '.inf',
    '-.Inf',
    '.NaN',
  ],
  ...[
    '1:30',
    '2001-01-01',
    '2001-01-01T00:00:00Z',
    '12e03',
    '0',
    '-0',
    '1.27.3',
    '10.0.0.1',
    '1.2.3-4',
    '08',
    '0b2',
  ],
  ...[
    '100m',
    '200Mi',
    '25%',
    'agent:1.0',
    'http://x:80/y',
    'a: b',
    'a:',
    'a #b',
    'a#b',
    '#a',
    '- a',
    '-a',
    '--a',
    '-',
    '---',
  ],
  ...[
    '? a',
    '?a',
    ': a',
    ':a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '"a',
    "'a",
    "it's",
    'a"b',
    '{a}',
    '[a',
    ',a',
    'a,b',
  ],
  ...[
    ' a',
    'a ',
    'a\tb',
    '\ta',
    'a\nb',
    'a\r',
    'a\u0000b',
    '\u0085',
    'x\u2028y',
    '\ufeff',
    '🚀 up',
    'ü',
    '日本: x',
    '${A}',
    'a\\b',
    '\\n',
  ],
]

describe('writeString', () => {
  for (const text of texts) {
    it(`is read back: ${JSON.stringify(text)}`, () => {
      for (const quote of ['"', "'"] as const) {
        for (const flow of [false, true]) {
          const written = writeString(text, { ...block, flow, quote })
          const key = writeString(`k${text}`, { ...block, flow, quote })
          const body = flow ? `spec: {a: ${written}, ${key}: 1}` : `spec:\n  a: ${written} # c\n  ${key}: 1`
          const root = parse(`kind: DaemonSet\n${body}\n`)
          expect(root.documents[0]?.errors).toEqual([])
          // A placeholder is unknown to the tree.
          if (!text.startsWith('$'))
            expect(root.children[0]?.value).toEqual({ kind: 'DaemonSet', spec: { a: text, [`k${text}`]: 1 } })
        }
      }
    })
  }

  it('leaves what needs no quotes without', () => {
    for (const text of ['agent:1.0', '100m', '1.27.3', '--flag=x', 'a#b', 'http://x:80/y']) {
      expect(writeString(text, block)).toBe(text)
    }
  })

  it('writes JSON as JSON', () => {
    expect(writeString('plain', { ...block, flow: true, json: true, quote: "'" })).toBe('"plain"')
  })

  it('refuses half a character', () => {
    expect(writeString('a\ud800', block)).toBeNull()
    expect(writeScalar(Number.NaN, block)).toBeNull()
    expect(writeScalar(2n ** 60n, block)).toBe('1152921504606846976')
  })

  it('quotes more within brackets', () => {
    expect(isPlain('a,b', false)).toBe(true)
    expect(isPlain('a,b', true)).toBe(false)
  })
})
