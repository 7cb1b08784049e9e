import { basename, resolve, sep } from 'node:path'
import { createConfigResolver, nearest, type ResolvedConfig } from '@daemonlint/core'
import {
  type ConfigLookup,
  displayPath,
  errorCode,
  FileError,
  findFiles,
  type Ignores,
  isGlob,
  isManifestName,
  readAll,
  type Source,
  systemReason,
} from '@daemonlint/node'
import { subcommands } from './flags.ts'
import { type Options, rendersAny } from './options.ts'
import type { Session } from './session.ts'

/** What the arguments name. */
export interface Inputs {
  /** Standard input, where that is to be linted. */
  text: Input | undefined
  /** The files of the run, that rules see too: absolute paths, each once, sorted. */
  files: readonly string[]
  /** Those that are to be linted. */
  wanted: readonly string[]
  /** What is not there or cannot be read: a sentence each. */
  failures: string[]
  /** Why something that was named is passed over: a sentence each. */
  passedOver: string[]
}

/** A text and what holds for it. */
export interface Input {
  /** Absolute; without a name, a word that stands for it. */
  filePath: string
  shown: string
  source: Source
  config: ResolvedConfig
}

/** Finds what is asked for: standard input, or files. */
export async function inputsOf(session: Session): Promise<Inputs> {
  return session.options.stdin ? standardInput(session) : findInputs(session)
}

const commands = subcommands.map(({ name }) => name)
/** What other tools call what this one does without a command. */
const foreignCommands = ['lint', 'check', 'run', 'validate', 'fix', 'help', 'version']

/** A word that is no path was perhaps meant as a command: `lint`, `rule`. */
function seemsCommand(word: string): boolean {
  return foreignCommands.includes(word) || nearest(word, commands) !== undefined
}

/** Finds the files that are asked for; without anything, those of the current directory. */
async function findInputs(session: Session): Promise<Inputs> {
  const { options, cwd, lookup, listings, base } = session
  const named = options.paths.length > 0
  const here = rendersAny(options) ? [] : ['.']
  const found = await findFiles(named ? options.paths : here, {
    cwd,
    listings,
    gitIgnore: options.ignore,
    ignores: withPatterns(lookup, options.ignorePattern, cwd),
  })
  const unmatched = named
    ? found.unmatched.map(({ pattern, reason, message }) =>
        reason === 'missing' && seemsCommand(pattern)
          ? `${message} Commands are ${commands.join(', ')}.`
          : message,
      )
    : []
  const isPattern = patternMatcher(options.ignorePattern, cwd)
  const ignored = found.ignored.map(
    (path) =>
      `${displayPath(path, cwd)} is ignored by ${isPattern(path) ? '--ignore-pattern' : 'the configuration'}.`,
  )
  const files = [...found.files, ...(await missingFiles(session))].sort()
  return {
    text: undefined,
    files,
    // What may have changed is linted rather than lost.
    wanted: base ? files.filter((path) => base.changed.has(path) || base.isElsewhere(path)) : files,
    failures: [
      ...found.errors.map(({ message }) => message),
      ...(options.errorOnUnmatchedPattern ? unmatched : []),
    ],
    passedOver: options.errorOnUnmatchedPattern ? ignored : [],
  }
}

/** Manifests that are staged, and that were removed from the disk since; no walk finds them. */
async function missingFiles({ options, cwd, lookup, index }: Session): Promise<string[]> {
  const isMeant = isNamedBy(options, cwd)
  const ignores = withPatterns(lookup, options.ignorePattern, cwd)
  const found: string[] = []
  for (const path of index?.missing ?? []) {
    if (isMeant(path) && isManifestName(basename(path)) && !(await ignores.ignoresFile(path)))
      found.push(path)
  }
  return found
}

/** Tells which files the arguments name, by themselves, by a folder or by a glob, also where they are not there. */
export function isNamedBy(options: Options, cwd: string): (path: string) => boolean {
  const names = options.paths.length > 0 || rendersAny(options) ? options.paths : ['.']
  const folders = names.map((name) => resolve(cwd, name))
  const isMatch = patternMatcher(names.filter(isGlob), cwd)
  return (path) =>
    folders.some(
      (folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep),
    ) || isMatch(path)
}

/** What the configurations ignore, and what --ignore-pattern does, whose globs start from the current directory. */
function withPatterns(lookup: Ignores, patterns: string[], cwd: string): Ignores {
  if (patterns.length === 0) return lookup
  const isPattern = patternMatcher(patterns, cwd)
  return {
    ignoresFile: (path) => isPattern(path) || lookup.ignoresFile(path),
    ignoresDirectory: (path) => isPattern(path, '/') || lookup.ignoresDirectory(path),
  }
}

/** Tells which paths globs mean, such as those of --ignore-pattern; what ends with `/` is a directory. */
function patternMatcher(patterns: string[], cwd: string): (path: string, end?: '/') => boolean {
  if (patterns.length === 0) return () => false
  const { isIgnored } = createConfigResolver([{ ignores: patterns }])
  return (path, end = undefined) => isIgnored(`${displayPath(path, cwd)}${end ?? ''}`)
}

/** Standard input, and the file it stands for. */
async function standardInput(session: Session): Promise<Inputs> {
  const { options, cwd, lookup } = session
  const text = await readStandardInput(options, cwd, lookup)
  const { ignored } = text.config
  return {
    text: ignored ? undefined : text,
    files: options.stdinFilename && !ignored ? [text.filePath] : [],
    wanted: [],
    failures: [],
    passedOver: ignored ? [`${text.shown} is ignored by the configuration.`] : [],
  }
}

/** All of standard input, and what holds for the file it stands for. */
async function readStandardInput(
  { stdinFilename }: Options,
  cwd: string,
  lookup: ConfigLookup,
): Promise<Input> {
  const source = readInput()
  if (stdinFilename === undefined) {
    const { resolver } = await lookup.forDirectory(cwd)
    return { filePath: '<stdin>', shown: '<stdin>', source, config: resolver.forFile(undefined) }
  }
  const filePath = resolve(cwd, stdinFilename)
  return { filePath, shown: displayPath(filePath, cwd), source, config: await lookup.forFile(filePath) }
}

function readInput(): Uint8Array {
  try {
    return readAll(0, 'Standard input')
  } catch (error) {
    if (error instanceof FileError) throw error
    throw new FileError(`Standard input cannot be read: ${systemReason(error)}.`, '<stdin>', errorCode(error))
  }
}
