import * as clack from '@clack/prompts'
import { defaultOf, flagOf, mistakeIn, questionsOf } from '../answers.ts'
import { type Output, outputs } from '../outputs/names.ts'
import type { Answers, Question, Questions } from '../questions.ts'
import { categories, type Preset } from '../types.ts'
import { valueFromText } from './arguments.ts'
import { shownValue, summaryOf } from './summary.ts'

/** The person wants nothing to be written. */
export class Cancelled extends Error {
  override name = 'Cancelled'
}

/** Instead of an answer: the person wants to answer the question before once more. */
const back: unique symbol = Symbol('back')

/** What comes of asking. */
export interface Asked {
  preset: Preset
  answers: Answers
  output: Output
  directory: string
}

export interface Known {
  preset: Preset | undefined
  /** Answers of flags and of a file: they are not asked for. */
  given: Answers
  output: Output | undefined
  directory: string | undefined
  acceptArchived: boolean
}

/**
 * Asks for everything that is not known, shows what it came to, and lets it be changed.
 * @throws Cancelled
 */
export async function ask(
  presets: readonly Preset[],
  known: Known,
  files: (asked: Asked) => string[],
): Promise<Asked> {
  const keys = watchKeys()
  try {
    clack.intro('create-daemonset')
    clack.log.info('Enter takes what is shown. Escape goes back, Ctrl-C leaves everything as it is.')
    for (;;) {
      const preset = known.preset ?? (await askPreset(presets, keys))
      if (preset.caution && !known.acceptArchived && !(await askCaution(preset, keys))) {
        if (known.preset) throw new Cancelled()
        continue
      }
      const answers = await askAnswers(preset, known, keys)
      if (answers === back) continue
      const asked = await askForm(preset, answers, known, keys, files)
      if (asked !== back) return asked
    }
  } finally {
    keys.stop()
  }
}

/** Asks whether files that are there may be overwritten. @throws Cancelled */
export async function askOverwrite(paths: readonly string[]): Promise<boolean> {
  const answer = await clack.confirm({ message: `Overwrite ${paths.join(', ')}?`, initialValue: false })
  if (clack.isCancel(answer)) throw new Cancelled()
  return answer
}

/** Which key came last, for the prompts tell Escape from Ctrl-C no more. */
function watchKeys() {
  let last = ''
  const remember = (_: unknown, key: { name?: string } | undefined) => {
    last = key?.name ?? ''
  }
  process.stdin.on('keypress', remember)
  return {
    wasEscape: () => last === 'escape',
    stop: () => process.stdin.off('keypress', remember),
  }
}

type Keys = ReturnType<typeof watchKeys>

/** The answer, or `back` after Escape. @throws Cancelled after Ctrl-C */
async function settle<T>(prompt: Promise<T>, keys: Keys): Promise<Exclude<T, symbol> | typeof back> {
  const answer = await prompt
  if (!clack.isCancel(answer)) return answer as Exclude<T, symbol>
  if (keys.wasEscape()) return back
  throw new Cancelled()
}

async function askPreset(presets: readonly Preset[], keys: Keys): Promise<Preset> {
  for (;;) {
    const name = await settle(
      clack.autocomplete({
        message: 'Which daemon? (type to search)',
        maxItems: 12,
        options: presets.map(({ name, title, category, caution }) => ({
          value: name,
          label: title,
          hint: `${categories[category]}${caution ? ', see its warning' : ''}`,
        })),
      }),
      keys,
    )
    const found = presets.find((preset) => preset.name === name)
    if (found) return found
  }
}

async function askCaution(preset: Preset, keys: Keys): Promise<boolean> {
  clack.log.warn(`${preset.title}: ${preset.caution!.why} Successor: ${preset.caution!.successor}.`)
  return (
    (await settle(clack.confirm({ message: 'Go on with it all the same?', initialValue: false }), keys)) ===
    true
  )
}

/** Asks the questions of a preset, back and forth. */
async function askAnswers(
  preset: Preset,
  { given, preset: isFixed }: Known,
  keys: Keys,
): Promise<Answers | typeof back> {
  const questions = questionsOf(preset)
  const asked = Object.keys(questions).filter(
    (key) => given[key] === undefined && (preset.asksEverything || !questions[key]!.seldom),
  )
  const answered: Answers = {}
  const applies = (key: string) => questions[key]!.when?.(withDefaults(questions, given, answered)) ?? true
  let index = 0
  while (index < asked.length) {
    const key = asked[index]!
    if (!applies(key)) {
      delete answered[key]
      index++
      continue
    }
    const answer = await askOne(key, questions, withDefaults(questions, given, answered), keys)
    if (answer !== back) {
      answered[key] = answer
      index++
      continue
    }
    const previous = asked.slice(0, index).findLastIndex(applies)
    if (previous < 0 && !isFixed) return back
    index = Math.max(previous, 0)
  }
  return { ...given, ...answered }
}

/** What is answered so far, and defaults for the rest, for questions that depend on others. */
function withDefaults(questions: Questions, given: Answers, answered: Answers): Answers {
  const known: Answers = { ...given, ...answered }
  for (const [key, question] of Object.entries(questions)) known[key] ??= defaultOf(question, known)
  return known
}

/** @param known what is answered, this one too if it was, and defaults for the rest */
async function askOne(key: string, questions: Questions, known: Answers, keys: Keys): Promise<unknown> {
  const question = questions[key]!
  const initial = known[key]
  for (;;) {
    const answer = await settle(promptOf(question, initial, known), keys)
    if (answer === back) return back
    const value =
      question.kind === 'select' || question.kind === 'confirm'
        ? answer
        : valueFromText(question, String(answer))
    const mistake = mistakeIn(question, value, known)
    if (!mistake) return value
    clack.log.error(`${mistake}.`)
  }
}

function promptOf(question: Question, initial: unknown, known: Answers): Promise<unknown> {
  const { message } = question
  if (question.kind === 'confirm') return clack.confirm({ message, initialValue: Boolean(initial) })
  if (question.kind === 'select')
    return clack.select({
      message,
      initialValue: String(initial),
      options: question.choices.map(({ value, label = value, hint }) => ({
        value,
        label,
        ...(hint && { hint }),
      })),
    })
  const shown = shownValue(initial) || 'none'
  return clack.text({
    message,
    placeholder: shown,
    defaultValue: shown,
    validate: (typed) => mistakeIn(question, valueFromText(question, typed || shown), known),
  })
}

/** Asks for form and folder, shows what everything came to, and asks whether to write it. */
async function askForm(
  preset: Preset,
  first: Answers,
  known: Known,
  keys: Keys,
  files: (asked: Asked) => string[],
): Promise<Asked | typeof back> {
  let answers = first
  const output =
    known.output ??
    (await settle(
      clack.select({ message: 'In which form?', options: forms, initialValue: 'single' as Output }),
      keys,
    ))
  if (output === back) return back
  const name = String(answers.name ?? preset.name)
  const directory =
    known.directory ??
    (await settle(clack.text({ message: 'Into which folder?', placeholder: name, defaultValue: name }), keys))
  if (directory === back) return back
  for (;;) {
    const asked = { preset, answers, output, directory }
    const questions = questionsOf(preset)
    const complete = withDefaults(questions, known.given, answers)
    const rows = summaryOf(preset, complete)
    const width = Math.max(...rows.map(([key]) => key.length))
    clack.note(
      [...rows.map(([key, value]) => `${key.padEnd(width)}  ${value}`), '', ...files(asked)].join('\n'),
      `${preset.title} in ${directory}`,
    )
    const next = await settle(
      clack.select({
        message: 'Write these files?',
        options: [
          { value: 'write', label: 'Write them' },
          { value: 'change', label: 'Change an answer' },
          { value: 'cancel', label: 'Cancel', hint: 'nothing is written' },
        ],
      }),
      keys,
    )
    if (next === 'write') return asked
    if (next === 'cancel') throw new Cancelled()
    const key = await settle(
      clack.autocomplete({
        message: 'Which one? (type to search)',
        maxItems: 10,
        options: rows.map(([flag, value]) => ({ value: flag, label: flag, hint: value })),
      }),
      keys,
    )
    if (key === back) continue
    const chosen = Object.keys(questions).find((one) => flagOf(one) === `--${key}`)!
    const value = await askOne(chosen, questions, complete, keys)
    if (value === back) continue
    answers = await askWhatFollows(preset, known, { ...answers, [chosen]: value }, keys)
  }
}

/** After a change, what it makes wrong, and what is asked only now. */
async function askWhatFollows(preset: Preset, known: Known, changed: Answers, keys: Keys): Promise<Answers> {
  const questions = questionsOf(preset)
  const answers = { ...changed }
  for (const [key, question] of Object.entries(questions)) {
    const all = withDefaults(questions, known.given, answers)
    if (question.when && !question.when(all)) {
      delete answers[key]
      continue
    }
    const isNew = answers[key] === undefined && !question.seldom && question.when !== undefined
    if (!isNew && !mistakeIn(question, all[key], all)) continue
    const { [key]: _, ...others } = answers
    const value = await askOne(key, questions, withDefaults(questions, known.given, others), keys)
    if (value !== back) answers[key] = value
  }
  return answers
}

const labels: Record<Output, [string, string]> = {
  single: ['One file', 'kubectl apply -f'],
  files: ['A file for each resource', 'kubectl apply -f'],
  kustomize: ['Kustomize', 'a base, overlays for staging and production'],
  helm: ['A Helm chart', 'the answers as its values'],
}

const forms = outputs.map((value) => ({ value, label: labels[value][0], hint: labels[value][1] }))
