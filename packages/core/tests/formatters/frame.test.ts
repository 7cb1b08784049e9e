import { describe, expect, it } from 'vitest'
import { codeFrame, printable, splitLines } from '../../src/formatters/frame.ts'
import { position } from './results.ts'

const frame = (line: string, from: number, to: number, width?: number) =>
  codeFrame([line], position(1, from, 1, to), { width })

describe('codeFrame', () => {
  it('marks the place', () => {
    expect(codeFrame(['a: 1', 'image: x'], position(2, 8, 2, 9))).toEqual(['2 | image: x', '  |        ^'])
  })

  it('aligns under the number of the line', () => {
    const lines = Array.from({ length: 120 }, () => 'a: b')
    expect(codeFrame(lines, position(120, 4, 120, 5))).toEqual(['120 | a: b', '    |    ^'])
  })

  it('marks one column at least', () => {
    expect(frame('a:', 3, 3)).toEqual(['1 | a:', '  |   ^'])
    expect(frame('', 1, 1)).toEqual(['1 |', '  | ^'])
  })

  it('shows the first line of several', () => {
    expect(codeFrame(['a:  ', '  b: 1'], position(1, 1, 2, 7))).toEqual(['1 | a:', '  | ^^'])
  })

  it('counts tabs, wide characters and accents as they look', () => {
    expect(frame('{\t"a": 1}', 7, 8)).toEqual(['1 | {  "a": 1}', '  |        ^'])
    expect(frame('a: 日本 x', 7, 8)).toEqual(['1 | a: 日本 x', '  |         ^'])
    expect(frame('a: 日本 x', 4, 6)).toEqual(['1 | a: 日本 x', '  |    ^^^^'])
    expect(frame('a: 👩‍👩‍👧 x', 13, 14)).toEqual(['1 | a: 👩‍👩‍👧 x', '  |       ^'])
    expect(frame('e\u0301: x', 5, 6)).toEqual(['1 | e\u0301: x', '  |    ^'])
  })

  it('cuts long lines around the place', () => {
    const line = `${'a'.repeat(80)} here ${'b'.repeat(80)}`
    const [text, marker] = frame(line, 82, 86, 30)
    expect([text, marker]).toMatchInlineSnapshot(`
      [
        "1 | …aaaaaaa here bbbbbbbbbbbbbbb…",
        "  |          ^^^^",
      ]
    `)
    expect(text!.slice(marker!.indexOf('^')).slice(0, 4)).toBe('here')
    const [start] = frame(line, 1, 3, 30)
    expect(start).toBe(`1 | ${'a'.repeat(28)}…`)
    const [end, last] = frame(line, 166, 167, 30)
    expect(end).toBe(`1 | …${'b'.repeat(28)}`)
    expect(last!.length).toBe(end!.length)
  })

  it('cuts a place that is longer than the line may be', () => {
    const [text, marker] = frame('x'.repeat(200), 1, 201, 30)
    expect(text).toBe(`1 | ${'x'.repeat(28)}…`)
    expect(marker).toBe(`  | ${'^'.repeat(28)}`)
  })

  it('has nothing to show of a line that is not there', () => {
    expect(codeFrame(['a'], position(7, 1, 7, 2))).toEqual([])
  })

  it('writes no controls on the terminal', () => {
    expect(frame('a: \u001b[31mred', 4, 12)[0]).toBe('1 | a: �[31mred')
    expect(printable('\u202ea\u0007')).toBe('�a�')
  })
})

describe('splitLines', () => {
  it('knows every line break', () => {
    expect(splitLines('a\r\nb\rc\nd')).toEqual(['a', 'b', 'c', 'd'])
  })
})
