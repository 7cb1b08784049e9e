import {
  completeAnswers,
  conditionOf,
  conditionText,
  flagOf,
  flagsFor,
  questionsOf,
  usualAnswer,
  withDefaults,
} from '../answers.ts'
import { defaultImage } from '../images.ts'
import type { Question } from '../questions.ts'
import { manifestsOf } from '../scaffold.ts'
import { categories, type Preset } from '../types.ts'
import { ownFlags } from './arguments.ts'
import { valueText } from './flags.ts'
import { shownValue } from './summary.ts'

const column = 34

/** The text of `--help`. @param program how the command was called */
export function helpText(program: string, preset?: Preset): string {
  const lines = [
    'Scaffolds a DaemonSet: an agent that is right from the first line, to read and to own.',
    '',
    `Usage: ${program} [PRESET] [DIRECTORY] [flags]`,
    '',
    'In a terminal it asks what no flag answers; elsewhere, and with --yes, it takes defaults.',
    '',
    'Flags:',
    ...ownFlags.map(({ name, short, value, help }) =>
      row(`${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`, help),
    ),
    '',
  ]
  if (preset) lines.push(`Answers of ${preset.name}:`, ...answerRows(preset))
  else lines.push(`${program} --list names the presets; ${program} PRESET --help the flags of one.`)
  return `${lines.join('\n')}\n\nExit codes: 0 done; 1 written, but linting failed; 2 nothing was written, and why; 130 cancelled.\n`
}

/** The text of `--list`. */
export function listText(presets: readonly Preset[]): string {
  const groups = Object.entries(categories).flatMap(([category, title]) => {
    const found = presets.filter((preset) => preset.category === category)
    return found.length === 0 ? [] : [[title, ...found.map(listed)].join('\n')]
  })
  return `${groups.join('\n\n')}\n`
}

function listed({ name, summary, caution }: Preset): string {
  const text = `${caution ? `[${caution.state}] ` : ''}${summary}`
  return `  ${name.padEnd(23)} ${wrapped(text, ' '.repeat(26), 74).trimStart()}`
}

/** The text of `--describe PRESET`. */
export function describeText(preset: Preset, program: string): string {
  const { title, name, summary, homepage, caution, images, notes = [], scope } = preset
  const kinds = objectsOf(preset)
  const section = (heading: string, lines: string[]) =>
    lines.length > 0 ? ['', `${heading}:`, ...lines.map((line) => wrapped(line, '  '))] : []
  return `${[
    `${title} (${name})`,
    wrapped(sentence(summary), ''),
    ...(homepage ? [homepage] : []),
    ...(caution
      ? ['', wrapped(`Warning: ${caution.why} Successor: ${caution.successor}. Needs --accept-archived.`, '')]
      : []),
    ...(scope ? ['', wrapped(scope, '')] : []),
    ...section(
      'Images',
      Object.values(images)
        .filter(({ repository }) => repository !== '')
        .map(defaultImage),
    ),
    ...section('Makes', [kinds.join(', ')]),
    ...section(
      'Good to know',
      notes.map((note) => `- ${note}`),
    ),
    '',
    'Answers:',
    ...answerRows(preset),
    '',
    `Example: ${program} ${exampleOf(preset)}`,
  ].join('\n')}\n`
}

/** The kinds of objects that a preset makes with its defaults, with how many there are of each. */
export function objectsOf(preset: Preset): string[] {
  const { manifests } = manifestsOf(preset, completeAnswers(preset, preset.example ?? {}))
  const counts = new Map<string, number>()
  for (const { object } of manifests) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${plural(kind)}`))
}

function plural(kind: string): string {
  if (kind.endsWith('s')) return `${kind}es`
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`
}

/** Arguments that make it: its name, a folder, and what has no default. */
export function exampleOf(preset: Preset): string {
  const { name, example = {}, caution } = preset
  const flags = flagsFor(example, questionsOf(preset))
  return [name, `my-${name}`, ...(flags ? [flags] : []), ...(caution ? ['--accept-archived'] : [])].join(' ')
}

function answerRows(preset: Preset): string[] {
  const { example = {} } = preset
  const questions = questionsOf(preset)
  const usual = withDefaults(questions, example)
  return Object.entries(questions).flatMap(([key, question]) => {
    const condition = conditionOf(key, questions, example)
    // What never applies to this preset is not worth a line.
    if (question.when && !condition && !question.when(usual)) return []
    const shown = example[key] === undefined ? shownValue(usualAnswer(key, questions, example), question) : ''
    const help = `${question.help}${condition ? ` (${conditionText(condition, questions)})` : ''}${shown ? ` [${shown}]` : ''}`
    return [row(`    ${flagText(key, question)}`, help)]
  })
}

/** `--sink elasticsearch|loki`, `--[no-]journal`. */
export function flagText(key: string, question: Question): string {
  const value = valueText(question)
  return value === undefined ? `--[no-]${flagOf(key).slice(2)}` : `${flagOf(key)} ${value}`
}

function row(left: string, right: string): string {
  const text = wrapped(right, ' '.repeat(column + 2), 74)
  return left.length < column + 2 ? `${left.padEnd(column + 2)}${text.trimStart()}` : `${left}\n${text}`
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`.replace(/[.]?$/, '.')
}

function wrapped(text: string, indent: string, width = 96): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => indent + one).join('\n')
}
