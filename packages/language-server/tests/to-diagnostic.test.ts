import type { Problem } from '@daemonlint/core'
import { expect, it } from 'vitest'
import { shownProblems, toDiagnostic } from '../src/diagnostics.ts'
import { openDocument } from '../src/documents.ts'

const document = openDocument(
  { uri: 'untitled:a', languageId: 'yaml', version: 1, text: 'a: b\nc: d\n' },
  'utf-16',
)
const place = (line: number, offset: number) => ({
  start: { line, column: 1, offset },
  end: { line, column: 2, offset: offset + 1 },
})
const problem: Problem = { ruleId: 'own/rule', severity: 'warn', message: 'Found.', position: place(1, 0) }

it('names the page of a rule that has one', () => {
  expect(toDiagnostic(problem, document, true)).toEqual({
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    severity: 2,
    code: 'own/rule',
    source: 'daemonlint',
    message: 'Found.',
  })
  const url = 'https://example.com/rule'
  expect(toDiagnostic({ ...problem, url }, document, true).codeDescription).toEqual({ href: url })
})

it('tells second places only to clients that show them', () => {
  const related = { position: place(2, 5), message: 'here too' }
  expect(toDiagnostic({ ...problem, related }, document, true).relatedInformation).toEqual([
    {
      location: {
        uri: 'untitled:a',
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
      },
      message: 'here too',
    },
  ])
  expect(toDiagnostic({ ...problem, related }, document, false).relatedInformation).toBeUndefined()
})

it.each([
  ['daemonlint/unused-directive', [1]],
  ['deprecated-node-label', [2]],
  ['api-server/deprecated-volume', [2]],
  ['api-server/removed-api-version', [2]],
  ['service-account-alias', [2]],
  ['own/not-deprecated', undefined],
])('tags %s', (ruleId, tags) => {
  expect(toDiagnostic({ ...problem, ruleId }, document, true).tags).toEqual(tags)
})

it('shows the worst of too many, and how many there are', () => {
  const many = Array.from(
    { length: 2001 },
    (_, index): Problem => ({
      ...problem,
      severity: index === 2000 ? 'error' : 'info',
    }),
  )
  const shown = shownProblems(many, (one) => toDiagnostic(one, document, true))
  expect(shown).toHaveLength(2001)
  expect(shown[0]).toMatchObject({
    code: 'daemonlint/declined',
    message: expect.stringContaining('2001 findings'),
  })
  expect(shown[1]!.severity).toBe(1)
  expect(shownProblems(many.slice(1), (one) => toDiagnostic(one, document, true))[0]!.severity).toBe(3)
})
