import { describe, expect, it } from 'vitest'
import { invalidLines } from '../../src/parse/utf8.ts'

describe('invalidLines', () => {
  it.each([
    ['ASCII', [0x61, 0x0a, 0x62], []],
    ['two, three and four bytes', [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80], []],
    ['U+FFFD itself', [0xef, 0xbf, 0xbd], []],
    ['a byte that begins nothing', [0x61, 0xff, 0x61], [1]],
    ['a continuation alone', [0x61, 0x80], [1]],
    ['an overlong form', [0xc0, 0x80], [0]],
    ['an overlong form of three', [0xe0, 0x80, 0x80], [0]],
    ['half of a surrogate pair', [0x61, 0xed, 0xa0, 0x80], [1]],
    ['more than U+10FFFF', [0xf4, 0x90, 0x80, 0x80], [0]],
    ['a sequence cut off', [0x61, 0xe2, 0x82], [1]],
    ['a sequence cut off by a line', [0xe2, 0x82, 0x0a, 0x61, 0xff], [0, 3]],
    ['the first of each line', [0xff, 0xff, 0x0a, 0x61, 0x0a, 0xff, 0xff], [0, 5]],
    ['after a character of two UTF-16 units', [0xf0, 0x9f, 0x98, 0x80, 0xff], [2]],
    ['after what looks the same', [0xef, 0xbf, 0xbd, 0xff], [1]],
    ['after a byte order mark', [0xef, 0xbb, 0xbf, 0xff], [0]],
  ])('finds it in %s', (_, bytes, expected) => {
    expect(invalidLines(new Uint8Array(bytes))).toEqual(expected)
  })

  it('counts as the platform decodes', () => {
    let seed = 1
    const next = () => {
      seed = (seed * 16807) % 2147483647
      return [0x61, 0x80, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xff][seed % 12]!
    }
    for (let round = 0; round < 2000; round++) {
      const bytes = Uint8Array.from({ length: 8 }, next)
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      expect(invalidLines(bytes)).toEqual(text.includes('\ufffd') ? [text.indexOf('\ufffd')] : [])
    }
  })
})
