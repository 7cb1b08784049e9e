import { dirname, resolve } from 'node:path'
import {
  normaliseVersions,
  type Project,
  powerlessRules,
  type ResolvedConfig,
  type ResourceEntry,
} from '@daemonlint/core'
import {
  buildProject,
  createListings,
  createSources,
  displayPath,
  type FileError,
  GitError,
  openGitBase,
  readSource,
  type Source,
} from '@daemonlint/node'
import { createFailedFiles } from './failed-files.ts'
import { findInputs, type Input, readStandardInput } from './inputs.ts'
import { type LintedFile, lintFile } from './lint-file.ts'
import { createLookup } from './lookup.ts'
import { prepareForMany } from './many-files.ts'
import type { Options } from './options.ts'
import { checkOutput } from './output-file.ts'
import { prepare } from './prepare.ts'
import { unusedEntries } from './unused-entries.ts'
import { UsageError } from './usage-error.ts'
import { changedMeanwhile, replaceFile } from './write-file.ts'

/** What a run found out. */
export interface RunResult {
  /** One for each file read, in the order of their paths. */
  files: LintedFile[]
  /** A finding that is reported has suggestions. */
  offersChoice: boolean
  /** What was named but could not be found, read or written: a sentence each. */
  failures: string[]
  /** Why something that was named was passed over: a sentence each. */
  passedOver: string[]
  /** Settings of configurations that count for nothing: a sentence each. */
  powerless: string[]
  /** Entries of configurations about certain resources that no resource of the run matches. */
  unusedEntries: string[]
  /** How many suppressions are left over, for findings that do not occur any more. */
  unpruned?: number
  /** Suppressions were written: where, and how many there were and are. */
  recorded?: { path: string; before: number; after: number }
}

/**
 * Lints what was asked for, and writes what it mends.
 * @param cwd absolute
 * @throws UsageError, and errors named ConfigError or RuleError
 */
export async function run(options: Options, cwd: string): Promise<RunResult> {
  const kubernetesVersions = versionsOf(options)
  const listings = createListings()
  const sources = createSources()
  const lookup = createLookup(options, cwd, listings)
  const result: RunResult = {
    offersChoice: false,
    files: [],
    failures: [],
    passedOver: [],
    powerless: [],
    unusedEntries: [],
  }
  const failedFiles = createFailedFiles(cwd)
  const base = options.since === undefined ? undefined : await openBase(options.since, cwd)
  const previousText = base && { previousText: base.previousText }
  const prepared = new Set<ResolvedConfig>()
  const used = new Set<ResourceEntry>()

  async function lintOne({ filePath, shown, source, config }: Input, project: Project | undefined) {
    if (!prepared.has(config)) await prepare(config, lookup, dirname(filePath))
    prepared.add(config)
    const asksForChoice = !result.offersChoice
    const input = { filePath, displayPath: shown, source, config, project, kubernetesVersions, asksForChoice }
    try {
      let linted = lintFile(input, options)
      const { output } = linted
      const unmended = options.fix && output !== undefined ? write(filePath, output, source) : undefined
      if (unmended !== undefined)
        linted = lintFile({ ...input, source: unmended }, { ...options, fix: false })
      result.offersChoice ||= linted.offersChoice
      result.files.push(linted)
      for (const entry of config.entries) if (linted.lint.usedEntries.has(entry.id)) used.add(entry)
    } catch (error) {
      if (!failedFiles.take(error, filePath)) throw error
    }
  }

  async function lintPath(path: string, project: Project) {
    const config = await lookup.forFile(path)
    const shown = displayPath(path, cwd)
    try {
      await lintOne({ filePath: path, shown, source: sources.read(path), config }, project)
    } catch (error) {
      if (!isFileError(error)) throw error
      result.failures.push(error.message)
    }
  }

  /** Writes a file, or says why not. Returns what it holds if that is not the output. */
  function write(path: string, output: string, before: Source): Source | undefined {
    sources.forget(path)
    try {
      replaceFile(path, output, Buffer.from(before))
      return undefined
    } catch (error) {
      if (!isFileError(error)) throw error
      result.failures.push(error.message)
      return error.code === changedMeanwhile ? readSource(path) : before
    }
  }

  if (options.stdin) {
    const source = await readStandardInput(options, cwd, lookup)
    const { filePath, shown, config } = source
    const project = options.stdinFilename
      ? buildProject([filePath], { cwd, listings, sources, ...previousText })
      : undefined
    if (config.ignored) result.passedOver.push(`${shown} is ignored by the configuration.`)
    else await lintOne(source, project)
    return finish()
  }
  const found = await findInputs(options, cwd, lookup, listings)
  if (options.outputFile) checkOutput(resolve(cwd, options.outputFile), found.files)
  result.failures.push(...found.failures)
  result.passedOver.push(...found.passedOver)
  const project = buildProject(found.files, { cwd, listings, sources, ...previousText })
  // What may have changed is linted rather than lost.
  const wanted = base
    ? found.files.filter((path) => base.changed.has(path) || base.isElsewhere(path))
    : found.files
  await prepareForMany(wanted.length)
  for (const path of wanted) await lintPath(path, project)
  return finish()

  async function finish(): Promise<RunResult> {
    const powerless = new Set([...prepared].flatMap(powerlessRules))
    result.failures.push(...failedFiles.sentences())
    result.powerless = [...powerless].map(
      (id) =>
        `Setting '${id}' has no effect: the API server refuses the manifest all the same. linterOptions.allowRejected: true lets it count.`,
    )
    result.unusedEntries = await unusedEntries(
      lookup,
      (entry) => used.has(entry) || powerless.has(entry.ruleId),
      cwd,
    )
    return result
  }
}

/** @throws UsageError that names the flag */
async function openBase(reference: string, cwd: string) {
  try {
    return await openGitBase(reference, cwd)
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(`--since ${reference}: ${error.message}`)
    throw error
  }
}

function versionsOf({ kubernetesVersion }: Options): string[] | undefined {
  if (kubernetesVersion === undefined) return undefined
  try {
    return normaliseVersions(kubernetesVersion)
  } catch (error) {
    throw new UsageError(`--kubernetes-version: ${(error as Error).message}`)
  }
}

function isFileError(error: unknown): error is FileError {
  return error instanceof Error && error.name === 'FileError'
}
