import { applyEdits } from '../fix/index.ts'
import type { LintResult } from '../lint/lint.ts'
import { assertSame, fail } from './assert.ts'
import { checkChange } from './check-change.ts'
import { assertChanges } from './check-errors.ts'
import type { Runner } from './run.ts'
import type { InvalidCase } from './types.ts'

/** Applies fixes pass by pass and compares each output; after the last one a pass must change nothing. */
export function checkOutput(runner: Runner, before: LintResult, expected: InvalidCase['output']): void {
  const outputs = typeof expected === 'string' ? [expected] : (expected ?? [])
  let result = before
  for (const [index, wanted] of outputs.entries()) {
    const name = outputs.length === 1 ? 'Output' : `Output ${index}`
    const next = pass(runner, result)
    if (!next) fail(`${name} is given, but there is no fix.`)
    assertSame(next.output, wanted, `${name} of the fix`)
    result = next.result
  }
  const next = pass(runner, result)
  if (!next) return
  if (outputs.length > 0) {
    fail(
      `A further pass changes the output once more. Where that is meant, give a list of outputs.\n${next.output}`,
    )
  }
  fail(`The rule fixed the code. Give the case its 'output':\n${next.output}`, { actual: next.output })
}

function pass(runner: Runner, before: LintResult): { output: string; result: LintResult } | undefined {
  const fixes = runner.found(before).flatMap(({ fix }) => fix ?? [])
  if (fixes.length === 0) return undefined
  const { text } = before.root
  const { output, applied } = applyEdits(text, fixes)
  assertChanges(output, text, 'A fix')
  const result = runner.lint(output)
  checkChange(
    'the fix',
    before,
    result,
    applied.flatMap(({ edits }) => edits),
  )
  return { output, result }
}
