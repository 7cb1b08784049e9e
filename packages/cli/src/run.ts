import { dirname } from 'node:path'
import {
  normaliseVersions,
  type Project,
  powerlessRules,
  type ResolvedConfig,
  type ResourceEntry,
} from '@daemonlint/core'
import { buildProject, createListings, displayPath, readFile } from '@daemonlint/node'
import { createFailedRules } from './failed-rules.ts'
import { findInputs, readStandardInput, type Source } from './inputs.ts'
import { type LintedFile, lintFile } from './lint-file.ts'
import { createLookup } from './lookup.ts'
import type { Options } from './options.ts'
import { prepare } from './prepare.ts'
import { unusedEntries } from './unused-entries.ts'
import { UsageError } from './usage-error.ts'
import { replaceFile } from './write-file.ts'

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
}

/**
 * Lints what was asked for, and writes what it mends.
 * @param cwd absolute
 * @throws UsageError, and errors named ConfigError or RuleError
 */
export async function run(options: Options, cwd: string): Promise<RunResult> {
  const kubernetesVersions = versionsOf(options)
  const listings = createListings()
  const lookup = createLookup(options, cwd, listings)
  const result: RunResult = {
    offersChoice: false,
    files: [],
    failures: [],
    passedOver: [],
    powerless: [],
    unusedEntries: [],
  }
  const failedRules = createFailedRules(cwd)
  const prepared = new Set<ResolvedConfig>()
  const used = new Set<ResourceEntry>()

  async function lintOne({ filePath, shown, bytes, config }: Source, project: Project | undefined) {
    if (!prepared.has(config)) await prepare(config, lookup, dirname(filePath))
    prepared.add(config)
    const input = { filePath, displayPath: shown, bytes, config, project, kubernetesVersions }
    const linted = lintFile({ ...input, asksForChoice: !result.offersChoice }, options)
    result.offersChoice ||= linted.offersChoice
    result.files.push(linted)
    for (const entry of config.entries) if (linted.lint.usedEntries.has(entry.id)) used.add(entry)
    return linted
  }

  async function lintPath(path: string, project: Project) {
    const config = await lookup.forFile(path)
    const shown = displayPath(path, cwd)
    try {
      const { output } = await lintOne({ filePath: path, shown, bytes: readFile(path), config }, project)
      if (options.fix && output !== undefined) replaceFile(path, output)
    } catch (error) {
      if (isFileError(error)) result.failures.push(error.message)
      else if (!failedRules.take(error)) throw error
    }
  }

  if (options.stdin) {
    const source = await readStandardInput(options, cwd, lookup)
    const { filePath, shown, config } = source
    const project = options.stdinFilename ? buildProject([filePath], { cwd, listings }) : undefined
    if (config.ignored) result.passedOver.push(`${shown} is ignored by the configuration.`)
    else await lintOne(source, project)
    return finish()
  }
  const found = await findInputs(options, cwd, lookup, listings)
  result.failures.push(...found.failures)
  result.passedOver.push(...found.passedOver)
  const project = buildProject(found.files, { cwd, listings })
  for (const path of found.files) await lintPath(path, project)
  return finish()

  async function finish(): Promise<RunResult> {
    const powerless = new Set([...prepared].flatMap(powerlessRules))
    result.failures.push(...failedRules.sentences())
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

function versionsOf({ kubernetesVersion }: Options): string[] | undefined {
  if (kubernetesVersion === undefined) return undefined
  try {
    return normaliseVersions(kubernetesVersion)
  } catch (error) {
    throw new UsageError(`--kubernetes-version: ${(error as Error).message}`)
  }
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'FileError'
}
