import { applyEdits, fixText, lint, type Problem } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { codeActions, fixAllEdits, type OfferedAction } from '../../src/features/code-actions.ts'
import type { Snapshot } from '../../src/snapshot.ts'
import { examples, plain } from '../manifests.ts'
import { snapshotOf } from '../snapshot-of.ts'

/** One in so many of other people's manifests, and of the ways to hide something, is tried; 1 takes five minutes. */
const every = Number(process.env.EVERY ?? 6)
const step = Number(process.env.EVERY ?? 24)
const config = { extends: 'daemonlint/strict' }
const files = [...examples, ...plain.filter((_, index) => index % every === 0)].filter(
  ({ text }) => text.length < 100_000,
)

function applied({ text }: Snapshot, edits: NonNullable<OfferedAction['edits']>): string {
  const { output, skipped } = applyEdits(text, [{ edits: [...edits] }])
  expect(skipped).toEqual([])
  return output
}

/** What a finding is known by when lines have moved. */
const keyOf = ({ ruleId, field, container, manifest }: Problem) =>
  `${ruleId} ${manifest?.kind} ${manifest?.name} ${container} ${field}`

const without = (keys: readonly string[], others: readonly string[]) => {
  const left = [...keys]
  for (const key of others) {
    const index = left.indexOf(key)
    if (index >= 0) left.splice(index, 1)
  }
  return left
}

describe('actions on real manifests', () => {
  it(`hide a finding, and bring no other: one in ${step}`, { timeout: 300_000 }, () => {
    let count = 0
    let tried = 0
    for (const { name, text } of files) {
      const snapshot = snapshotOf(text, { config })
      const all = codeActions(snapshot, [0, text.length])
      for (const action of all.filter(({ title }) => title.startsWith('Disable'))) {
        if (count++ % step !== 0) continue
        tried++
        const output = applied(snapshot, action.edits!)
        const after = lint(output, { config: snapshot.config })
        const [before, now, hidden] = [snapshot.result.problems, after.problems, after.suppressed].map(
          (list) => list.map(keyOf),
        )
        const what = `${name}: ${action.title}`
        expect(without(now!, before!), what).toEqual([])
        const gone = without(before!, now!)
        expect(without(action.problems.map(keyOf), gone), what).toEqual([])
        expect(without(gone, hidden!), what).toEqual([])
      }
    }
    expect(tried).toBeGreaterThan(20)
  })

  it('hide one finding after the other, adding to directives that are there', { timeout: 100_000 }, () => {
    for (const { name, text } of files.slice(0, 8)) {
      let snapshot = snapshotOf(text, { config })
      const count = snapshot.result.problems.length
      for (let round = 0; round <= count; round++) {
        const [action] = codeActions(snapshot, [0, snapshot.text.length]).filter(({ title }) =>
          /^Disable .* for this line$/.test(title),
        )
        if (!action) break
        snapshot = snapshotOf(applied(snapshot, action.edits!), { config })
      }
      expect(
        snapshot.result.problems.filter(({ rejected }) => !rejected).map(({ message }) => message),
        name,
      ).toEqual([])
      const lines = snapshot.text.split('\n')
      const isDirective = (line = '') => line.includes('# daemonlint-disable-next-line')
      expect(lines.some((line, index) => isDirective(line) && isDirective(lines[index + 1]))).toBe(false)
    }
  })

  it('fix what they say, and suggestions do what rules mean', { timeout: 100_000 }, () => {
    let tried = 0
    for (const { name, text } of files) {
      const snapshot = snapshotOf(text, { config })
      const actions = codeActions(snapshot, [0, text.length])
      for (const problem of snapshot.result.problems) {
        for (const { fix } of [problem, ...(problem.suggestions ?? [])]) {
          if (!fix) continue
          tried++
          const outputs = actions.flatMap(({ problems, edits }) =>
            problems.length === 1 && problems[0] === problem && edits ? [applied(snapshot, edits)] : [],
          )
          expect(outputs, name).toContain(applyEdits(text, [fix]).output)
        }
      }
    }
    expect(tried).toBeGreaterThan(20)
  })

  it('fix all as --fix does, by edits that do not touch', { timeout: 100_000 }, () => {
    let tried = 0
    for (const { name, text } of files) {
      const snapshot = snapshotOf(text, { config })
      const lintOnce = (one: string) => lint(one, { config: snapshot.config })
      for (const { fixAll } of codeActions(snapshot, [0, text.length], { only: ['source', 'quickfix'] })) {
        if (!fixAll) continue
        tried++
        const edits = fixAllEdits(snapshot, fixAll, lintOnce)
        const filter = ({ ruleId }: Problem) => fixAll.ruleId === undefined || ruleId === fixAll.ruleId
        const { output } = fixText(text, lintOnce, { filter })
        expect(applied(snapshot, edits), name).toBe(output)
        for (const [index, { range }] of edits.entries()) {
          if (index > 0) expect(range[0]).toBeGreaterThan(edits[index - 1]!.range[1])
        }
      }
    }
    expect(tried).toBeGreaterThan(5)
  })
})
