import type { Config } from '../lint/config.ts'
import type { LintResult } from '../lint/lint.ts'
import { kindsOf } from '../lint/needs.ts'
import type { AnyRule } from '../lint/rule.ts'
import { fail } from './assert.ts'
import { checkErrors, checkSuggestionCases, checkSuggestions, list } from './check-errors.ts'
import { checkOutput } from './check-output.ts'
import { createRunner, type Runner } from './run.ts'
import type { InvalidCase, ValidCase } from './types.ts'
import { checkTemplated, unreadable } from './unknowns.ts'

/** Fails unless the rule finds nothing. */
export function checkValid(id: string, rule: AnyRule, base: Config, test: ValidCase): void {
  const runner = createRunner(id, rule, base, test)
  const result = lintFixture(runner, rule, test.code)
  const found = runner.found(result)
  if (found.length > 0) fail(`Expected no findings; found:${list(found)}`)
  checkTemplated(runner, result)
}

/** Fails unless the rule finds what is expected, and its fixes and suggestions are sound. */
export function checkInvalid(id: string, rule: AnyRule, base: Config, test: InvalidCase): void {
  const runner = createRunner(id, rule, base, test)
  const result = lintFixture(runner, rule, test.code)
  const found = runner.found(result)
  checkErrors(rule, test.errors, found)
  if (typeof test.errors !== 'number') {
    for (const [index, expected] of test.errors.entries()) {
      if (typeof expected !== 'object' || expected instanceof RegExp) continue
      checkSuggestionCases(rule, expected.suggestions, found[index]!, result.root.text)
    }
  }
  checkSuggestions(result, found, runner)
  checkOutput(runner, result, test.output)
  checkTemplated(runner, result)
}

/** Lints a case's code, and fails where the rule would not get to see it. */
function lintFixture(runner: Runner, rule: AnyRule, code: string): LintResult {
  const result = runner.lint(code)
  const unread = unreadable(result)
  if (unread) fail(unread)
  const kinds = kindsOf(rule)
  const { root, hidden } = result
  const seen =
    root.children.some((manifest) => kinds.includes(manifest.kind) && !hidden.has(manifest)) ||
    // passed over by the rule's own `needs.text`
    root.documents.some(({ status, kind }) => status === 'skipped' && kinds.includes(kind))
  if (!seen) {
    fail(`The code holds no ${kinds.join(' or ')}, so the rule never runs, and whatever it does would pass.`)
  }
  return result
}
