import {
  type Answers,
  answersThatCount,
  mistakeIn,
  type Preset,
  type Question,
  questionsOf,
  shownValue,
  valueFromText,
  withDefaults,
} from 'create-daemonset/editor'

/** A question that comes up, and what is answered so far. */
export interface Open {
  key: string
  question: Question
  /** What was answered, or the default. */
  value: unknown
  /** As a person reads it. */
  shown: string
}

/** The questions that come up with these answers: those that are often wanted first, then those that seldom are. */
export function openQuestions(preset: Preset, given: Answers): Open[] {
  const all = completed(preset, given)
  const open = Object.entries(questionsOf(preset))
    .filter(([, { when }]) => when?.(all) ?? true)
    .map(([key, question]) => ({ key, question, value: all[key], shown: shownValue(all[key], question) }))
  return [
    ...open.filter(({ question }) => !question.seldom),
    ...open.filter(({ question }) => question.seldom),
  ]
}

/** The first question whose default will not do: it has to be answered. */
export function unanswered(preset: Preset, given: Answers): Open | undefined {
  const all = completed(preset, given)
  return openQuestions(preset, given).find(
    ({ question, value }) => mistakeIn(question, value, all) !== undefined,
  )
}

/**
 * What was typed, as an answer.
 * @returns the answer, or what is wrong with it
 */
export function answerOf(
  { key, question }: Open,
  text: string,
  preset: Preset,
  given: Answers,
): { value: unknown } | { mistake: string } {
  const value = text.trim() === '' && question.kind === 'list' ? [] : valueFromText(question, text)
  const mistake = mistakeIn(question, value, completed(preset, { ...given, [key]: value }))
  return mistake === undefined ? { value } : { mistake }
}

/** Answers without those that an other answer made pointless. */
export function answersLeft(preset: Preset, given: Answers): Answers {
  return answersThatCount(questionsOf(preset), given).answers
}

function completed(preset: Preset, given: Answers): Answers {
  return withDefaults(questionsOf(preset), given)
}
