import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/fix/edits.ts'
import { createFixer } from '../../src/fix/fixer.ts'
import { fixText } from '../../src/fix/passes.ts'
import type { Fixer } from '../../src/fix/types.ts'
import type { LintResult } from '../../src/lint/lint.ts'
import { parse } from '../../src/parse/parse.ts'
import type { Manifest } from '../../src/parse/tree.ts'
import type { Problem } from '../../src/problem.ts'
import { flatten, type Result } from './helpers.ts'

type Check = (manifest: Manifest) => (Partial<Problem> & { edit?: (fixer: Fixer) => Result }) | undefined

/** A linter of a few checks. */
const linter =
  (...checks: Check[]) =>
  (text: string): LintResult => {
    const root = parse(text)
    const problems = root.children.flatMap((manifest) =>
      checks.flatMap((check, index) => {
        const found = check(manifest)
        if (!found) return []
        const { edit, ...rest } = found
        const edits = edit && flatten(edit(createFixer(manifest)))
        const problem: Problem = {
          ruleId: `check-${index}`,
          severity: 'warn',
          message: 'found',
          position: manifest.position,
          manifest,
          ...(edits && { fix: { edits } }),
          ...rest,
        }
        return [problem]
      }),
    )
    return {
      root,
      problems,
      suppressed: [],
      counts: { workloads: 1, templates: 0, patches: 0, undecoded: 0 },
      usedEntries: new Set(),
      hidden: new Set(),
    }
  }

const at = (manifest: Manifest, key: string): unknown => (manifest.value as Record<string, unknown>)[key]

const wants =
  (key: string, value: string | number, more: Partial<Problem> = {}): Check =>
  (manifest) =>
    at(manifest, key) === value ? undefined : { ...more, edit: (fixer) => fixer.set([key], value) }

const head = 'kind: DaemonSet\nmetadata:\n  name: agent\n  namespace: ops\n'

describe('fixText', () => {
  it('begins with what the text comes to, where that is known', () => {
    const lint = linter(wants('kind', 'Pod'))
    const texts: string[] = []
    const counting = (text: string) => {
      texts.push(text)
      return lint(text)
    }
    const { output } = fixText(head, counting, { first: lint(head) })
    expect(texts).toEqual([output])
    expect(output).toBe(fixText(head, lint).output)
    expect(output).not.toBe(head)
  })

  it('leaves a text alone that has nothing to fix', () => {
    const { output, fixed, passes } = fixText(head, linter())
    expect({ output, fixed, passes }).toEqual({ output: head, fixed: false, passes: 0 })
  })

  it('does in later passes what does not fit in one', () => {
    const outcome = fixText(head, linter(wants('a', 1), wants('b', 2), wants('c', 3)))
    expect(outcome.output).toBe(`${head}a: 1\nb: 2\nc: 3\n`)
    expect(outcome.passes).toBe(3)
    const end = head.length - 1
    expect(outcome.edits).toEqual([{ range: [end, end], text: '\na: 1\nb: 2\nc: 3' }])
    expect(outcome.result.problems).toEqual([])
    expect(outcome.cycle).toBeUndefined()
  })

  it('stops after so many passes', () => {
    const grows: Check = () => ({ edit: (fixer) => fixer.append(['list'], 'x') })
    expect(fixText(head, linter(grows)).passes).toBe(10)
    expect(fixText(head, linter(grows), { maxPasses: 2 }).output).toBe(`${head}list:\n- x\n- x\n`)
  })

  it('stops where fixes undo each other, and says so', () => {
    const text = `${head}a: 1\n`
    const outcome = fixText(
      text,
      linter((manifest) => ({ edit: (fixer) => fixer.set(['a'], at(manifest, 'a') === 1 ? 2 : 1) })),
    )
    expect(outcome).toMatchObject({ output: `${head}a: 2\n`, cycle: true, passes: 1 })
  })

  it('applies only what the filter lets through', () => {
    const lint = linter(wants('a', 1, { severity: 'info' }), wants('b', 2))
    const { output, result } = fixText(head, lint, { filter: ({ severity }) => severity !== 'info' })
    expect(output).toBe(`${head}b: 2\n`)
    expect(result.problems).toHaveLength(1)
  })

  it('undoes the fix that breaks the text, and no other', () => {
    const breaks: Check = () => ({ edit: (fixer) => fixer.insertTextBeforeRange([0, 0], '{') })
    const { output, passes } = fixText(head, linter(breaks, wants('b', 2)))
    expect(output).toBe(`${head}b: 2\n`)
    expect(passes).toBe(1)
  })

  it('undoes a fix that gives the API server a new reason to refuse', () => {
    const refused: Check = (manifest) =>
      at(manifest, 'bad') === undefined
        ? undefined
        : { ruleId: 'api-server/unknown-field', rejected: true, severity: 'error' }
    const { output } = fixText(head, linter(refused, wants('bad', 1), wants('good', 1)))
    expect(output).toBe(`${head}good: 1\n`)
  })

  it('finds the one fix among many that does harm in a few tries', () => {
    const wanted = Array.from({ length: 256 }, (_, index) => wants(`key${index}`, 1))
    const refused: Check = (manifest) =>
      at(manifest, 'key100') === undefined ? undefined : { rejected: true, severity: 'error' }
    const text = `${head}${wanted.map((_, index) => `key${index}: 0\n`).join('')}`.replace('key100: 0\n', '')
    const all = linter(refused, ...wanted)
    let tries = 0
    const { output } = fixText(text, (version) => {
      tries++
      return all(version)
    })
    expect(output).toBe(text.replaceAll(/^(key\d+): 0/gm, '$1: 1'))
    expect(tries).toBeLessThan(30)
  })

  it('keeps a fix of a rejection that brings others to light', () => {
    const text = 'kind: Daemonset\nbad: 1\n'
    const kind: Check = ({ kind }) =>
      kind === 'DaemonSet' ? undefined : { rejected: true, edit: (fixer) => fixer.set(['kind'], 'DaemonSet') }
    const hidden: Check = ({ kind }) =>
      kind === 'DaemonSet' ? { rejected: true, message: 'bad' } : undefined
    expect(fixText(text, linter(kind, hidden)).output).toBe('kind: DaemonSet\nbad: 1\n')
  })

  it('names the workloads that will roll', () => {
    const lint = linter(wants('a', 1, { rollsPods: true }), wants('b', 2))
    const rolled = [{ kind: 'DaemonSet', namespace: 'ops', name: 'agent' }]
    expect(fixText(head, lint).rolled).toEqual(rolled)
    expect(fixText(`${head}a: 1\n`, lint).rolled).toEqual([])
    expect(fixText(`${head}spec:\n  updateStrategy: {type: OnDelete}\n`, lint).rolled).toEqual([])
  })

  describe('names, whatever the fix, the workloads whose pod templates it changed', () => {
    const text = `${head}spec:\n  minReadySeconds: 0\n  template:\n    spec:\n      hostPID: 'false'\n      x: 1 # a comment\n      y: 2\n`
    const edits =
      (edit: (fixer: Fixer) => Result, more: Partial<Problem> = {}): Check =>
      ({ value }) =>
        'done' in value
          ? undefined
          : { ...more, edit: (fixer) => [fixer.set(['done'], true), edit(fixer)].flat() as Result }
    const path = ['spec', 'template', 'spec', 'hostPID']
    const rolled = (edit: (fixer: Fixer) => Result, source = text) => {
      const fixed = fixText(source, linter(edits(edit, { rejected: true })))
      expect(fixed.fixed).toBe(true)
      return fixed.rolled.map(({ kind, name }) => `${kind} ${name}`)
    }

    it('not for the kind alone, by which the template is found', () => {
      const set = (fixer: Fixer) => fixer.set(['kind'], 'DaemonSet')
      expect(rolled(set, text.replace('DaemonSet', 'Daemonset'))).toEqual([])
    })

    it('for a value below it', () => {
      expect(rolled((fixer) => fixer.set(path, false))).toEqual(['DaemonSet agent'])
      expect(rolled((fixer) => fixer.remove(['spec', 'template', 'spec', 'x']))).toEqual(['DaemonSet agent'])
    })

    it('by the kind that it has in the end', () => {
      const both = (fixer: Fixer) =>
        [fixer.set(path, false), fixer.set(['kind'], 'DaemonSet')].flat() as Result
      expect(rolled(both, text.replace('DaemonSet', 'daemonset'))).toEqual(['DaemonSet agent'])
    })

    it('not for what is beside it, nor for a comment', () => {
      expect(rolled((fixer) => fixer.set(['spec', 'minReadySeconds'], 1))).toEqual([])
      const at = text.indexOf(' # a comment')
      expect(rolled((fixer) => fixer.removeRange([at, at + 12]))).toEqual([])
    })

    it('of several in a file only those', () => {
      const two = `${text}---\n${head.replace('agent', 'other')}`
      const set = (fixer: Fixer) => fixer.set(path, false)
      const only: Check = (manifest) => (manifest.name === 'agent' ? edits(set)(manifest) : undefined)
      expect(fixText(two, linter(only)).rolled.map(({ name }) => name)).toEqual(['agent'])
    })
  })

  it('changes nothing the second time', () => {
    const lint = linter(wants('a', 1), wants('b', 2))
    const { output } = fixText(head, lint)
    expect(fixText(output, lint).fixed).toBe(false)
    expect(applyEdits(output, []).output).toBe(output)
  })
})
