import * as clack from '@clack/prompts'
import { answersThatCount, flagOf, mistakeIn, mistakesIn, questionsOf, withDefaults } from '../answers.ts'
import { ScaffoldError } from '../errors.ts'
import type { Output } from '../outputs/names.ts'
import type { Answers, Question, Questions } from '../questions.ts'
import { categories, type Preset } from '../types.ts'
import { valueFromText } from './arguments.ts'
import { forms, isAskedBy, labels, messageOf, offeredText, speaksOf } from './asking.ts'
import { summaryOf } from './summary.ts'

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
  /** How the command was called. */
  program: string
  preset: Preset | undefined
  /** Answers of flags and of a file: they are not asked for. */
  given: Answers
  output: Output | undefined
  directory: string | undefined
  acceptArchived: boolean
}

/** What is done with answers. Both throw errors named ScaffoldError, and then more is asked. */
export interface Doing {
  /** The files that would be written. */
  files(asked: Asked): string[]
  /** Writes them. @returns false where the person does not want that after all */
  write(asked: Asked): Promise<boolean>
}

/**
 * Asks for everything that is not known, shows what it came to, lets it be changed, and writes it.
 * @throws Cancelled, and an error named ScaffoldError where what is known already is wrong
 */
export async function ask(presets: readonly Preset[], known: Known, doing: Doing): Promise<Asked> {
  const keys = watchKeys()
  /** By the preset's name, so that going back as far as that loses nothing. */
  const answered = new Map<string, Answers>()
  try {
    refuseMistakes(known.preset ? [known.preset] : presets, known.given)
    clack.intro(known.program)
    clack.log.info('Enter takes what is shown. Escape goes back, Ctrl-C leaves everything as it is.')
    for (;;) {
      const preset = known.preset ?? (await askPreset(presets, keys))
      if (preset.caution && !known.acceptArchived && !(await askCaution(preset, keys))) {
        if (known.preset) throw new Cancelled()
        continue
      }
      const mistakes = known.preset ? [] : mistakesOf(preset, known.given)
      if (mistakes.length > 0) {
        clack.log.error(mistakes.join('\n'))
        continue
      }
      const answers = answered.get(preset.name) ?? {}
      answered.set(preset.name, answers)
      const asked = await askAll(preset, answers, known, keys, doing)
      if (asked !== back) return asked
    }
  } finally {
    keys.stop()
  }
}

/** What flags say wrongly, whichever preset is chosen, is told of before anything is asked. */
function refuseMistakes(presets: readonly Preset[], given: Answers): void {
  const [fewest = []] = presets
    .map((preset) => mistakesOf(preset, given))
    .sort((one, other) => one.length - other.length)
  if (fewest.length > 0) throw new ScaffoldError(fewest.join('\n'))
}

function mistakesOf(preset: Preset, given: Answers): string[] {
  const questions = questionsOf(preset)
  return mistakesIn(preset, given, (key) => {
    const question = questions[key]
    return question !== undefined && given[key] === undefined && isAskedBy(preset, question)
  })
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
        filter: (typed, { value }) => speaksOf(presets.find(({ name }) => name === value)!, typed),
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

/** One after the other, and back: the questions of a preset, form and folder, and whether to write. */
async function askAll(
  preset: Preset,
  answered: Answers,
  known: Known,
  keys: Keys,
  doing: Doing,
): Promise<Asked | typeof back> {
  const { given } = known
  const questions = questionsOf(preset)
  const all = () => withDefaults(questions, { ...given, ...answered })
  const form: { output?: Output; directory?: string } = {}
  const nameOf = () => String(all().name)
  const steps: Step[] = Object.entries(questions)
    .filter(([key, question]) => given[key] === undefined && isAskedBy(preset, question))
    .map(([key, { when }]) => ({
      applies: () => {
        const isAsked = when?.(all()) ?? true
        if (!isAsked) delete answered[key]
        return isAsked
      },
      async ask() {
        const answer = await askOne(key, questions, all(), keys)
        if (answer !== back) answered[key] = answer
        return answer
      },
    }))
  const askOutput = async () => keep('output', await askForm(form.output, keys))
  const askDirectory = async () => keep('directory', await askFolder(form.directory ?? nameOf(), keys))
  if (known.output === undefined) steps.push({ applies: () => true, ask: askOutput })
  if (known.directory === undefined) steps.push({ applies: () => true, ask: askDirectory })

  for (let index = 0; ; ) {
    const step = steps[index]
    if (step && !step.applies()) index++
    else {
      const answer = step ? await step.ask() : await review()
      if (answer !== back && !step) return answer as Asked
      if (answer !== back) index++
      else {
        const previous = steps.slice(0, index).findLastIndex((one) => one.applies())
        if (previous < 0 && !known.preset) return back
        index = Math.max(previous, 0)
      }
    }
  }

  function keep<Key extends keyof typeof form>(key: Key, answer: (typeof form)[Key] | typeof back) {
    if (answer !== back && answer !== undefined) form[key] = answer
    return answer
  }

  /** Shows what everything came to, and lets it be changed, until it is written. */
  async function review(): Promise<Asked | typeof back> {
    for (;;) {
      const { answers, leftOut } = answersThatCount(questions, { ...given, ...answered })
      const asked: Asked = {
        preset,
        answers,
        output: form.output ?? known.output!,
        directory: form.directory ?? known.directory!,
      }
      try {
        showSummary(asked, doing.files(asked))
        for (const line of leftOut) clack.log.warn(line)
        const next = await askWhetherToWrite(keys)
        if (next === back) return back
        if (next === 'cancel') throw new Cancelled()
        if (next === 'write') {
          if (await doing.write(asked)) return asked
        } else await change(asked)
      } catch (error) {
        if ((error as Error).name !== 'ScaffoldError') throw error
        clack.log.error((error as Error).message)
        if ((await change(asked)) === back) return back
      }
    }
  }

  /** Asks which answer is to be another, and for all that follows from it. */
  async function change({ answers, output, directory }: Asked): Promise<unknown> {
    const complete = withDefaults(questions, answers)
    const chosen = await settle(
      clack.autocomplete({
        message: 'Which one? (type to search)',
        maxItems: 10,
        options: [
          ...summaryOf(preset, complete).map(([flag, value]) => ({
            value: flag,
            label: flag,
            hint: value,
          })),
          { value: ':output', label: 'form', hint: labels[output][0] },
          { value: ':directory', label: 'folder', hint: directory },
        ],
      }),
      keys,
    )
    if (chosen === back || chosen === undefined) return back
    if (chosen === ':output') return keep('output', await askForm(output, keys))
    if (chosen === ':directory') return keep('directory', await askFolder(directory, keys))
    const key = Object.keys(questions).find((one) => flagOf(one) === `--${chosen}`)!
    const value = await askOne(key, questions, complete, keys)
    if (value === back) return undefined
    answered[key] = value
    await askWhatFollows(key)
    return value
  }

  /** After a change, what it makes wrong, and what is asked only now. */
  async function askWhatFollows(changed: string): Promise<void> {
    for (const [key, question] of Object.entries(questions)) {
      if (key === changed) continue
      const now = all()
      if (question.when && !question.when(now)) {
        delete answered[key]
        continue
      }
      const value = answered[key] ?? given[key]
      const isNew = value === undefined && !question.seldom && question.when !== undefined
      if (!isNew && !mistakeIn(question, now[key], now)) continue
      delete answered[key]
      const answer = await askOne(key, questions, all(), keys)
      if (answer !== back) answered[key] = answer
    }
  }
}

/** Something that is asked. */
interface Step {
  applies(): boolean
  ask(): Promise<unknown>
}

async function askForm(initialValue: Output = 'single', keys: Keys): Promise<Output | typeof back> {
  return settle(clack.select({ message: 'In which form?', options: forms, initialValue }), keys)
}

async function askFolder(usual: string, keys: Keys): Promise<string | typeof back> {
  return settle(clack.text({ message: 'Into which folder?', placeholder: usual, defaultValue: usual }), keys)
}

function showSummary({ preset, answers, directory }: Asked, files: string[]): void {
  const rows = summaryOf(preset, withDefaults(questionsOf(preset), answers))
  const width = Math.max(...rows.map(([key]) => key.length))
  clack.note(
    [...rows.map(([key, value]) => `${key.padEnd(width)}  ${value}`), '', ...files].join('\n'),
    `${preset.title} in ${directory}`,
  )
}

function askWhetherToWrite(keys: Keys) {
  return settle(
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
  const message = messageOf(question)
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
  const shown = offeredText(question, initial, known)
  return clack.text({
    message,
    placeholder: shown,
    defaultValue: shown,
    validate: (typed) => mistakeIn(question, valueFromText(question, typed || shown), known),
  })
}
