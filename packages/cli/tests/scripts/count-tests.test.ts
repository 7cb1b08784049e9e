import { join } from 'node:path'
import { expect, it } from 'vitest'

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests?: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}
const file = join(import.meta.dirname, '../../../../scripts/lib/count-tests.mjs')
const { countTests } = (await import(/* @vite-ignore */ file)) as {
  countTests(report: Report): { passed: number; failed: number; skipped: number }
}

const result = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((status) => ({ status })),
})
const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] }

it('counts tests', () => {
  const testResults = [result('failed', 'passed', 'failed', 'skipped', 'todo'), result('passed', 'passed')]
  const report = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1, testResults }
  expect(countTests(report)).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

it('counts a file that cannot be loaded, also where a test of another failed', () => {
  const unloaded = result('failed')
  expect(countTests({ ...none, testResults: [unloaded] })).toEqual({ passed: 0, failed: 1, skipped: 0 })
  const testResults = [result('failed', 'failed'), unloaded, unloaded]
  expect(countTests({ ...none, numFailedTests: 1, testResults }).failed).toBe(3)
})

it('counts a file whose preparation failed, so that its tests were skipped', () => {
  const testResults = [result('failed', 'skipped', 'skipped')]
  expect(countTests({ ...none, numPendingTests: 2, testResults }).failed).toBe(1)
})
