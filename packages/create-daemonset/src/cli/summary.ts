import { defaultOf, flagOf, questionsOf } from '../answers.ts'
import type { Answers, Question } from '../questions.ts'
import type { Preset } from '../types.ts'
import { joinWords } from '../words.ts'

/** An answer, as a person reads it, and types it at a prompt. */
export function shownValue(value: unknown, question?: Question): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value))
    return question?.kind === 'list' && question.separator === 'none' ? joinWords(value) : value.join(', ')
  return String(value ?? '')
}

/** What was answered otherwise than by default, for the summary before writing. */
export function summaryOf(preset: Preset, answers: Answers): [string, string][] {
  const known: Answers = {}
  return Object.entries(questionsOf(preset)).flatMap(([key, question]) => {
    const isAsked = question.when?.({ ...answers, ...known }) ?? true
    known[key] = answers[key]
    const isOften =
      !question.seldom || JSON.stringify(answers[key]) !== JSON.stringify(defaultOf(question, answers))
    return isAsked && isOften
      ? [[flagOf(key).slice(2), shownValue(answers[key], question) || '–'] as [string, string]]
      : []
  })
}
