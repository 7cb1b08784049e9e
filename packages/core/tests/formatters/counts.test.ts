import { expect, it } from 'vitest'
import { count, countSeverities } from '../../src/formatters/counts.ts'
import type { Severity } from '../../src/problem.ts'
import { located } from './results.ts'

const found = (...severities: Severity[]) => severities.map((severity) => ({ ...located, severity }))

it('counts in words', () => {
  expect([0, 1, 2].map((number) => count(number, 'file'))).toEqual(['0 files', '1 file', '2 files'])
  expect(count(2, 'finding is', 'findings are')).toBe('2 findings are')
})

it('puts the most severe first, and leaves out what does not occur', () => {
  expect(countSeverities(found('info', 'warn', 'error', 'info')).map(({ text }) => text)).toEqual([
    '1 error',
    '1 warning',
    '2 infos',
  ])
  expect(countSeverities(found('warn'))).toEqual([{ severity: 'warn', number: 1, text: '1 warning' }])
  expect(countSeverities([])).toEqual([])
})
