import { basename, dirname, join, relative, resolve } from 'node:path'
import { answersBeside, flagOf, questionsOf } from '../answers.ts'
import { ScaffoldError } from '../errors.ts'
import type { FileToLint, Linted } from '../lint.ts'
import { type Output, outputs } from '../outputs/names.ts'
import type { Answers } from '../questions.ts'
import { allPresets, findPreset, type Scaffolded, scaffold } from '../scaffold.ts'
import type { Preset } from '../types.ts'
import { shellWord } from '../words.ts'
import { answersFileName, answersText, readAnswers } from './answers-file.ts'
import { type Arguments, ownFlags, parseArguments, pluginsIn } from './arguments.ts'
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
  /** Plugins by their names, and what each calls its presets. */
  presets?: () => Promise<readonly (readonly [name: string, presets: unknown])[]>
  /** Standard output shows colours. */
  color: boolean
  /** Writes to standard output. */
  print(text: string): void
  /** Writes to standard error. */
  say(text: string): void
  /** Lints files. */
  lint(files: FileToLint[], cwd: string, color: boolean): Promise<Linted>
}

/**
 * Runs the command.
 * @param argv what follows its name
 * @returns the exit code
 * @throws ScaffoldError, nothing having been written
 */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  const presets = allPresets(await presetsOfPlugins(argv, host))
  refuseSwallowedFlags(presets)
  const args = parseArguments(argv, presets)
  const find = (name: string) => findPreset(name, presets)
  if (args.version) return done(host, `${host.version}\n`)
  if (args.help)
    return done(host, helpText(host.program, args.preset === undefined ? undefined : find(args.preset)))
  if (args.list) return done(host, listText(presets))
  if (args.describe !== undefined) return done(host, describeText(find(args.describe), host.program))
  const wanted = withFile(args, presets, host.cwd)
  const isAsking = host.isInteractive && !args.yes && !args.stdout && args.answersFile === undefined
  if (wanted.preset === undefined && !isAsking)
    throw new ScaffoldError(
      `Which preset? ${host.program} --list names them; in a terminal, ${host.program} asks.`,
    )
  const preset = wanted.preset === undefined ? undefined : find(wanted.preset)
  if (args.stdout) return printManifests(args, wanted, preset!, presets, host)
  if (!isAsking) {
    const asked: Asked = {
      preset: preset!,
      answers: wanted.given,
      output: wanted.output ?? 'single',
      directory: wanted.directory ?? nameOf(preset!, wanted.given),
    }
    const made = filesOf(asked, wanted.acceptArchived)
    const existing = existingFor(asked, made)
    if (existing.length > 0)
      throw new ScaffoldError(
        `Nothing was written: ${listed(existing)} in ${shownFolder(asked.directory)} ${existing.length === 1 ? 'is' : 'are'} there already. Choose another folder, or add --force to overwrite.`,
      )
    for (const note of writeFiles(folderOf(asked), made.files, { overwrite: args.force })) host.say(note)
    return finish(asked, made)
  }
  const { ask, askOverwrite, Cancelled } = await import('./interactive.ts')
  try {
    const asked = await ask(
      presets,
      { ...wanted, preset, program: host.program },
      {
        files: (one) => filesOf(one, true).files.map(({ path }) => path),
        async write(one) {
          const made = filesOf(one, true)
          const existing = existingFor(one, made)
          if (existing.length > 0 && !(await askOverwrite(existing))) return false
          const overwrite = args.force || existing.length > 0
          for (const note of writeFiles(folderOf(one), made.files, { overwrite })) host.say(note)
          return true
        },
      },
    )
    return await finish(asked, filesOf(asked, true))
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    host.say('Cancelled: nothing was written.')
    return 130
  }

  function filesOf({ preset, answers, output, directory }: Asked, acceptArchived: boolean): Scaffolded {
    const made = scaffold({ ...answers, preset: preset.name, output, acceptArchived }, { presets })
    const path = shellWord(join(shownFolder(directory), answersFileName))
    const withPlugins = pluginsIn(argv)
      .map((name) => ` --plugin ${shellWord(name)}`)
      .join('')
    const contents = answersText(made.answers, `${host.program}${withPlugins} --answers ${path} --force`)
    return { ...made, files: [...made.files, { path: answersFileName, contents }] }
  }

  function folderOf({ directory }: Asked): string {
    return resolve(host.cwd, directory)
  }

  /** Those that are there and may not be overwritten unasked. */
  function existingFor(asked: Asked, { files }: Scaffolded): string[] {
    return args.force ? [] : existingFiles(folderOf(asked), files)
  }

  /** After everything is written: says so, lints it, and says what to do next. */
  async function finish(asked: Asked, made: Scaffolded): Promise<number> {
    host.print(report(asked, made))
    const isLinted = args.lint ? await lintAll(asked, made) : true
    host.print(nextSteps(asked, made))
    return isLinted ? 0 : 1
  }

  /** @returns false where the linter failed */
  async function lintAll({ preset, answers, output, directory }: Asked, made: Scaffolded): Promise<boolean> {
    const folder = resolve(host.cwd, directory)
    const what = output === 'helm' ? 'Linted what the chart renders to with its values' : 'Linted'
    try {
      const files =
        output === 'helm'
          ? [rendered(preset, answers, folder)]
          : made.files.map(({ path }) => ({ path: join(folder, path) }))
      const { report, rejected } = await host.lint(files, host.cwd, host.color)
      host.print(
        report === ''
          ? `${what}, with daemonlint/strict: nothing found.\n`
          : `\n${what}, with daemonlint/strict:\n${report}\n`,
      )
      if (rejected > 0)
        host.print(
          `\nThe API server would refuse this: ${rejected === 1 ? 'one finding says' : `${rejected} findings say`} why. Mend that first.\n`,
        )
      return true
    } catch (error) {
      const { message, stack } = error as Error
      host.say(
        `Everything is written, but linting it failed: ${process.env.DAEMONLINT_DEBUG ? stack : message.split('\n', 1)[0]}`,
      )
      return false
    }
  }

  /** Templates hide what they come to; their values come to what is one file otherwise. */
  function rendered(preset: Preset, answers: Answers, folder: string): FileToLint {
    const { files } = scaffold({ ...answers, preset: preset.name, acceptArchived: true }, { presets })
    return { path: join(folder, 'rendered.yaml'), text: files[0]!.contents }
  }

  function report({ preset, directory, output }: Asked, { files }: Scaffolded): string {
    const names = (files.length > 12 ? foldersOf(files) : files.map(({ path }) => path)).join('\n  ')
    return `${preset.title}, ${formOf[output]}, in ${shownFolder(directory)}:\n  ${names}\n`
  }

  function nextSteps({ directory }: Asked, { next }: Scaffolded): string {
    // What is no command stands there as a comment, so that all of it can be pasted.
    const steps = next.map((step) => (/^(kubectl|helm) /.test(step) ? `  ${step}` : `  # ${step}`))
    const folder = shownFolder(directory)
    const enter = folder === '.' ? [] : [`  cd ${shellWord(folder)}`]
    return `\nNext:\n${[...enter, ...steps].join('\n')}\n`
  }

  function shownFolder(directory: string): string {
    const shown = relative(host.cwd, resolve(host.cwd, directory)) || '.'
    return shown.startsWith('-') ? `./${shown}` : shown
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
      `--answers ${answersFile}: there is no output ${JSON.stringify(outputInFile)}. Expected ${outputs.join(', ')}.`,
    )
  if (isAccepted !== undefined && typeof isAccepted !== 'boolean')
    throw new ScaffoldError(`--answers ${answersFile}: 'acceptArchived' is true or false.`)
  // The file names the preset, so that a single argument can only be the folder.
  const isFolder =
    preset !== undefined && args.directory === undefined && !presets.some(({ name }) => name === args.preset)
  if (!isFolder && preset !== undefined && args.preset !== undefined && args.preset !== preset)
    throw new ScaffoldError(`--answers ${answersFile} is for the preset ${preset}, not ${args.preset}.`)
  return {
    preset: preset ?? args.preset,
    directory: (isFolder ? args.preset : args.directory) ?? folderOf(answersFile),
    given: {
      ...besideFlags(
        answers,
        given,
        presets.find(({ name }) => name === (preset ?? args.preset)),
      ),
      ...given,
    },
    output: output ?? (outputInFile as Output | undefined),
    acceptArchived: acceptArchived || isAccepted === true,
  }
}

/** A file that a run wrote stands among what it makes; another may stand anywhere. */
function folderOf(answersFile: string): string | undefined {
  return basename(answersFile) === answersFileName ? dirname(answersFile) : undefined
}

function besideFlags(answers: Answers, given: Answers, preset: Preset | undefined): Answers {
  return preset ? answersBeside(preset, answers, given) : answers
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
  const { files } = scaffold({ ...given, preset: preset.name, output: 'single', acceptArchived }, { presets })
  host.print(files[0]!.contents)
  return 0
}

function nameOf(preset: Preset, given: Answers): string {
  return typeof given.name === 'string' && given.name !== '' ? given.name : preset.name
}

/** Those of the configuration, then those that `--plugin` names; of two of the same name the later one. */
async function presetsOfPlugins(argv: readonly string[], host: Host): Promise<Preset[]> {
  const named = pluginsIn(argv)
  const found = [
    ...((await host.presets?.()) ?? []).flatMap(([name, presets]) =>
      checkPresets(`Plugin '${name}'`, presets),
    ),
    ...(await loadPresets(named, host.cwd)),
  ]
  return found.filter(({ name }, index) => !found.slice(index + 1).some((later) => later.name === name))
}

/** Flags that npm has itself: it takes them rightly, and may have them from its own configuration. */
const flagsOfNpm = ['yes', 'force', 'version', 'help', 'registry', 'os', 'cpu']

/** npm keeps flags for itself that stand before `--`, and says so in the environment alone. */
function refuseSwallowedFlags(presets: readonly Preset[]): void {
  const { npm_config_user_agent: agent = '', npm_command: command } = process.env
  if (!agent.startsWith('npm/') || (command !== 'init' && command !== 'create')) return
  const names = [
    ...ownFlags.map(({ name }) => name),
    ...presets.flatMap((preset) => Object.keys(questionsOf(preset)).map((key) => flagOf(key).slice(2))),
  ].filter((name) => !flagsOfNpm.includes(name))
  // Of --no-lint it makes lint, which is off.
  const swallowed = names.find((name) =>
    [name, name.replace(/^no-/, '')].some(
      (one) => process.env[`npm_config_${one.replaceAll('-', '_')}`] !== undefined,
    ),
  )
  if (swallowed)
    throw new ScaffoldError(
      `npm kept --${swallowed} for itself. Put -- before the flags: npm create daemonset -- PRESET --${swallowed} …; or call npx create-daemonset.`,
    )
}

function listed(paths: string[]): string {
  return paths.length > 4 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ')
}
