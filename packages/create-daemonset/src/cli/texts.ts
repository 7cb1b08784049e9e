import { completeAnswers, defaultOf, flagOf, questionsOf } from '../answers.ts'
import { defaultImage } from '../images.ts'
import type { Answers, Question } from '../questions.ts'
import { manifestsOf } from '../scaffold.ts'
import { categories, type Preset } from '../types.ts'
import { ownFlags } from './arguments.ts'
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
  return `${lines.join('\n')}\n\nExit codes: 0 done; 2 nothing was written, and why; 130 cancelled.\n`
}

/** The text of `--list`. */
export function listText(presets: readonly Preset[]): string {
  const groups = Object.entries(categories).flatMap(([category, title]) => {
    const found = presets.filter((preset) => preset.category === category)
    return found.length === 0
      ? []
      : [
          [
            title,
            ...found.map(
              ({ name, summary, caution }) =>
                `  ${name.padEnd(24)}${caution ? '(see --describe) ' : ''}${summary}`,
            ),
          ].join('\n'),
        ]
  })
  return `${groups.join('\n\n')}\n`
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
    `Example: ${program} ${name} my-${name}`,
  ].join('\n')}\n`
}

/** The kinds of objects that a preset makes with its defaults, with how many there are of each. */
export function objectsOf(preset: Preset): string[] {
  const { manifests } = manifestsOf(preset, completeAnswers(preset, preset.example ?? {}))
  const counts = new Map<string, number>()
  for (const { object } of manifests) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}s`))
}

function answerRows(preset: Preset): string[] {
  const defaults: Answers = {}
  return Object.entries(questionsOf(preset)).flatMap(([key, question]) => {
    const isAsked = question.when?.(defaults) ?? true
    defaults[key] = defaultOf(question, defaults)
    const shown = isAsked ? shownValue(defaults[key]) : ''
    // What never applies to this preset is not worth a line.
    if (!isAsked && ['monitor', 'networkPolicy', 'maxSurge'].includes(key)) return []
    return [row(`    ${flagText(key, question)}`, `${question.help}${shown ? ` [${shown}]` : ''}`)]
  })
}

/** `--sink elasticsearch|loki`, `--journal`. */
export function flagText(key: string, question: Question): string {
  switch (question.kind) {
    case 'confirm':
      return `--[no-]${flagOf(key).slice(2)}`
    case 'select':
      return `${flagOf(key)} ${question.choices.map(({ value }) => value).join('|')}`
    case 'number':
      return `${flagOf(key)} N`
    case 'text':
      return `${flagOf(key)} ${question.value ?? 'TEXT'}`
    case 'list':
      return `${flagOf(key)} ${question.value ?? 'TEXT'},…`
  }
}

function row(left: string, right: string): string {
  return left.length + 2 < column + 2
    ? `${left.padEnd(column + 2)}${right}`
    : `${left}\n${' '.repeat(column + 2)}${right}`
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`.replace(/[.]?$/, '.')
}

function wrapped(text: string, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > 96) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => indent + one).join('\n')
}
