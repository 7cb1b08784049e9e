import { nearest } from '../text/nearest.ts'
import { fail } from './assert.ts'
import type { Cases, ErrorCase, InvalidCase, SuggestionCase, ValidCase } from './types.ts'

type Keys<Shape> = Record<keyof Shape, true>

const casesKeys: Keys<Cases> = { valid: true, invalid: true }

const validKeys: Keys<ValidCase> = {
  name: true,
  code: true,
  options: true,
  filename: true,
  settings: true,
  project: true,
  files: true,
  previous: true,
  role: true,
  only: true,
}

const invalidKeys: Keys<InvalidCase> = { ...validKeys, errors: true, output: true }

const errorKeys: Keys<ErrorCase> = {
  messageId: true,
  message: true,
  data: true,
  line: true,
  column: true,
  endLine: true,
  endColumn: true,
  field: true,
  suggestions: true,
}

const suggestionKeys: Keys<SuggestionCase> = { messageId: true, message: true, data: true, output: true }

/** @throws Error unless there are two lists of cases, and nothing else */
export function checkCases(id: string, cases: Cases): void {
  const unknown = unknownKey(cases, casesKeys)
  if (unknown) throw new Error(`RuleTester: what is given for '${id}' ${unknown}`)
  for (const key of ['valid', 'invalid'] as const) {
    if (!Array.isArray(cases[key])) throw new Error(`RuleTester: '${key}' of '${id}' is no list of cases.`)
  }
}

/** @throws Error for a case that lacks what it needs, or says what nobody reads: it would test nothing */
export function checkCase(id: string, test: ValidCase | InvalidCase, kind: keyof Cases): void {
  if (typeof test?.code !== 'string') throw new Error(`RuleTester: a case of '${id}' has no 'code'.`)
  const what = kind === 'valid' ? 'a valid case' : 'an invalid case'
  const at = `\n${test.code}`
  const unknown = unknownKey(test, kind === 'valid' ? validKeys : invalidKeys)
  if (unknown) throw new Error(`RuleTester: ${what} of '${id}' ${unknown}${at}`)
  if (kind === 'valid') return
  const { errors } = test as InvalidCase
  if (typeof errors !== 'number' && !Array.isArray(errors)) {
    throw new Error(`RuleTester: ${what} of '${id}' has no 'errors': how many, or a list of them.${at}`)
  }
}

/** Fails for an expected error that compares nothing. */
export function checkErrorCase(expected: ErrorCase, index: number): void {
  if (typeof expected !== 'object' || expected === null) {
    fail(`Error ${index} is ${expected}; it must be a message, a pattern or an object.`)
  }
  const unknown = unknownKey(expected, errorKeys)
  if (unknown) fail(`Error ${index} ${unknown}`)
  if (expected.messageId === undefined && expected.message === undefined) {
    fail(`Error ${index} must say its 'messageId' or 'message'.`)
  }
  if (!Array.isArray(expected.suggestions)) return
  for (const [at, suggestion] of expected.suggestions.entries()) {
    checkSuggestionCase(suggestion, `Suggestion ${at} of error ${index}`)
  }
}

function checkSuggestionCase(suggestion: SuggestionCase, what: string): void {
  if (typeof suggestion !== 'object' || suggestion === null) fail(`${what} is ${suggestion}, no object.`)
  const unknown = unknownKey(suggestion, suggestionKeys)
  if (unknown) fail(`${what} ${unknown}`)
  if (typeof suggestion.output !== 'string') fail(`${what} has no 'output', the text once it is applied.`)
}

/** What is wrong with the first key that is not known. */
function unknownKey(value: object, known: object): string | undefined {
  const wrong = Object.keys(value).find((key) => !Object.hasOwn(known, key))
  if (wrong === undefined) return undefined
  const names = Object.keys(known)
  const meant = nearest(wrong, names)
  const hint = meant === undefined ? `; known are ${names.join(', ')}.` : `. Did you mean '${meant}'?`
  return `has the unknown key '${wrong}'${hint}`
}
