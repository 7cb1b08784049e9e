import { applyEdits, fixText, lint, type Problem } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { codeActions, fixAllEdits, type OfferedAction } from '../../src/features/code-actions.ts'
import type { Snapshot } from '../../src/snapshot.ts'
import { examples, plain } from '../manifests.ts'
import { snapshotOf } from '../snapshot-of.ts'

/** One in so many of other people's manifests, and of the ways to hide something, is tried; 1 takes five minutes. */
const every = Number(process.env.EVERY ?? 20)
const step = Number(process.env.EVERY ?? 16)
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

let count = 0

/** Applies some of the actions that hide a finding, each by itself; returns how many. */
function tryDisabling(name: string, text: string): number {
  const snapshot = snapshotOf(text, { config })
  const all = codeActions(snapshot, [0, text.length]).filter(({ title }) => title.startsWith('Disable'))
  const chosen = all.filter(() => count++ % step === 0)
  for (const action of chosen) {
    const after = lint(applied(snapshot, action.edits!), { config: snapshot.config })
    const [before, now, hidden] = [snapshot.result.problems, after.problems, after.suppressed].map((list) =>
      list.map(keyOf),
    )
    const what = `${name}: ${action.title}`
    expect(without(now!, before!), what).toEqual([])
    const gone = without(before!, now!)
    expect(without(action.problems.map(keyOf), gone), what).toEqual([])
    expect(without(gone, hidden!), what).toEqual([])
  }
  return chosen.length
}

const valuesOf = (text: string): unknown[] =>
  parseAllDocuments(text).flatMap((one) => ('toJS' in one && one.errors.length === 0 ? [one.toJS()] : []))

/** Other ways to write the same. */
const forms: Record<string, (text: string) => string[]> = {
  'CR LF': (text) => [text.replace(/\r?\n/g, '\r\n')],
  CR: (text) => [text.replace(/\r?\n/g, '\r')],
  braces: (text) => valuesOf(text).map((one) => stringify(one, { collectionStyle: 'flow', lineWidth: 80 })),
  JSON: (text) => valuesOf(text).map((one) => JSON.stringify(one, null, 2)),
  'no end of line': (text) => [text.trimEnd()],
  comments: (text) => [text.replace(/^( *)(?=(?:- )?(?:image|name|path|kind):)/gm, '$1# why\n$1')],
  'a List': (text) => [stringify({ apiVersion: 'v1', kind: 'List', items: valuesOf(text) })],
  quotes: (text) =>
    valuesOf(text).map((one) => stringify(one, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 30 })),
}

describe('actions on real manifests', () => {
  it(`hide a finding, and bring no other: one in ${step}`, { timeout: 400_000 }, () => {
    let tried = 0
    for (const { name, text } of files) tried += tryDisabling(name, text)
    expect(tried).toBeGreaterThan(20)
  })

  it.each(Object.entries(forms))('hide a finding in other forms: %s', { timeout: 400_000 }, (form, write) => {
    const names = Object.keys(forms)
    const chosen = files.filter((_, index) => index < examples.length || names[index % names.length] === form)
    let tried = 0
    for (const { name, text } of chosen) {
      for (const written of write(text)) tried += tryDisabling(`${form} of ${name}`, written)
    }
    expect(tried).toBeGreaterThan(2)
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
