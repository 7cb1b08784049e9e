import { describe, expect, it } from 'vitest'
import { applyEdits, mergeEdits } from '../../src/fix/edits.ts'
import { createFixer } from '../../src/fix/fixer.ts'
import type { Edit, Fix } from '../../src/problem.ts'
import { firstManifest } from './helpers.ts'

const fix = (...edits: [number, number, string][]): Fix => ({
  edits: edits.map(([start, end, text]): Edit => ({ range: [start, end], text })),
})

describe('applyEdits', () => {
  it('applies fixes in the order of the text', () => {
    const [later, earlier] = [fix([4, 5, 'E']), fix([0, 1, 'A'])]
    const { output, applied } = applyEdits('abcdef', [later, earlier])
    expect(output).toBe('AbcdEf')
    expect(applied).toEqual([earlier, later])
  })

  it('applies all edits of a fix or none', () => {
    const first = fix([2, 3, 'C'])
    const both = fix([0, 1, 'A'], [5, 6, 'F'])
    const clash = fix([1, 2, 'B'], [2, 4, 'CD'])
    expect(applyEdits('abcdef', [first, clash, both])).toEqual({
      output: 'AbCdeF',
      applied: [both, first],
      skipped: [clash],
    })
  })

  it('leaves insertions at one place to the next pass', () => {
    const [one, two] = [fix([3, 3, '1']), fix([3, 3, '2'])]
    expect(applyEdits('abcdef', [one, two])).toEqual({ output: 'abc1def', applied: [one], skipped: [two] })
  })

  it('leaves what adjoins an applied fix to the next pass', () => {
    const [one, two] = [fix([0, 3, '']), fix([3, 4, 'D'])]
    expect(applyEdits('abcdef', [two, one]).skipped).toEqual([two])
  })

  it('lets the edits of one fix adjoin', () => {
    expect(applyEdits('abcdef', [fix([3, 3, '!'], [0, 3, 'x'], [3, 4, 'D'])]).output).toBe('x!Def')
  })

  it('skips a fix that overlaps itself or leaves the text', () => {
    for (const bad of [fix([0, 3, ''], [2, 4, '']), fix([5, 9, '']), fix([3, 2, ''])]) {
      expect(applyEdits('abcdef', [bad])).toEqual({ output: 'abcdef', applied: [], skipped: [bad] })
    }
  })
})

describe('fixes of one list', () => {
  it('never leave it with nothing in it', () => {
    const text = 'kind: DaemonSet\nlist:\n  - a\n  # b\n\n  - b\n'
    const manifest = firstManifest(text)
    const fixes = [0, 1].map((index) => ({ edits: createFixer(manifest).remove(['list', index])! }))
    const { output, skipped } = applyEdits(text, fixes)
    expect(output).toBe('kind: DaemonSet\nlist:\n  # b\n\n  - b\n')
    expect(skipped).toHaveLength(1)
  })
})

describe('mergeEdits', () => {
  it('repeats what stands between the edits', () => {
    expect(mergeEdits('abcdef', fix([4, 5, 'E'], [1, 1, '-']).edits)).toEqual({
      range: [1, 5],
      text: '-bcdE',
    })
  })
  it('has nothing to say of no edits', () => {
    expect(mergeEdits('abc', [])).toBeUndefined()
  })
})
