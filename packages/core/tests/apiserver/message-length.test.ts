import { describe, expect, it } from 'vitest'
import { parseDocument, visit } from 'yaml'
import { caseFiles, loadBase, loadFile } from '../../scripts/conformance/cases.mjs'
import { judgeText } from './shared.ts'

const length = 30_000
const long = 'x'.repeat(length)
const most = 400

interface Place {
  start: number
  end: number
  value: string
}

/** Where the scalars of a text stand, keys among them. */
function scalarsOf(text: string): Place[] {
  const scalars: Place[] = []
  visit(parseDocument(text, { schema: 'failsafe', logLevel: 'silent' }), {
    Scalar(_, { range, value }) {
      if (range && range[1] > range[0]) scalars.push({ start: range[0], end: range[1], value: String(value) })
    },
  })
  return scalars
}

/** Other text, more of the same, and a number. */
const lengthened = ({ value }: Place): string[] => [
  `"${long}"`,
  JSON.stringify(value + long),
  `-${'9'.repeat(length)}`,
]

/** The ids and messages that are too long where one scalar is. */
function tooLong(text: string, scalars: readonly Place[]): string[] {
  return scalars.flatMap((scalar) =>
    lengthened(scalar).flatMap((written) => {
      const { problems } = judgeText(text.slice(0, scalar.start) + written + text.slice(scalar.end))
      return problems.flatMap(({ ruleId, messageId, message, suggestions = [] }) =>
        [message, ...suggestions.map((suggestion) => suggestion.message)]
          .filter((words) => words.length > most)
          .map((words) => `${ruleId}/${messageId}: ${words.slice(0, 100)}`),
      )
    }),
  )
}

/** The scalars in which something is wrong, and the keys of those. */
function accused(text: string): Place[] {
  const lines = new Set(judgeText(text).problems.map(({ position }) => position.start.line))
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length
  return scalarsOf(text).filter(({ start }) => lines.has(lineOf(start)))
}

describe(`messages have at most ${most} characters where one scalar has ${length}`, () => {
  it('anywhere in a manifest', () => {
    const text = loadBase()
    expect(tooLong(text, scalarsOf(text))).toEqual([])
  })

  it.each(caseFiles())('where the invalid cases of %s are wrong', (file) => {
    const texts = new Set(loadFile(file).flatMap(({ kind, text }) => (kind === 'invalid' ? [text] : [])))
    expect([...texts].flatMap((text) => tooLong(text, accused(text)))).toEqual([])
  })

  it('cuts no character in half', () => {
    const text = loadBase().replace('kind: DaemonSet', `kind: DaemonSet\nx${'😀'.repeat(60)}: 1`)
    const [problem] = judgeText(text).problems
    expect(problem!.message).toContain('😀…')
    expect(problem!.message).not.toMatch(/\p{Surrogate}/u)
  })
})
