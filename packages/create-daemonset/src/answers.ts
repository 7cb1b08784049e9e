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
      if (isGiven && !isDefault(question, present[key], known))
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
        : `${shown} is none of ${question.choices.map((choice) => choice.value).join(', ')}`
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

/** Why a question is not asked, as far as one can tell: the select question before it that decides. */
function whyNot(key: string, questions: Questions, answers: Answers): string {
  const question = questions[key]!
  for (const [other, candidate] of Object.entries(questions)) {
    if (other === key) continue
    const values =
      candidate.kind === 'select'
        ? candidate.choices.map(({ value }) => value)
        : candidate.kind === 'confirm'
          ? [true, false]
          : []
    const wanted = values.filter((value) => question.when!({ ...answers, [other]: value }))
    if (wanted.length > 0)
      return `it goes with ${flagOf(other)} ${wanted.join(' or ')}, not ${answers[other]}.`
  }
  return 'this preset does not ask for it.'
}

function unknownKey(key: string, preset: Preset, questions: Questions): string {
  const near = nearest(key, Object.keys(questions))
  return `The preset ${preset.name} asks no '${key}'.${near ? ` Did you mean '${near}'?` : ''} See create-daemonset --describe ${preset.name}.`
}
