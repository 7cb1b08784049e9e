import type { Problem, Severity } from '../problem.ts'
import type { FileResult, FormatOptions } from './format.ts'
import { resourceName } from './resource.ts'
import { attributes, escapeXml } from './xml.ts'

const TYPE: Record<Severity, string> = { info: 'info', warn: 'warning', error: 'error' }

/**
 * JUnit's XML: a suite for each file, a test for each finding. Errors and warnings are failures, remarks pass and say
 * what they say in `system-out`, what is suppressed is skipped with the reason. A file with nothing is one test that
 * passes. What could not be read is an error of a suite of its own.
 */
export function junit(results: readonly FileResult[], { summary }: FormatOptions): string {
  const suites = results.map(toSuite)
  const { failures = [] } = summary
  if (failures.length > 0) suites.push(failedRun(failures))
  const total = sum(suites.map(({ counts }) => counts))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'daemonlint', ...total, time: 0 })}>`,
    ...suites.map(({ text }) => text),
    '</testsuites>',
  ].join('\n')
}

export default junit

interface Counts {
  tests: number
  failures: number
  errors: number
  skipped: number
}

interface Suite {
  counts: Counts
  text: string
}

const none: Counts = { tests: 0, failures: 0, errors: 0, skipped: 0 }

const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (total, { tests, failures, errors, skipped }) => ({
      tests: total.tests + tests,
      failures: total.failures + failures,
      errors: total.errors + errors,
      skipped: total.skipped + skipped,
    }),
    none,
  )

function toSuite({ displayPath, problems, suppressed }: FileResult): Suite {
  const nameOf = uniqueNames()
  const test = (problem: Problem, content: string) => {
    const { line } = problem.position.start
    const where = { name: nameOf(problem), classname: displayPath, file: displayPath, line, time: 0 }
    return `    <testcase${attributes(where)}>${content}</testcase>`
  }
  const tests = [
    ...problems.map((problem) => test(problem, outcome(problem, displayPath))),
    ...suppressed.map((problem) => test(problem, skipped(problem))),
  ]
  if (tests.length === 0) {
    const where = { name: 'nothing found', classname: displayPath, file: displayPath, time: 0 }
    tests.push(`    <testcase${attributes(where)}/>`)
  }
  const counts = {
    tests: tests.length,
    failures: problems.filter(({ severity }) => severity !== 'info').length,
    errors: 0,
    skipped: suppressed.length,
  }
  return { counts, text: suite(displayPath, counts, tests) }
}

function suite(name: string, counts: Counts, tests: readonly string[]): string {
  return [`  <testsuite${attributes({ name, ...counts, time: 0 })}>`, ...tests, '  </testsuite>'].join('\n')
}

function outcome(problem: Problem, path: string): string {
  const { severity, message, url, position, field } = problem
  const { line, column } = position.start
  const text = [`${path}:${line}:${column}: ${message}`, ...(field ? [field] : []), ...(url ? [url] : [])]
  const content = escapeXml(text.join('\n'))
  if (severity === 'info') return `<system-out>${content}</system-out>`
  return `<failure${attributes({ message, type: TYPE[severity] })}>${content}</failure>`
}

function skipped({ suppressions = [] }: Problem): string {
  const reasons = suppressions.map(({ justification }) => justification).filter(Boolean)
  return `<skipped${attributes({ message: reasons.join('; ') || 'suppressed' })}/>`
}

/** Names without lines, so that a test keeps its history when the file grows; the second of a name gets a number. */
function uniqueNames(): (problem: Problem) => string {
  const seen = new Map<string, number>()
  return ({ ruleId, resource, container, field }) => {
    const parts = [
      ...(resource ? [resourceName(resource)] : []),
      ...(container ? [`container ${container}`] : []),
      ...(field ? [field] : []),
    ]
    const name = parts.length > 0 ? `${ruleId} (${parts.join(', ')})` : ruleId
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} #${count}`
  }
}

/** What could not be read. */
function failedRun(failures: readonly string[]): Suite {
  const counts = { ...none, tests: failures.length, errors: failures.length }
  const tests = failures.map((message, index) => {
    const where = { name: `not checked #${index + 1}`, classname: 'daemonlint', time: 0 }
    return `    <testcase${attributes(where)}><error${attributes({ message, type: 'failure' })}/></testcase>`
  })
  return { counts, text: suite('daemonlint', counts, tests) }
}
