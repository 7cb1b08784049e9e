import { describe, expect, it } from 'vitest'
import { type ConformanceCase, loadCases } from '../../scripts/conformance/cases.mjs'
import { rejections } from '../../src/apiserver/index.ts'
import { applyEdits } from '../../src/fix/index.ts'
import type { Fix, Problem } from '../../src/problem.ts'
import { judgeText } from './shared.ts'

const keyOf = ({ ruleId, field }: Problem) => `${ruleId} ${field ?? '-'}`

/** What a change leaves of its own problem, and what it makes. */
function faults({ text, kubernetesVersion }: ConformanceCase, problem: Problem, fix: Fix): string[] {
  const { output, applied } = applyEdits(text, [fix])
  if (applied.length !== 1) return ['its edits cannot be applied']
  const before = judgeText(text, kubernetesVersion).problems
  const after = judgeText(output, kubernetesVersion).problems
  const known = new Set(before.map(keyOf))
  const own = (problems: Problem[]) => problems.filter(({ ruleId }) => ruleId === problem.ruleId).length
  // Another item may have taken the place of one that is gone, so the field is no measure.
  const left = own(after) < own(before) ? [] : [`${problem.ruleId} is found as often as before`]
  return [
    ...left,
    ...after.filter((found) => !known.has(keyOf(found))).map((found) => `it makes ${keyOf(found)}`),
  ]
}

const seen = { fix: new Set<string>(), suggestions: new Set<string>() }

describe('fixes and suggestions mend what they are offered for, and break nothing else', () => {
  for (const given of loadCases()) {
    if (given.kind === 'valid') continue
    const { file, line, kubernetesVersion, bytes } = given
    const { problems } = judgeText(bytes, kubernetesVersion)
    for (const [index, problem] of problems.entries()) {
      const id = problem.ruleId.replace('api-server/', '')
      const changes = [
        ...(problem.fix ? [{ message: 'the fix', fix: problem.fix }] : []),
        ...(problem.suggestions ?? []),
      ]
      if (problem.fix) seen.fix.add(id)
      if (problem.suggestions?.length) seen.suggestions.add(id)
      it.each(changes)(`${file}:${line} ${id} ${index}: $message`, ({ fix }) => {
        expect(faults(given, problem, fix)).toEqual([])
      })
    }
  }
})

describe('what an id says of its changes is so', () => {
  it.each(Object.entries(rejections))('%s', (id, { fixable, hasSuggestions }) => {
    expect({ fixable: fixable === 'code', hasSuggestions: hasSuggestions === true }).toEqual({
      fixable: seen.fix.has(id),
      hasSuggestions: seen.suggestions.has(id),
    })
  })
})
