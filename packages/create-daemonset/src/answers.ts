import { nearest } from '@daemonlint/core/text'
import { commonQuestions } from './common-questions.ts'
import { ScaffoldError } from './errors.ts'
import type { Answers, Question, Questions } from './questions.ts'
import type { Preset } from './types.ts'

/** All questions of a preset, in the order in which they are asked: what every preset asks, then its own. */
export function questionsOf(preset: Preset): Questions {
  const own = Object.keys(preset.questions)
  const common = Object.entries(commonQuestions(preset)).filter(([key]) => !own.includes(key))
  return { ...Object.fromEntries(common), ...preset.questions }
}

/** The flag of an answer: `sinkUrl` is `--sink-url`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/**
 * Fills in defaults and checks every answer.
 * @param preset whose questions are meant
 * @param given answers by key, as many as there are; an undefined one counts as not given
 * @returns an answer to each question that is of account
 * @throws ScaffoldError that names every mistake, a line each
 */
export function completeAnswers(preset: Preset, given: Answers): Answers {
  const questions = questionsOf(preset)
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const mistakes = Object.keys(present)
    .filter((key) => !Object.hasOwn(questions, key))
    .map((key) => unknownKey(key, preset, questions))
  const answers: Answers = {}
  for (const [key, question] of Object.entries(questions)) {
    const known = { ...present, ...answers }
    const isGiven = Object.hasOwn(present, key)
    if (question.when && !question.when(known)) {
      // Where the answer that decides is wrong itself, that is enough to say.
      if (isGiven && mistakes.length === 0 && !isDefault(question, present[key], known))
        mistakes.push(`${flagOf(key)} has no effect here: ${whyNot(key, questions, known)}`)
      answers[key] = defaultOf(question, known)
      continue
    }
    const value = isGiven ? present[key] : defaultOf(question, known)
    const mistake = mistakeIn(question, value, known)
    if (mistake) mistakes.push(`${flagOf(key)}: ${mistake.replace(/[.]?$/, '.')}`)
    answers[key] = value
  }
  if (mistakes.length > 0) throw new ScaffoldError(mistakes.join('\n'))
  return answers
}

/** What holds where a question is not answered. */
export function defaultOf(question: Question, answers: Answers): unknown {
  return typeof question.default === 'function' ? question.default(answers) : question.default
}

/** What is wrong with an answer, its type included: a sentence, or undefined. */
export function mistakeIn(question: Question, value: unknown, answers: Answers): string | undefined {
  const kind = mistakeInKind(question, value)
  if (kind) return kind
  return question.check?.(value as never, answers)
}

function mistakeInKind(question: Question, value: unknown): string | undefined {
  const shown = JSON.stringify(value)
  switch (question.kind) {
    case 'text':
      return typeof value === 'string' && !/[\n\r\0]/.test(value)
        ? undefined
        : `Expected a line of text, not ${shown}`
    case 'confirm':
      return typeof value === 'boolean' ? undefined : `Expected true or false, not ${shown}`
    case 'list':
      return Array.isArray(value) && value.every((one) => typeof one === 'string' && !/[\n\r\0]/.test(one))
        ? undefined
        : `Expected a list of texts, not ${shown}`
    case 'select':
      return question.choices.some((choice) => choice.value === value)
        ? undefined
        : `${shown} is not one of ${question.choices.map((choice) => choice.value).join(', ')}`
    case 'number': {
      const { min, max, unit } = question
      return Number.isInteger(value) && Number(value) >= min && Number(value) <= max
        ? undefined
        : `Expected a whole number from ${min} to ${max}${unit ? ` (${unit})` : ''}, not ${shown}`
    }
  }
}

function isDefault(question: Question, value: unknown, answers: Answers): boolean {
  return JSON.stringify(defaultOf(question, answers)) === JSON.stringify(value)
}

/** Why a question is not asked: what it goes with, and what was answered instead. */
function whyNot(key: string, questions: Questions, answers: Answers): string {
  const condition = conditionOf(key, questions, answers)
  if (!condition) return 'this preset does not ask for it.'
  const instead = answers[condition.key]
  return `it goes with ${condition.flags}, not ${typeof instead === 'boolean' ? (instead ? 'with it' : 'without it') : instead}.`
}

/** On which other answer a question depends. */
export interface Condition {
  /** Of the other question. */
  key: string
  /** Those of its answers with which this one is asked. */
  values: unknown[]
  /** `--sink elasticsearch or opensearch`, `--no-api`. */
  flags: string
}

/**
 * Finds the one answer that decides whether a question is asked.
 * @param answers the others, as they are
 * @returns undefined where it is always asked, or no single answer decides
 */
export function conditionOf(key: string, questions: Questions, answers: Answers): Condition | undefined {
  const question = questions[key]!
  if (!question.when) return undefined
  for (const [other, candidate] of Object.entries(questions)) {
    if (other === key) continue
    const all =
      candidate.kind === 'select'
        ? candidate.choices.map(({ value }) => value)
        : candidate.kind === 'confirm'
          ? [true, false]
          : []
    const values = all.filter((value) => question.when!({ ...answers, [other]: value }))
    if (values.length === 0 || values.length === all.length) continue
    const flag = flagOf(other)
    const flags =
      candidate.kind === 'confirm'
        ? values[0]
          ? flag
          : `--no-${flag.slice(2)}`
        : `${flag} ${values.join(' or ')}`
    return { key: other, values, flags }
  }
  return undefined
}

function unknownKey(key: string, preset: Preset, questions: Questions): string {
  const near = nearest(key, Object.keys(questions))
  const meant = near ? ` Did you mean ${near} (${flagOf(near)})?` : ''
  return `The preset ${preset.name} does not ask for ${key} (${flagOf(key)}).${meant} create-daemonset --describe ${preset.name} says what it asks.`
}
