import { describe, expect, it } from 'vitest'
import { changedLines } from '../../src/formatters/changed-lines.ts'
import { createLines } from '../../src/parse/lines.ts'

const text = 'a: 1\nb: 2\nc: 3\n'
const change = (range: [number, number], inserted: string, whole = text) =>
  changedLines(whole, createLines(whole), { edits: [{ range, text: inserted }] })

describe('changedLines', () => {
  it.each([
    ['a value', [8, 9], '9', { line: 2, removed: ['b: 2'], added: ['b: 9'] }],
    ['a line more', [5, 5], 'x: 0\n', { line: 2, removed: [], added: ['x: 0'] }],
    [
      'a line more, from the end of the one before',
      [4, 4],
      '\nx: 0',
      { line: 2, removed: [], added: ['x: 0'] },
    ],
    ['a line less', [5, 10], '', { line: 2, removed: ['b: 2'], added: [] }],
    ['a line at the end', [15, 15], 'd: 4\n', { line: 4, removed: [], added: ['d: 4'] }],
    ['a line at the start', [0, 0], 'd: 4\n', { line: 1, removed: [], added: ['d: 4'] }],
    ['lines joined', [4, 5], ' ', { line: 1, removed: ['a: 1', 'b: 2'], added: ['a: 1 b: 2'] }],
  ] as const)('shows %s', (_, range, inserted, expected) => {
    expect(change([...range], inserted)).toEqual(expected)
  })

  it('takes several edits and other line ends', () => {
    const edits = [
      { range: [0, 1] as [number, number], text: 'x' },
      { range: [12, 13] as [number, number], text: 'z' },
    ]
    const windows = text.replaceAll('\n', '\r\n')
    expect(changedLines(windows, createLines(windows), { edits })).toEqual({
      line: 1,
      removed: ['a: 1', 'b: 2', 'c: 3'],
      added: ['x: 1', 'b: 2', 'z: 3'],
    })
  })

  it('says when nothing changes', () => {
    expect(change([8, 9], '2')).toBeUndefined()
    expect(change([90, 99], '2')).toBeUndefined()
  })
})
