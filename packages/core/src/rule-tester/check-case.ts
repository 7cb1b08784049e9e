import type { Config } from '../lint/config.ts'
import type { LintResult } from '../lint/lint.ts'
import type { AnyRule } from '../lint/rule.ts'
import { fail } from './assert.ts'
import { checkErrors, checkSuggestionCases, checkSuggestions, list } from './check-errors.ts'
import { checkOutput } from './check-output.ts'
import { createRunner, type Runner } from './run.ts'
import type { InvalidCase, ValidCase } from './types.ts'
import { checkTemplated } from './unknowns.ts'

/** Fails unless the rule finds nothing. */
export function checkValid(id: string, rule: AnyRule, base: Config, test: ValidCase): void {
  const runner = createRunner(id, rule, base, test)
  const result = lintFixture(runner, test.code)
  const found = runner.found(result)
  if (found.length > 0) fail(`Expected no findings; found:${list(found)}`)
  checkTemplated(runner, result)
}

/** Fails unless the rule finds what is expected, and its fixes and suggestions are sound. */
export function checkInvalid(id: string, rule: AnyRule, base: Config, test: InvalidCase): void {
  const runner = createRunner(id, rule, base, test)
  const result = lintFixture(runner, test.code)
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
function lintFixture(runner: Runner, code: string): LintResult {
  const result = runner.lint(code)
  const { root, problems } = result
  const broken = root.documents.find(({ status }) => status === 'broken')
  if (broken) fail(`The code cannot be decoded, so the rule never sees it: ${broken.errors[0]?.message}`)
  if (result.hidden.size === 0) return result
  const reason = problems.find(({ rejected }) => rejected)?.message ?? 'its shape is wrong'
  fail(`The API server cannot decode the code, so the rule never sees it: ${reason}`)
}
