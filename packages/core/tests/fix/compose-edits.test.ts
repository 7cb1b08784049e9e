import { describe, expect, it } from 'vitest'
import { composeEdits } from '../../src/fix/compose-edits.ts'
import { applyEdits } from '../../src/fix/edits.ts'
import type { Edit } from '../../src/problem.ts'

const edit = (start: number, end: number, text: string): Edit => ({ range: [start, end], text })

/** Edits of one text, which may adjoin each other, as those of one fix may. */
const applyRound = (text: string, edits: Edit[]): string => {
  const { output, skipped } = applyEdits(text, [{ edits }])
  expect(skipped).toEqual([])
  return output
}

describe('composeEdits', () => {
  it('makes one edit of those that touch', () => {
    expect(composeEdits('abc', [[edit(1, 2, 'xx')], [edit(2, 3, 'y')]])).toEqual([edit(1, 2, 'xy')])
  })

  it('leaves apart what stands apart', () => {
    expect(composeEdits('abcdef', [[edit(0, 1, '')], [edit(4, 4, '!')]])).toEqual([
      edit(0, 1, ''),
      edit(5, 5, '!'),
    ])
  })

  it('is empty where the rounds undo each other', () => {
    expect(composeEdits('abc', [[edit(1, 2, 'x')], [edit(1, 2, 'b')]])).toEqual([])
    expect(composeEdits('', [])).toEqual([])
  })

  it('replaces no more than what differs', () => {
    expect(composeEdits('image: a:1\n', [[edit(0, 11, 'image: a:2\n')]])).toEqual([edit(9, 10, '2')])
  })

  it('parts neither a character nor a line break', () => {
    expect(composeEdits('a😀', [[edit(0, 3, 'a😁')]])).toEqual([edit(1, 3, '😁')])
    expect(composeEdits('a\r\nb', [[edit(0, 4, 'a\rb')]])).toEqual([edit(1, 3, '\r')])
  })

  it('comes to what the rounds come to, whatever they are', () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return Math.floor((seed / 2147483648) * below)
    }
    const letters = ['a', 'b', '\n', '\r\n', '😀', 'ab']
    const someText = (length: number) => Array.from({ length }, () => letters[random(6)]).join('')
    for (let trial = 0; trial < 3000; trial++) {
      const text = someText(random(12))
      const rounds: Edit[][] = []
      let output = text
      for (let round = random(4); round > 0; round--) {
        const cuts = Array.from({ length: 2 * random(4) }, () => random(output.length + 1)).sort(
          (a, b) => a - b,
        )
        const edits = cuts.flatMap((cut, index) =>
          index % 2 ? [edit(cuts[index - 1]!, cut, someText(random(3)))] : [],
        )
        rounds.push(edits)
        output = applyRound(output, edits)
      }
      const composed = composeEdits(text, rounds)
      expect(applyRound(text, composed)).toBe(output)
      for (const [index, { range }] of composed.entries()) {
        if (index > 0) expect(range[0]).toBeGreaterThan(composed[index - 1]!.range[1])
      }
    }
  })
})
