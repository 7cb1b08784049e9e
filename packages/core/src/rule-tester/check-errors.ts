import { applyEdits } from '../fix/index.ts'
import type { LintResult } from '../lint/lint.ts'
import type { AnyRule } from '../lint/rule.ts'
import type { Problem } from '../problem.ts'
import { interpolate } from '../report/interpolate.ts'
import { assertSame, fail } from './assert.ts'
import { checkChange } from './check-change.ts'
import { checkErrorCase } from './check-keys.ts'
import type { Runner } from './run.ts'
import type { ErrorCase, InvalidCase, SuggestionCase } from './types.ts'

/** Compares what was found with what was expected. */
export function checkErrors(
  rule: AnyRule,
  errors: InvalidCase['errors'],
  problems: readonly Problem[],
): void {
  const count = typeof errors === 'number' ? errors : errors.length
  if (count === 0) fail("An invalid case needs at least one of 'errors'.")
  assertSame(problems.length, count, `Expected ${count} findings; found: ${list(problems)}`)
  if (typeof errors === 'number') return
  for (const [index, expected] of errors.entries()) checkError(rule, expected, problems[index]!, index)
}

/** Every suggestion, asserted or not, must leave a sound manifest. */
export function checkSuggestions(before: LintResult, problems: readonly Problem[], runner: Runner): void {
  for (const { suggestions = [] } of problems) {
    for (const { message, fix } of suggestions) {
      const { output } = applyEdits(before.root.text, [fix])
      assertChanges(output, before.root.text, `The suggestion '${message}'`)
      checkChange(`the suggestion '${message}'`, before, runner.lint(output), fix.edits)
    }
  }
}

/** Compares the suggestions of one finding, in order. */
export function checkSuggestionCases(
  rule: AnyRule,
  expected: ErrorCase['suggestions'],
  { suggestions = [], message }: Problem,
  text: string,
): void {
  if (expected === undefined) return
  const count = typeof expected === 'number' ? expected : (expected?.length ?? 0)
  const offered = suggestions.map((suggestion) => `'${suggestion.message}'`).join(', ') || 'none'
  assertSame(suggestions.length, count, `Expected ${count} suggestions for '${message}'; offered: ${offered}`)
  if (typeof expected === 'number') return
  for (const [index, wanted] of (expected ?? []).entries()) {
    const { messageId, message: said, fix } = suggestions[index]!
    if (wanted.messageId !== undefined)
      assertSame(messageId, wanted.messageId, `messageId of suggestion ${index}`)
    if (wanted.message !== undefined) assertSame(said, wanted.message, `Message of suggestion ${index}`)
    checkData(rule, wanted, said, `suggestion ${index}`)
    assertSame(applyEdits(text, [fix]).output, wanted.output, `Output of suggestion ${index} ('${said}')`)
  }
}

function checkError(
  rule: AnyRule,
  expected: string | RegExp | ErrorCase,
  problem: Problem,
  index: number,
): void {
  if (typeof expected === 'string' || expected instanceof RegExp) {
    checkMessage(problem.message, expected, index)
    return
  }
  checkErrorCase(expected, index)
  const { start, end } = problem.position
  if (expected.messageId !== undefined) {
    if (!Object.hasOwn(rule.meta.messages, expected.messageId)) {
      fail(`Error ${index}: the rule has no messageId '${expected.messageId}'.`)
    }
    assertSame(problem.messageId, expected.messageId, `messageId of error ${index}`)
  }
  if (expected.message !== undefined) checkMessage(problem.message, expected.message, index)
  checkData(rule, expected, problem.message, `error ${index}`)
  const places = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column }
  for (const key of ['line', 'column', 'endLine', 'endColumn'] as const) {
    if (expected[key] !== undefined) assertSame(places[key], expected[key], `${key} of error ${index}`)
  }
  if (expected.field !== undefined) assertSame(problem.field, expected.field, `field of error ${index}`)
}

function checkMessage(message: string, expected: string | RegExp, index: number): void {
  if (typeof expected === 'string') assertSame(message, expected, `Message of error ${index}`)
  else if (message.search(expected) < 0)
    fail(`Message of error ${index} is '${message}', which ${expected} does not match.`)
}

function checkData(
  rule: AnyRule,
  { messageId, data }: Pick<ErrorCase | SuggestionCase, 'messageId' | 'data'>,
  message: string,
  what: string,
): void {
  if (data === undefined) return
  if (messageId === undefined) fail(`Data of ${what} says nothing without 'messageId'.`)
  const wanted = interpolate(rule.meta.messages[messageId] ?? '', data, (name) => {
    fail(`Data of ${what} lacks '${name}', which the message needs.`)
  })
  assertSame(message, wanted, `Message of ${what}`)
}

export function assertChanges(output: string, text: string, what: string): void {
  if (output === text) fail(`${what} changes nothing.`)
}

export function list(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'none'
  return problems
    .map(({ position, message }) => `\n  ${position.start.line}:${position.start.column} ${message}`)
    .join('')
}
