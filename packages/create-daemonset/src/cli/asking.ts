import { mistakeIn } from '../answers.ts'
import { type Output, outputs } from '../outputs/names.ts'
import type { Answers, Question } from '../questions.ts'
import { categories, type Preset } from '../types.ts'
import { shownValue } from './summary.ts'

/** Whether a preset asks a question by itself, or has it answered by a flag alone. */
export function isAskedBy(preset: Preset, { seldom }: Question): boolean {
  return preset.asksEverything === true || !seldom
}

/** True where a preset's name, its purpose or what it sends to holds what was typed. */
export function speaksOf({ name, title, category, summary, questions }: Preset, typed: string): boolean {
  const { sink } = questions
  const sinks = sink?.kind === 'select' ? sink.choices.filter(({ hint }) => hint === undefined) : []
  const texts = [name, title, categories[category], summary, ...sinks.map(({ label = '' }) => label)]
  return texts.some((text) => text.toLowerCase().includes(typed.trim().toLowerCase()))
}

/** As it is asked, with how several values are told apart where commas do not do it. */
export function messageOf(question: Question): string {
  const { message, kind } = question
  if (kind !== 'list' || question.separator !== 'none') return message
  const hint = 'spaces between; quotes around what holds spaces'
  return message.endsWith(')') ? `${message.slice(0, -1)}; ${hint})` : `${message} (${hint})`
}

/**
 * What stands in the field of an answer that is typed, and is taken where nothing is typed.
 * @param initial the default, or what was answered before
 * @param known the other answers
 * @returns empty for what has to be answered, and has no default
 */
export function offeredText(question: Question, initial: unknown, known: Answers): string {
  const usual = shownValue(initial, question)
  const isNeeded =
    usual === '' && mistakeIn(question, question.kind === 'list' ? [] : '', known) !== undefined
  return usual || (isNeeded ? '' : 'none')
}

/** Each form of output: what it is called, and what it is for. */
export const labels: Record<Output, [string, string]> = {
  single: ['One file', 'kubectl apply -f'],
  files: ['A file for each resource', 'kubectl apply -f'],
  kustomize: ['Kustomize', 'a base, overlays for staging and production'],
  helm: ['A Helm chart', 'the answers as its values'],
}

/** The forms, as a list offers them. */
export const forms = outputs.map((value) => ({ value, label: labels[value][0], hint: labels[value][1] }))
