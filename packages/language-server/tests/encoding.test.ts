import { describe, expect, it } from 'vitest'
import { chooseEncoding, createPositions, type Encoding } from '../src/encoding.ts'

const text = 'a: é\r\nb: \u{1f600}x\rc: \ud83d!\n\nlast'

describe('positions', () => {
  const cases: [Encoding, number, [number, number]][] = [
    ['utf-16', 0, [0, 0]],
    ['utf-16', 4, [0, 4]],
    ['utf-8', 4, [0, 5]],
    ['utf-32', 4, [0, 4]],
    ['utf-16', 11, [1, 5]],
    ['utf-8', 11, [1, 7]],
    ['utf-32', 11, [1, 4]],
    // A lone surrogate is written as U+FFFD, in three bytes.
    ['utf-8', 17, [2, 6]],
    ['utf-32', 17, [2, 4]],
    ['utf-16', text.length, [4, 4]],
  ]
  it.each(cases)('in %s: offset %i', (encoding, offset, [line, character]) => {
    const positions = createPositions(text, encoding)
    expect(positions.positionAt(offset)).toEqual({ line, character })
    expect(positions.offsetAt({ line, character })).toBe(offset)
  })

  it.each<Encoding>(['utf-16', 'utf-8', 'utf-32'])('go there and back in %s', (encoding) => {
    const positions = createPositions(text, encoding)
    for (let offset = 0; offset <= text.length; offset++) {
      const inPair = offset === 10
      const inBreak = offset === 5
      const back = positions.offsetAt(positions.positionAt(offset))
      if (inBreak) expect(back).toBe(4)
      else if (inPair) expect([9, 11]).toContain(back)
      else expect(back).toBe(offset)
    }
  })

  it('beyond the end of a line or of the text are the end of it', () => {
    const { offsetAt } = createPositions(text, 'utf-16')
    expect(offsetAt({ line: 0, character: 99 })).toBe(4)
    expect(offsetAt({ line: 99, character: 0 })).toBe(text.length)
  })

  it('inside a character are its start', () => {
    expect(createPositions(text, 'utf-16').offsetAt({ line: 1, character: 4 })).toBe(9)
    expect(createPositions(text, 'utf-8').offsetAt({ line: 1, character: 5 })).toBe(9)
  })

  it('count a byte order mark in the first line alone', () => {
    expect(createPositions('ab\nc', 'utf-16', true).positionAt(1)).toEqual({ line: 0, character: 2 })
    expect(createPositions('ab\nc', 'utf-8', true).positionAt(1)).toEqual({ line: 0, character: 4 })
    expect(createPositions('ab\nc', 'utf-8', true).positionAt(3)).toEqual({ line: 1, character: 0 })
    expect(createPositions('ab\nc', 'utf-8', true).offsetAt({ line: 0, character: 4 })).toBe(1)
  })

  it('stand for places of the tree', () => {
    const positions = createPositions(text, 'utf-8')
    const range = positions.rangeOf({
      start: { line: 2, column: 4, offset: 9 },
      end: { line: 2, column: 7, offset: 12 },
    })
    expect(range).toEqual({ start: { line: 1, character: 3 }, end: { line: 1, character: 8 } })
    const without = { start: { line: 2, column: 4 }, end: { line: 2, column: 7 } }
    expect(positions.rangeOf(without)).toEqual(range)
  })
})

describe('the encoding', () => {
  it('is the first that both know, and UTF-16 where the client names none', () => {
    expect(chooseEncoding(undefined)).toBe('utf-16')
    expect(chooseEncoding([])).toBe('utf-16')
    expect(chooseEncoding(['utf-7', 'utf-8', 'utf-16'])).toBe('utf-8')
    expect(chooseEncoding(['utf-32'])).toBe('utf-32')
  })
})
