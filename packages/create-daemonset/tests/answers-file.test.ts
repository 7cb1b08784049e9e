import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { answersText, readAnswers } from '../src/cli/answers-file.ts'
import { temporaryFolder } from './temporary.ts'

function read(contents: string | Uint8Array): unknown {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), contents)
  return readAnswers('file', folder)
}

function refusalOf(contents: string | Uint8Array): string {
  try {
    read(contents)
  } catch (error) {
    expect(error).toHaveProperty('name', 'ScaffoldError')
    const [, why = ''] = /^--answers file: (.*)$/.exec((error as Error).message) ?? []
    return why
  }
  throw new Error('It was read.')
}

describe('readAnswers', () => {
  it('reads YAML and JSON', () => {
    const answers = {
      preset: 'kured',
      days: ['mo', 'tu'],
      journal: true,
      port: 80,
      none: null,
      map: { a: 'b' },
    }
    expect(read(JSON.stringify(answers))).toEqual(answers)
    expect(read(`\ufeff${JSON.stringify(answers, undefined, '\t')}\r\n`)).toEqual(answers)
    expect(
      read('# note\npreset: kured\ndays: [mo, tu]\njournal: true\nport: 80\nnone:\nmap: {a: b}\n'),
    ).toEqual(answers)
    expect(read('{\n"a": [\n1\n]\n}')).toEqual({ a: [1] })
  })

  it('keeps a number that may be meant as a text as it was written', () => {
    expect(read('a: 1.30\nb: 0x10\nc: 1.5\nd: 007\ne: &e 1.10\nf: *e')).toEqual({
      a: '1.30',
      b: '0x10',
      c: 1.5,
      d: '007',
      e: '1.10',
      f: '1.10',
    })
  })

  it('takes a value by its anchor, and no key for more than a key', () => {
    expect(read('&k name: &a x\nimage: *a\nimage2: &a y\nimage3: *a\nimage4: *k')).toEqual({
      name: 'x',
      image: 'x',
      image2: 'y',
      image3: 'y',
      image4: 'name',
    })
    const answers = read('__proto__: {polluted: true}\nconstructor: x') as object
    expect(Object.keys(answers)).toEqual(['__proto__', 'constructor'])
    expect('polluted' in answers).toBe(false)
  })

  it.each([
    ['', "expected answers by their keys, such as 'preset: fluent-bit'."],
    ['- a', "expected answers by their keys, such as 'preset: fluent-bit'."],
    ['text', "expected answers by their keys, such as 'preset: fluent-bit'."],
    ['a: 1\n---\nb: 2', 'line 2, column 1: a second document begins; answers are one.'],
    ['? [a]\n: b', 'line 1, column 3: a key is no text.'],
    ['a: b\n1: c', 'line 2, column 1: a key is no text.'],
    ['a: b\n: c', 'line 2, column 1: a key is no text.'],
    ['a: b\nc: d\na: e', "line 3, column 1: 'a' is there twice."],
    ['a: !secret b', 'line 1, column 4: the tag means nothing here; write the value without one.'],
    ['a: !!binary aGk=', 'line 1, column 4: the tag means nothing here; write the value without one.'],
    ['a: !x [b]', 'line 1, column 4: the tag means nothing here; write the value without one.'],
    ['name: &a [*a]', 'line 1, column 11: *a stands for a list or a map; write it out.'],
    ['&a name: x\nb: &b {c: *b}', 'line 2, column 11: *b stands for a list or a map; write it out.'],
    ['&a\nb: *a', 'line 2, column 4: *a stands for a list or a map; write it out.'],
    ['a: &x [b]\nc: *x', 'line 2, column 4: *x stands for a list or a map; write it out.'],
    [
      'a: *b\nc: &b d',
      'line 1, column 4: *b stands for nothing: no &b is above; put it in quotes if it is text.',
    ],
    ['a:\n\tb: c', 'line 2, column 1: a tab is no indentation; use spaces.'],
    ['{', 'line 1, column 2: something is missing: a colon, a comma, a bracket or a quote.'],
    [
      'a: @b',
      'line 1, column 4: a value begins with a sign that means something else in YAML; put it in quotes.',
    ],
    [
      'a: b: c',
      "line 1, column 4: a value holds ': ', or what follows is indented too much; put text in quotes.",
    ],
    ['a: }', 'line 1, column 4: this is no YAML.'],
  ])('refuses %j in its own words', (text, why) => {
    expect(refusalOf(text)).toBe(why)
  })

  it('refuses what is no text, or too much', () => {
    expect(refusalOf(new Uint8Array([0x61, 0x3a, 0x20, 0xff]))).toBe('it is no text in UTF-8.')
    expect(refusalOf(Buffer.from('a: b', 'utf16le').swap16())).toMatch(/./)
    expect(refusalOf(`a: ${'x'.repeat(2 ** 20)}`)).toBe('it cannot be read: it is larger than 1 MiB.')
    expect(refusalOf('['.repeat(100_000))).toMatch(/it is nested too deeply/)
  })

  it.each([
    ['keys', Array.from({ length: 80_000 }, (_, index) => `k${index}:`)],
    ['aliases', ['k: &a 1', ...Array.from({ length: 60_000 }, (_, index) => `k${index}: *a`)]],
  ])('takes no time for many %s', (_, lines) => {
    const started = Date.now()
    read(lines.join('\n'))
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  it.each(['/dev/zero', '/dev/null', '/dev/tty', '.', '/dev/stdin/x', 'nowhere'])('refuses %s', (path) => {
    expect(() => readAnswers(path, temporaryFolder())).toThrow(/^--answers .*: it cannot be read: /)
  })

  it.runIf(process.platform !== 'win32')('refuses a pipe into which nobody writes', () => {
    const folder = temporaryFolder()
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0)
    expect(() => readAnswers('pipe', folder)).toThrow(
      '--answers pipe: it cannot be read: it is no regular file.',
    )
  })
})

describe('answersText', () => {
  it('is what readAnswers reads, below a command in one line', () => {
    const answers = {
      preset: 'kured',
      tag: '1.30',
      text: 'a: b\nc',
      list: ['- x', 'yes'],
      empty: '',
      none: null,
    }
    const replay = `npx create-daemonset --answers ${'long/'.repeat(40)}create-daemonset.answers --force`
    const text = answersText(answers, replay)
    expect(text.split('\n', 2)).toEqual(['# Makes the same again:', `# ${replay}`])
    expect(read(text)).toEqual(answers)
    expect(parse(text)).toEqual(answers)
  })
})
