import { expect, it } from 'vitest'
import { changeDocument, openDocument } from '../src/documents.ts'
import type { Encoding } from '../src/encoding.ts'

const open = (text: string, encoding: Encoding = 'utf-16') =>
  openDocument({ uri: 'untitled:1', languageId: 'yaml', version: 1, text }, encoding)

const range = (...[a, b, c, d]: [number, number, number, number]) => ({
  start: { line: a, character: b },
  end: { line: c, character: d },
})

it('applies changes one after the other, each to what the one before left', () => {
  const document = open('one\ntwo\n')
  const next = changeDocument(
    document,
    2,
    [
      { range: range(0, 0, 0, 3), text: 'first\nand' },
      { range: range(2, 0, 2, 3), text: 'second' },
    ],
    'utf-16',
  )
  expect(next).toMatchObject({ text: 'first\nand\nsecond\n', version: 2, hasMark: false })
  expect(document.text).toBe('one\ntwo\n')
})

it('counts as was agreed upon', () => {
  const text = 'a: \u{1f600}é|\r\nb'
  for (const [encoding, character] of [
    ['utf-8', 9],
    ['utf-16', 6],
    ['utf-32', 5],
  ] as const) {
    const change = { range: range(0, character, 0, character + 1), text: '!' }
    expect(changeDocument(open(text, encoding), 2, [change], encoding).text).toBe('a: \u{1f600}é!\r\nb')
  }
})

it('takes a byte order mark for no text, and lets it come and go', () => {
  const document = open('\ufeffa: 1\n')
  expect(document).toMatchObject({ text: 'a: 1\n', hasMark: true })
  const edited = changeDocument(document, 2, [{ range: range(0, 4, 0, 5), text: '2' }], 'utf-16')
  expect(edited).toMatchObject({ text: 'a: 2\n', hasMark: true })
  const without = changeDocument(edited, 3, [{ range: range(0, 0, 0, 1), text: '' }], 'utf-16')
  expect(without).toMatchObject({ text: 'a: 2\n', hasMark: false })
  expect(changeDocument(without, 4, [{ text: '\ufeffb' }], 'utf-16')).toMatchObject({
    text: 'b',
    hasMark: true,
  })
})

it('bears a range that runs backwards, and no change at all', () => {
  expect(changeDocument(open('abc'), 2, [{ range: range(0, 2, 0, 1), text: '-' }], 'utf-16').text).toBe(
    'ab-c',
  )
  expect(changeDocument(open('\ufeffabc'), 2, [], 'utf-16')).toMatchObject({
    version: 2,
    text: 'abc',
    hasMark: true,
  })
})
