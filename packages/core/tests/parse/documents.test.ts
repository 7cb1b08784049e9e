import { describe, expect, it } from 'vitest'
import { type ParseOptions, parse } from '../../src/parse/index.ts'

const statuses = (text: string | Uint8Array, options?: ParseOptions) =>
  parse(text, options).documents.map(({ status }) => status)
const errorsOf = (text: string | Uint8Array) =>
  parse(text).documents.flatMap(({ errors }) =>
    errors.map(({ code, position }) => [code, position.start.line, position.start.column]),
  )
const bytes = (text: string) => new TextEncoder().encode(text)

describe('documents', () => {
  it('are split on `---` lines as kubectl splits them', () => {
    expect(statuses('a: b\n---\nc: d\n')).toEqual(['parsed', 'parsed'])
    expect(statuses('---\na: b\n')).toEqual(['parsed'])
    expect(statuses('---\n---\na: b\n')).toEqual(['empty', 'parsed'])
    expect(statuses('a: b\n---\n---\nc: d\n')).toEqual(['parsed', 'parsed'])
    expect(statuses('# only\n---\na: b\n---\n\n')).toEqual(['empty', 'parsed', 'empty'])
    expect(statuses('a: |\n  x\n  ---\n  y\n')).toEqual(['parsed'])
    expect(statuses('a: b\r\n---  # next\r\nc: d\r\n')).toEqual(['parsed', 'parsed'])
    expect(statuses('')).toEqual([])
  })

  it('count positions from the start of the file', () => {
    const { children } = parse('a: b\n---\n# c\nkind: X\n')
    expect(children[1]!.document).toBe(1)
    expect(children[1]!.at('kind')).toEqual({
      start: { line: 4, column: 7, offset: 19 },
      end: { line: 4, column: 8, offset: 20 },
    })
  })

  it('may not begin on the line of their separator', () => {
    const text = 'a: b\n--- {c: d}\ne: f\n'
    expect(errorsOf(text)).toEqual([['yaml-syntax', 2, 5]])
    expect(parse(text).children.map(({ value }) => value)).toEqual([{ a: 'b' }, { e: 'f' }])
    expect(errorsOf('--- text\na: b\n')).toEqual([['yaml-syntax', 1, 5]])
  })

  it('end at `...`, and what follows is reported', () => {
    const text = 'a: b\n...\nc: d\ne: f\n'
    expect(errorsOf(text)).toEqual([['ignored-text', 3, 1]])
    expect(parse(text).documents[0]!.errors[0]!.position.end.line).toBe(4)
    expect(parse(text).children[0]!.value).toEqual({ a: 'b' })
    const fine = parse('a: b\n...\n# end\n---\nc: d\n')
    expect(fine.documents.flatMap(({ errors }) => errors)).toEqual([])
    expect(fine.comments.map(({ value }) => value)).toEqual([' end'])
  })

  it('do not silence each other', () => {
    const { documents, children } = parse('a: [\n---\nb: 1\n---\nc: "\n')
    expect(documents.map(({ status }) => status)).toEqual(['broken', 'parsed', 'broken'])
    expect(children).toHaveLength(1)
  })
})

describe('text', () => {
  it('may begin with a byte order mark, which does not count', () => {
    for (const source of ['\ufeffa: b\n', bytes('\ufeffa: b\n')]) {
      const root = parse(source)
      expect(root.text).toBe('a: b\n')
      expect(root.children[0]!.at('a')!.start).toEqual({ line: 1, column: 4, offset: 3 })
    }
  })

  it('may end lines with LF, CRLF or a lone CR', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { children, documents } = parse(['a: b', 'c:', '  - d # e', ''].join(end))
      expect(documents[0]!.errors).toEqual([])
      expect(children[0]!.value).toEqual({ a: 'b', c: ['d'] })
      expect(children[0]!.at('c', 0)!.start).toMatchObject({ line: 3, column: 5 })
    }
  })

  it('must be UTF-8', () => {
    const latin1 = new Uint8Array([...bytes('a: b\n---\nc: é\nd: '), 0xe9, 0x0a, ...bytes('---\ne: f\n')])
    expect(errorsOf(latin1)).toEqual([['encoding', 4, 4]])
    expect(statuses(latin1)).toEqual(['parsed', 'broken', 'parsed'])
    expect(errorsOf(bytes('a: é\ufffd\n'))).toEqual([])
    const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x3a, 0, 0x20, 0, 0x62, 0])
    expect(errorsOf(utf16)).toEqual([['encoding', 1, 1]])
  })

  it.each([
    ['UTF-16', 2, true],
    ['UTF-16', 2, false],
    ['UTF-32', 4, true],
    ['UTF-32', 4, false],
  ] as const)(
    'is known to be %s of %d bytes, little-endian %s, with and without a mark',
    (name, unit, little) => {
      const encode = (text: string) => {
        const data = new DataView(new ArrayBuffer(text.length * unit))
        for (let at = 0; at < text.length; at++) {
          if (unit === 2) data.setUint16(at * 2, text.charCodeAt(at), little)
          else data.setUint32(at * 4, text.charCodeAt(at), little)
        }
        return new Uint8Array(data.buffer)
      }
      const text = 'kind: DaemonSet # é ł 一\n'
      for (const source of [encode(text), encode(`\ufeff${text}`)]) {
        const root = parse(source)
        expect(root.text).toBe(text)
        expect(root.documents[0]!.errors).toMatchObject([
          { code: 'encoding', message: `The file is ${name}; Kubernetes reads UTF-8, so save it as UTF-8` },
        ])
      }
      expect(errorsOf(new Uint8Array([...bytes('a: b\n'), 0, 0, 0, 0]))).toEqual([['yaml-syntax', 2, 1]])
    },
  )
})

describe('what is too much', () => {
  const nested = (depth: number) =>
    Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:\n`).join('')

  it('is depth', () => {
    expect(errorsOf(nested(250))).toEqual([])
    for (const text of [nested(1000), `a: ${'['.repeat(50_000)}`, `a:\n${'- '.repeat(50_000)}x\n`]) {
      expect(errorsOf(text).map(([code]) => code)).toEqual(['too-complex'])
      expect(parse(text).documents[0]!.errors[0]!.message).toContain('300 levels')
    }
  })

  it('is a bomb of aliases', () => {
    const bomb = (levels: number) =>
      `l0: &l0 [x, x]\n${Array.from({ length: levels }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}]\n`).join('')}`
    expect(errorsOf(bomb(5))).toEqual([])
    expect(errorsOf(bomb(40)).map(([code]) => code)).toEqual(['too-complex'])
    const merges = `l0: &l0 {x: 1}\n${Array.from({ length: 40 }, (_, n) => `l${n + 1}: &l${n + 1} {<<: [*l${n}, *l${n}]}\n`).join('')}`
    expect(errorsOf(merges).at(-1)![0]).toBe('too-complex')
  })

  it('is not a long file', () => {
    const text = '# a comment with # signs\n'.repeat(20_000)
    const started = performance.now()
    expect(statuses(`${text}a: "${'${'.repeat(50_000)}"\n`)).toEqual(['parsed'])
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('wants', () => {
  const text = ['kind: Service\nbad: [\n', 'kind: DaemonSet\nspec: {}\n', 'list: of things\n'].join('---\n')

  it('decides what is parsed', () => {
    const asked: string[] = []
    const root = parse(text, {
      wants: ({ kind, text }) => {
        asked.push(kind)
        return kind === 'DaemonSet' && text.includes('spec')
      },
    })
    expect(asked).toEqual(['Service', 'DaemonSet'])
    expect(root.documents.map(({ status, kind }) => [status, kind])).toEqual([
      ['skipped', 'Service'],
      ['parsed', 'DaemonSet'],
      ['skipped', ''],
    ])
    expect(root.documents.flatMap(({ errors }) => errors)).toEqual([])
  })

  it('gets the kinds of a List', () => {
    const wants = ({ kind }: { kind: string }) => kind === 'DaemonSet'
    expect(statuses('kind: List\nitems:\n- kind: Pod\n- kind: DaemonSet\n', { wants })).toEqual(['parsed'])
    expect(statuses('kind: List\nitems:\n- kind: Pod\n', { wants })).toEqual(['skipped'])
    expect(statuses('{"kind": "DaemonSet"}', { wants })).toEqual(['parsed'])
    expect(statuses('kind: DaemonSetList\nitems: []\n', { wants })).toEqual(['parsed'])
  })
})

describe('comments', () => {
  const text = '# top\n---\nkind: Service # a\n---\nkind: DaemonSet # b\nx: "# no"\ny: |\n  # no\n# c\n'
  const wants = ({ kind }: { kind: string }) => kind === 'DaemonSet'
  const values = (source: string) => parse(source, { wants }).comments.map(({ value }) => value)

  it('are those of the parsed documents', () => {
    expect(values(text)).toEqual([' b', ' c'])
    expect(parse(text, { wants }).comments.map(({ ownLine }) => ownLine)).toEqual([false, true])
    expect(parse(text, { wants }).comments[1]!.position.start).toMatchObject({ line: 9, column: 1 })
  })

  it('are all of them when the text holds a directive', () => {
    expect(values(text.replace('top', 'daemonlint-disable'))).toEqual([
      ' daemonlint-disable',
      ' a',
      ' b',
      ' c',
    ])
  })

  it('are all of them when the text holds a directive of the program that asks', () => {
    const other = text.replace('top', 'eslint-disable')
    expect(values(other)).toEqual([' b', ' c'])
    expect(parse(other, { wants, directive: 'eslint' }).comments).toHaveLength(4)
  })
})
