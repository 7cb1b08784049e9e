import { dirname, join, relative, resolve } from 'node:path'
import { flagOf, questionsOf } from '../answers.ts'
import { ScaffoldError } from '../errors.ts'
import type { FileToLint } from '../lint.ts'
import { type Output, outputs } from '../outputs/names.ts'
import type { Answers } from '../questions.ts'
import { allPresets, cautionOf, findPreset, type Scaffolded, scaffold } from '../scaffold.ts'
import type { Preset } from '../types.ts'
import { answersFileName, answersText, readAnswers } from './answers-file.ts'
import { type Arguments, parseArguments, pluginsIn } from './arguments.ts'
import type { Asked } from './interactive.ts'
import { checkPresets, loadPresets } from './plugins.ts'
import { describeText, helpText, listText } from './texts.ts'
import { existingFiles, writeFiles } from './write-files.ts'

/** What the command is run in. */
export interface Host {
  /** How it was called: `npx create-daemonset`. */
  program: string
  version: string
  /** Absolute. */
  cwd: string
  /** A person sits at a terminal. */
  isInteractive: boolean
  /** What plugins call their presets, by what each plugin is named. */
  presets?: () => Promise<Record<string, unknown>>
  /** Writes to standard output. */
  print(text: string): void
  /** Writes to standard error. */
  say(text: string): void
  /** Lints files, and returns the report, '' where nothing was found. */
  lint(files: FileToLint[], cwd: string): Promise<string>
}

/**
 * Runs the command.
 * @param argv what follows its name
 * @returns the exit code
 * @throws ScaffoldError, nothing having been written
 */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  const plugins = pluginsIn(argv)
  const presets = allPresets([
    ...Object.entries((await host.presets?.()) ?? {}).flatMap(([origin, found]) =>
      checkPresets(origin, found),
    ),
    ...(plugins.length > 0 ? await loadPresets(plugins, host.cwd) : []),
  ])
  const args = parseArguments(argv, presets)
  const find = (name: string) => findPreset(name, presets)
  if (args.version) return done(host, `${host.version}\n`)
  if (args.help)
    return done(host, helpText(host.program, args.preset === undefined ? undefined : find(args.preset)))
  if (args.list) return done(host, listText(presets))
  if (args.describe !== undefined) return done(host, describeText(find(args.describe), host.program))
  refuseSwallowedFlags(presets)
  const wanted = withFile(args, presets, host.cwd)
  const isAsking = host.isInteractive && !args.yes && !args.stdout && args.answersFile === undefined
  if (wanted.preset === undefined && !isAsking)
    throw new ScaffoldError(
      `Which preset? ${host.program} --list names them; in a terminal, ${host.program} asks.`,
    )
  const preset = wanted.preset === undefined ? undefined : find(wanted.preset)
  if (args.stdout) return printManifests(args, wanted, preset!, presets, host)
  if (!isAsking)
    return write(
      {
        preset: preset!,
        answers: wanted.given,
        output: wanted.output ?? 'single',
        directory: wanted.directory ?? nameOf(preset!, wanted.given),
      },
      wanted.acceptArchived,
    )
  const { ask, askOverwrite, Cancelled } = await import('./interactive.ts')
  try {
    const asked = await ask(presets, { ...wanted, preset }, (one) =>
      filesOf(one, true).files.map(({ path }) => path),
    )
    return await write(asked, true, askOverwrite)
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    host.say('Cancelled: nothing was written.')
    return 130
  }

  function filesOf({ preset, answers, output, directory }: Asked, acceptArchived: boolean): Scaffolded {
    const made = scaffold({ ...answers, preset: preset.name, output, acceptArchived }, { presets })
    const path = join(shownFolder(directory), answersFileName)
    const contents = answersText(made.answers, `${host.program} --answers ${path} --force`)
    return { ...made, files: [...made.files, { path: answersFileName, contents }] }
  }

  async function write(
    asked: Asked,
    acceptArchived: boolean,
    mayOverwrite?: (paths: string[]) => Promise<boolean>,
  ): Promise<number> {
    const made = filesOf(asked, acceptArchived)
    const folder = resolve(host.cwd, asked.directory)
    const existing = args.force ? [] : existingFiles(folder, made.files)
    if (existing.length > 0 && !(await mayOverwrite?.(existing))) {
      if (mayOverwrite) host.say('Nothing was written.')
      else
        throw new ScaffoldError(
          `Nothing was written: ${listed(existing)} in ${shownFolder(asked.directory)} ${existing.length === 1 ? 'is' : 'are'} there already. Choose another folder, or add --force to overwrite.`,
        )
      return 130
    }
    writeFiles(folder, made.files)
    host.print(report(asked, made, folder))
    if (args.lint) await lintAll(asked, made, folder)
    host.print(nextSteps(asked, made))
    return 0
  }

  async function lintAll(
    { preset, answers, output }: Asked,
    made: Scaffolded,
    folder: string,
  ): Promise<void> {
    const files = made.files.map(({ path }) => ({ path: join(folder, path) }))
    const found = await host.lint(output === 'helm' ? [rendered(preset, answers, folder)] : files, host.cwd)
    const what = output === 'helm' ? 'Linted what the chart renders to with its values' : 'Linted'
    host.print(
      found === ''
        ? `${what}, with daemonlint/strict: nothing found.\n`
        : `\n${what}, with daemonlint/strict:\n${found}\n`,
    )
  }

  /** Templates hide what they come to; their values come to what is one file otherwise. */
  function rendered(preset: Preset, answers: Answers, folder: string): FileToLint {
    const { files } = scaffold({ ...answers, preset: preset.name, acceptArchived: true }, { presets })
    return { path: join(folder, 'rendered.yaml'), text: files[0]!.contents }
  }

  function report({ preset, directory, output }: Asked, { files }: Scaffolded, folder: string): string {
    const names = (files.length > 12 ? foldersOf(files) : files.map(({ path }) => path)).join('\n  ')
    return `${preset.title}, ${formOf[output]}, in ${shownFolder(directory) || folder}:\n  ${names}\n`
  }

  function nextSteps({ directory }: Asked, { next }: Scaffolded): string {
    // What is no command stands there as a comment, so that all of it can be pasted.
    const steps = next.map((step) => (/^(kubectl|helm) /.test(step) ? `  ${step}` : `  # ${step}`))
    return `\nNext:\n${[...(shownFolder(directory) === '.' ? [] : [`  cd ${shownFolder(directory)}`]), ...steps].join('\n')}\n`
  }

  function shownFolder(directory: string): string {
    return relative(host.cwd, resolve(host.cwd, directory)) || '.'
  }
}

/** Folders with how many files each holds, for whoever cannot read a list of all. */
function foldersOf(files: readonly { path: string }[]): string[] {
  const counts = new Map<string, number>()
  for (const { path } of files) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : path
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts].map(([path, count]) =>
    path.endsWith('/') ? `${path} (${count} ${count === 1 ? 'file' : 'files'})` : path,
  )
}

const formOf: Record<Output, string> = {
  single: 'in one file',
  files: 'a file for each resource',
  kustomize: 'a Kustomize base with overlays',
  helm: 'a Helm chart',
}

function done(host: Host, text: string): number {
  host.print(text)
  return 0
}

interface Wanted {
  preset: string | undefined
  directory: string | undefined
  given: Answers
  output: Output | undefined
  acceptArchived: boolean
}

/** What flags and the answers file say together; flags come first. */
function withFile(args: Arguments, presets: readonly Preset[], cwd: string): Wanted {
  const { given, output, acceptArchived, answersFile } = args
  if (answersFile === undefined)
    return { preset: args.preset, directory: args.directory, given, output, acceptArchived }
  const file = readAnswers(answersFile, cwd)
  const { preset, output: outputInFile, acceptArchived: isAccepted, ...answers } = file
  if (preset !== undefined && typeof preset !== 'string')
    throw new ScaffoldError(`--answers ${answersFile}: 'preset' is no name.`)
  if (outputInFile !== undefined && !outputs.includes(outputInFile as Output))
    throw new ScaffoldError(
      `--answers ${answersFile}: there is no output '${outputInFile}'. Expected ${outputs.join(', ')}.`,
    )
  // The file names the preset, so that a single argument can only be the folder.
  const isFolder =
    preset !== undefined && args.directory === undefined && !presets.some(({ name }) => name === args.preset)
  if (!isFolder && preset !== undefined && args.preset !== undefined && args.preset !== preset)
    throw new ScaffoldError(`--answers ${answersFile} is for the preset ${preset}, not ${args.preset}.`)
  return {
    preset: preset ?? args.preset,
    directory: (isFolder ? args.preset : args.directory) ?? dirname(answersFile),
    given: { ...answers, ...given },
    output: output ?? (outputInFile as Output | undefined),
    acceptArchived: acceptArchived || isAccepted === true,
  }
}

function printManifests(
  args: Arguments,
  { given, output, acceptArchived }: Wanted,
  preset: Preset,
  presets: readonly Preset[],
  host: Host,
): number {
  if (output !== undefined && output !== 'single')
    throw new ScaffoldError(
      `--stdout prints one text, and --output ${output} is several files. Leave one of them out.`,
    )
  if (args.directory !== undefined)
    throw new ScaffoldError('--stdout writes no files, so it takes no directory.')
  if (preset.caution && !acceptArchived) throw new ScaffoldError(cautionOf(preset))
  const { files } = scaffold({ ...given, preset: preset.name, output: 'single', acceptArchived }, { presets })
  host.print(files[0]!.contents)
  return 0
}

function nameOf(preset: Preset, given: Answers): string {
  return typeof given.name === 'string' && given.name !== '' ? given.name : preset.name
}

/** npm keeps flags for itself that stand before `--`, and says so in the environment alone. */
function refuseSwallowedFlags(presets: readonly Preset[]): void {
  const { npm_config_user_agent: agent = '', npm_command: command } = process.env
  if (!agent.startsWith('npm/') || (command !== 'init' && command !== 'create')) return
  // Flags that npm has itself are always there.
  const own = new Set(['registry', 'os', 'arch', 'cpu', 'name', 'namespace', 'image', 'nodes', 'output'])
  const keys = new Set(presets.flatMap((preset) => Object.keys(questionsOf(preset))))
  const swallowed = [...keys]
    .filter((key) => !own.has(key))
    .map((key) => flagOf(key))
    .find((flag) => process.env[`npm_config_${flag.slice(2).replaceAll('-', '_')}`] !== undefined)
  if (swallowed)
    throw new ScaffoldError(
      `npm kept ${swallowed} for itself. Put -- before the flags: npm create daemonset -- PRESET ${swallowed} …; or call npx create-daemonset.`,
    )
}

function listed(paths: string[]): string {
  return paths.length > 4 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ')
}
