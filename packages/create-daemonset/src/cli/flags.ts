import { flagOf, questionsOf } from '../answers.ts'
import type { Question } from '../questions.ts'
import type { Preset } from '../types.ts'

/** A flag, for whoever describes the command. */
export interface Flag {
  /** Without hyphens in front. */
  name: string
  short?: string
  /** What stands for its value: `FILE`, `elasticsearch|loki`; a flag without one is a switch. */
  value?: string
  help: string
}

/** The flags that answer what a preset asks; a switch has one more that says no. */
export function answerFlags(preset: Preset): Flag[] {
  return Object.entries(questionsOf(preset)).flatMap(([key, question]) => {
    const name = flagOf(key).slice(2)
    const { help } = question
    const value = valueText(question)
    if (value !== undefined) return [{ name, value, help }]
    return [
      { name, help },
      { name: `no-${name}`, help: `Not: ${help}` },
    ]
  })
}

/** What stands for an answer in the help, or undefined where its flag is a switch. */
export function valueText(question: Question): string | undefined {
  switch (question.kind) {
    case 'confirm':
      return undefined
    case 'select':
      return question.choices.map(({ value }) => value).join('|')
    case 'number':
      return 'N'
    case 'text':
      return question.value ?? 'TEXT'
    case 'list':
      return `${question.value ?? 'TEXT'}${question.separator === 'none' ? '' : ',…'}`
  }
}
