import { parseArgs } from 'node:util'
import { didYouMean } from '@daemonlint/core/text'
import { flagOf, questionsOf } from '../answers.ts'
import { ScaffoldError } from '../errors.ts'
import { splitExpressions } from '../node-expressions.ts'
import { type Output, outputs } from '../outputs/names.ts'
import type { Answers, ListQuestion, Question, TextQuestion } from '../questions.ts'
import type { Preset } from '../types.ts'
import { splitWords } from '../words.ts'
import type { Flag } from './flags.ts'

/** What the person asked for. */
export interface Arguments {
  preset: string | undefined
  directory: string | undefined
  /** Answers by key, as far as flags give them. */
  given: Answers
  answersFile: string | undefined
  output: Output | undefined
  acceptArchived: boolean
  yes: boolean
  stdout: boolean
  force: boolean
  lint: boolean
  list: boolean
  describe: string | undefined
  help: boolean
  version: boolean
}

/** The flags that are no answers. */
export const ownFlags: readonly Flag[] = [
  {
    name: 'output',
    short: 'o',
    value: outputs.join('|'),
    help: 'One file; one a resource; a Kustomize base with overlays; a Helm chart',
  },
  { name: 'answers', value: 'FILE', help: 'Take answers from a file that a run wrote; flags come first' },
  { name: 'yes', short: 'y', help: 'Ask nothing: what no flag answers has its default' },
  { name: 'stdout', help: 'Print the manifests instead of writing files' },
  { name: 'force', short: 'f', help: 'Overwrite files that are there' },
  { name: 'accept-archived', help: 'Go on with a system that is archived, or better deployed otherwise' },
  { name: 'plugin', value: 'NAME|FILE', help: 'Take presets from a module too: a package or a file' },
  { name: 'no-lint', help: 'Do not lint what was made' },
  { name: 'list', short: 'l', help: 'List the presets' },
  { name: 'describe', value: 'PRESET', help: 'Say what a preset makes, and what it asks' },
  { name: 'help', short: 'h', help: 'Print this; with a preset, its flags too' },
  { name: 'version', short: 'v', help: 'Print the version' },
]

/**
 * The modules that `--plugin` names, which must be known before any other flag can be read.
 * @throws ScaffoldError where a value is missing
 */
export function pluginsIn(argv: readonly string[]): string[] {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: { plugin: { type: 'string', multiple: true } },
  })
  return tokens.flatMap((token) => {
    if (token.kind !== 'option' || token.name !== 'plugin') return []
    if (token.value === undefined || token.value.startsWith('-'))
      throw new ScaffoldError('--plugin needs a value: --plugin NAME|FILE')
    return [token.value]
  })
}

/**
 * Reads the arguments. An answer's flag is known wherever any preset asks for it; whether this one does is said later.
 * @throws ScaffoldError
 */
export function parseArguments(argv: readonly string[], presets: readonly Preset[]): Arguments {
  // Where several presets have a flag, the one that is named knows best how its values are written.
  const named = presets.filter(({ name }) => argv.includes(name))
  const answerFlags = flagsOf([...named, ...presets])
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(
        [...answerFlags].map(([name, { question }]) => [
          name,
          { type: question.kind === 'confirm' ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      ...Object.fromEntries(
        ownFlags.map(({ name, value, short }) => [
          name,
          { type: value ? ('string' as const) : ('boolean' as const), ...(short && { short }) },
        ]),
      ),
    },
  })
  const values = new Map<string, string>()
  const positionals: string[] = []
  const given: Answers = {}
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const own = ownFlags.find(({ name }) => name === token.name)
    const negated = token.name.startsWith('no-') ? answerFlags.get(token.name.slice(3)) : undefined
    const answer = answerFlags.get(token.name) ?? (negated?.question.kind === 'confirm' ? negated : undefined)
    if (own) values.set(own.name, flagValue(token, own.value))
    else if (answer) addAnswer(given, answer.key, answer.question, token, negated !== undefined)
    else throw new ScaffoldError(unknownFlag(token.rawName, [...answerFlags.keys()]))
  }
  if (positionals.length > 2)
    throw new ScaffoldError(`Expected a preset and a directory, not also '${positionals[2]}'.`)
  return {
    preset: positionals[0],
    directory: positionals[1],
    given,
    answersFile: values.get('answers'),
    output: outputOf(values.get('output')),
    acceptArchived: values.has('accept-archived'),
    yes: values.has('yes'),
    stdout: values.has('stdout'),
    force: values.has('force'),
    lint: !values.has('no-lint'),
    list: values.has('list'),
    describe: values.get('describe'),
    help: values.has('help'),
    version: values.has('version'),
  }
}

/** The flags of all answers, without hyphens in front. */
function flagsOf(presets: readonly Preset[]): Map<string, { key: string; question: Question }> {
  const flags = new Map<string, { key: string; question: Question }>()
  for (const preset of presets) {
    for (const [key, question] of Object.entries(questionsOf(preset))) {
      const flag = flagOf(key).slice(2)
      if (!flags.has(flag)) flags.set(flag, { key, question })
    }
  }
  return flags
}

type OptionToken = { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined }

function flagValue(token: OptionToken, wanted: string | undefined): string {
  if (wanted === undefined) {
    if (token.inlineValue) throw new ScaffoldError(`${token.rawName} takes no value.`)
    return ''
  }
  const { value } = token
  // What looks like the next flag is one; `--flag=-x` says otherwise.
  if (value === undefined || (!token.inlineValue && /^-\D/.test(value)))
    throw new ScaffoldError(`${token.rawName} needs a value: ${token.rawName} ${wanted}`)
  return value
}

function addAnswer(
  given: Answers,
  key: string,
  question: Question,
  token: OptionToken,
  isNegated: boolean,
): void {
  if (question.kind === 'confirm') {
    if (token.inlineValue && !['true', 'false'].includes(token.value!))
      throw new ScaffoldError(
        `${token.rawName} takes no value; ${flagOf(key)} means yes, --no-${flagOf(key).slice(2)} no.`,
      )
    given[key] = (token.value === undefined || token.value === 'true') !== isNegated
    return
  }
  const text = flagValue(token, 'VALUE')
  given[key] =
    question.kind === 'list'
      ? [...((given[key] as string[] | undefined) ?? []), ...textsOfFlag(question, text)]
      : valueFromText(question, text)
}

function textsOfFlag({ separator }: ListQuestion, text: string): string[] {
  if (text.trim() === 'none') return []
  return separator === 'none' ? [text] : splitExpressions(text)
}

/** An answer, of what was typed at a prompt: a number where one is asked for, as far as it is one; `none` for what may be empty. */
export function valueFromText(question: Question, text: string): unknown {
  if (question.kind === 'list') {
    if (text.trim() === 'none') return []
    return question.separator === 'none' ? splitWords(text) : splitExpressions(text)
  }
  if (question.kind === 'text' && text.trim() === 'none' && mayBeEmpty(question)) return ''
  return question.kind === 'number' && /^-?\d+$/.test(text.trim()) ? Number(text) : text
}

function mayBeEmpty({ optional, default: usual }: TextQuestion): boolean {
  return optional === true || usual === '' || (typeof usual === 'function' && usual({}) === '')
}

function outputOf(text: string | undefined): Output | undefined {
  if (text === undefined || (outputs as readonly string[]).includes(text)) return text as Output | undefined
  throw new ScaffoldError(
    `There is no output '${text}'.${didYouMean(text, outputs)} Expected ${outputs.join(', ')}.`,
  )
}

function unknownFlag(rawName: string, answerFlags: string[]): string {
  const near = didYouMean(rawName.replace(/^-+/, ''), [...ownFlags.map(({ name }) => name), ...answerFlags])
  return `There is no flag ${rawName}.${near.replace("'", "'--")} See --help.`
}
