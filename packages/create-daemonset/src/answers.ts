import { nearest } from '@daemonlint/core/text'
import { commonQuestions } from './common-questions.ts'
import { ScaffoldError } from './errors.ts'
import type { Answers, Question, Questions } from './questions.ts'
import type { Preset } from './types.ts'
import { shellWord } from './words.ts'

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

/** An answer as flags say it: `--sink loki`, `--no-journal`, `--args=--quiet --args=--once`. */
export function flagFor(key: string, question: Question, value: unknown): string {
  const flag = flagOf(key)
  if (question.kind === 'confirm') return value ? flag : `--no-${flag.slice(2)}`
  const texts = !Array.isArray(value)
    ? [String(value)]
    : question.kind === 'list' && question.separator === 'none'
      ? value.map(String)
      : [value.join(',')]
  const given = texts.length === 0 || texts.join('') === '' ? ['none'] : texts
  // What begins with a hyphen would be taken for the next flag.
  return given.map((text) => `${flag}${/^-\D/.test(text) ? '=' : ' '}${shellWord(text)}`).join(' ')
}

/** Answers as flags, in their order. */
export function flagsFor(answers: Answers, questions: Questions): string {
  return Object.entries(answers)
    .map(([key, value]) => flagFor(key, questions[key]!, value))
    .join(' ')
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
  const present = asAsked(given, questions)
  // What is of another kind is told of below; defaults that depend on it cannot be worked out of it.
  const sound = soundOf(present, questions)
  const mistakes = unknownKeys(present, preset, questions)
  const answers: Answers = {}
  for (const [key, question] of Object.entries(questions)) {
    const known = { ...sound, ...answers }
    const isGiven = Object.hasOwn(present, key)
    if (question.when && !question.when(known)) {
      // Where the answer that decides is wrong itself, that is enough to say.
      if (isGiven && mistakes.length === 0 && !isDefault(question, present[key], known))
        mistakes.push(noEffect(key, questions, sound))
      answers[key] = defaultOf(question, known)
      continue
    }
    const value = isGiven ? present[key] : defaultOf(question, known)
    const mistake = mistakeIn(question, value, known)
    // A default that is made of a wrong answer is no second mistake.
    const isDerived = !isGiven && typeof question.default === 'function' && mistakes.length > 0
    if (mistake && !isDerived) mistakes.push(asSentence(key, mistake))
    answers[key] = isGiven && !Object.hasOwn(sound, key) ? defaultOf(question, known) : value
  }
  if (mistakes.length > 0) throw new ScaffoldError(mistakes.join('\n'))
  return answers
}

/**
 * Checks answers of which some are still to be asked for.
 * @param given answers by key; an undefined one counts as not given
 * @param isOpen whether the answer to a question is still unknown
 * @returns what is wrong whatever the others will be: a sentence each
 */
export function mistakesIn(preset: Preset, given: Answers, isOpen: (key: string) => boolean): string[] {
  const questions = questionsOf(preset)
  const present = asAsked(given, questions)
  const sound = soundOf(present, questions)
  const all = withDefaults(questions, sound)
  const mistakes = unknownKeys(present, preset, questions)
  for (const [key, question] of Object.entries(questions)) {
    if (!Object.hasOwn(present, key)) continue
    const kind = mistakeInKind(question, present[key])
    if (kind) mistakes.push(asSentence(key, kind))
    else {
      const { answers, read } = watched(all)
      const isAsked = question.when?.(answers) ?? true
      const mistake = isAsked ? question.check?.(present[key] as never, answers) : undefined
      if ([...read].some((other) => other !== key && isOpen(other))) continue
      if (mistake) mistakes.push(asSentence(key, mistake))
      else if (!isAsked && !isDefault(question, present[key], all))
        mistakes.push(noEffect(key, questions, sound))
    }
  }
  return mistakes
}

/** What is given and counts, in the kinds that are asked for: numbers are texts where texts are. */
function asAsked(given: Answers, questions: Questions): Answers {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => {
        const kind = Object.hasOwn(questions, key) ? questions[key]!.kind : undefined
        if (kind === 'text') return [key, textOf(value)]
        return [key, kind === 'list' && Array.isArray(value) ? value.map(textOf) : value]
      }),
  )
}

function textOf(value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : value
}

/** Those that are of the kind that is asked for. */
function soundOf(present: Answers, questions: Questions): Answers {
  return Object.fromEntries(
    Object.entries(present).filter(
      ([key, value]) => Object.hasOwn(questions, key) && !mistakeInKind(questions[key]!, value),
    ),
  )
}

function unknownKeys(present: Answers, preset: Preset, questions: Questions): string[] {
  return Object.keys(present)
    .filter((key) => !Object.hasOwn(questions, key))
    .map((key) => unknownKey(key, preset, questions))
}

function asSentence(key: string, mistake: string): string {
  return `${flagOf(key)}: ${mistake.replace(/[.]?$/, '.')}`
}

/** Answers, and the keys of those that were looked at. */
function watched(all: Answers): { answers: Answers; read: Set<string> } {
  const read = new Set<string>()
  const answers = new Proxy(all, {
    get(target, key) {
      read.add(String(key))
      return target[String(key)]
    },
  })
  return { answers, read }
}

/** Answers, and defaults for the rest, unchecked: for questions that depend on others. */
export function withDefaults(questions: Questions, given: Answers): Answers {
  const answers: Answers = { ...given }
  for (const [key, question] of Object.entries(questions)) answers[key] ??= defaultOf(question, answers)
  return answers
}

/**
 * Leaves out answers to questions that do not come up with the others.
 * @returns what is left, and a sentence for each that is not
 */
export function answersThatCount(
  questions: Questions,
  given: Answers,
): { answers: Answers; leftOut: string[] } {
  const answers = { ...given }
  const leftOut: string[] = []
  for (const [key, question] of Object.entries(questions)) {
    if (answers[key] === undefined || !question.when) continue
    if (question.when(withDefaults(questions, answers))) continue
    const { [key]: value } = answers
    delete answers[key]
    if (!isDefault(question, value, answers)) leftOut.push(noEffect(key, questions, answers))
  }
  return { answers, leftOut }
}

/**
 * Of answers from a file, those that count beside others that come first: what was only the default there gives way, and
 * so does what goes with an answer that is now another. Keys that no question has stay, to be told of.
 * @param first answers by key, of flags
 */
export function answersBeside(preset: Preset, file: Answers, first: Answers): Answers {
  if (Object.keys(first).length === 0) return file
  const questions = questionsOf(preset)
  const kept: Answers = { ...file }
  const known: Answers = {}
  for (const [key, question] of Object.entries(questions)) {
    const usual = defaultOf(question, known)
    known[key] = file[key] ?? usual
    if (JSON.stringify(known[key]) === JSON.stringify(usual)) delete kept[key]
  }
  const all: Answers = { ...kept, ...first }
  for (const [key, question] of Object.entries(questions)) {
    all[key] ??= defaultOf(question, all)
    if (question.when && !question.when(all)) delete kept[key]
  }
  return kept
}

/** Those answers of all that their questions are asked for. */
export function answersAsked(preset: Preset, answers: Answers): Answers {
  const questions = Object.entries(questionsOf(preset))
  return Object.fromEntries(
    questions.filter(([, { when }]) => when?.(answers) ?? true).map(([key]) => [key, answers[key]]),
  )
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

/** Line ends, also those that only some readers of YAML know, control characters but tabs, halves of characters. */
const unwritable = /(?!\t)\p{Cc}|\p{Cs}|[\u2028\u2029\ufeff\ufffe\uffff]/u

function mistakeInKind(question: Question, value: unknown): string | undefined {
  const shown = JSON.stringify(value)
  switch (question.kind) {
    case 'text':
      return typeof value === 'string' && !unwritable.test(value)
        ? undefined
        : `Expected a line of text, not ${shown}`
    case 'confirm':
      return typeof value === 'boolean' ? undefined : `Expected true or false, not ${shown}`
    case 'list':
      return Array.isArray(value) && value.every((one) => typeof one === 'string' && !unwritable.test(one))
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

function noEffect(key: string, questions: Questions, given: Answers): string {
  return `${flagOf(key)} has no effect here: ${whyNot(key, questions, given)}`
}

/** Why a question is not asked: what it goes with, and what was answered instead. */
function whyNot(key: string, questions: Questions, given: Answers): string {
  const condition = conditionOf(key, questions, given)
  if (!condition) return 'this preset does not ask for it.'
  const [first] = condition.any
  const [other, ...more] = Object.keys(first!)
  const wanted = `it goes with ${flagsText(condition.any, questions)}`
  if (more.length > 0) return `${wanted}.`
  const instead = withDefaults(questions, given)[other!]
  if (typeof instead === 'boolean') return `${wanted}, not ${instead ? 'with it' : 'without it'}.`
  return `${wanted}, not ${String(instead) || 'none'}.`
}

/** On which other answers a question depends. */
export interface Condition {
  /** Those with which it is asked: any of these, each of one answer, or of two together. */
  any: [Answers, ...Answers[]]
  /** The only one with which it is not asked, where that is shorter to say. */
  unless?: Answers
  /** Whether it is asked with nothing but what is given, and defaults. */
  isMet: boolean
}

/**
 * Finds what decides whether a question is asked: one other answer, or two.
 * @param given the others, as far as they are given
 * @returns undefined where it is always asked, or never, or more than two answers decide
 */
export function conditionOf(key: string, questions: Questions, given: Answers): Condition | undefined {
  const { when } = questions[key]!
  if (!when) return undefined
  const applies = (more: Answers) => when(withDefaults(questions, { ...given, ...more })) === true
  const isMet = applies({})
  const { answers, read } = watched(withDefaults(questions, given))
  when(answers)
  if (read.size === 0) return undefined
  const others = Object.entries(questions)
    .filter(([other]) => other !== key)
    .map(([other, question]) => valuesOf(question).map((value): Answers => ({ [other]: value })))
  for (const all of others) {
    const [first, ...wanted] = all.filter(applies)
    if (!first || wanted.length + 1 === all.length) continue
    const [unwanted, ...more] = all.filter((one) => one !== first && !wanted.includes(one))
    const isShorter = wanted.length > 1 && more.length === 0
    return { any: [first, ...wanted], isMet, ...(isShorter && { unless: unwanted! }) }
  }
  if (isMet) return undefined
  for (const [index, all] of others.entries()) {
    for (const one of all) {
      for (const other of others.slice(index + 1).flat()) {
        const both = { ...one, ...other }
        if (applies(both)) return { any: [both], isMet }
      }
    }
  }
  return undefined
}

/** A few answers that stand for all: any text, any list. */
function valuesOf(question: Question): unknown[] {
  switch (question.kind) {
    case 'select':
      return question.choices.map(({ value }) => value)
    case 'confirm':
      return [true, false]
    case 'text':
      return ['', question.value ?? 'TEXT']
    case 'list':
      return [[], [question.value ?? 'TEXT']]
    case 'number':
      return []
  }
}

/** `with --sink elasticsearch or opensearch`, `unless --monitor none`. */
export function conditionText({ any, unless }: Condition, questions: Questions): string {
  return unless ? `unless ${flagsText([unless], questions)}` : `with ${flagsText(any, questions)}`
}

/** The flag once, with all its values. */
function flagsText(any: readonly Answers[], questions: Questions): string {
  const [first = '', ...more] = any.map((one) => flagsFor(one, questions))
  return [first, ...more.map((text) => text.slice(text.indexOf(' ') + 1))].join(' or ')
}

/** What holds where nobody answers a question, but those on which it depends are answered as it needs. */
export function usualAnswer(key: string, questions: Questions, given: Answers): unknown {
  const condition = conditionOf(key, questions, given)
  return withDefaults(questions, { ...given, ...(condition?.isMet === false && condition.any[0]) })[key]
}

function unknownKey(key: string, preset: Preset, questions: Questions): string {
  const near = nearest(key, Object.keys(questions))
  const meant = near ? ` Did you mean ${near} (${flagOf(near)})?` : ''
  return `The preset ${preset.name} does not ask for ${key} (${flagOf(key)}).${meant} --describe ${preset.name} says what it asks.`
}
