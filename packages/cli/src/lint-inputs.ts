import { dirname } from 'node:path'
import type { Project, ResolvedConfig, ResourceEntry } from '@daemonlint/core'
import {
  buildProject,
  displayPath,
  type FileError,
  type FileProject,
  readSource,
  type Source,
} from '@daemonlint/node'
import builtin from '@daemonlint/rules'
import type { Cache } from './cache.ts'
import { createFailedFiles } from './failed-files.ts'
import type { Input, Inputs } from './inputs.ts'
import { type LintedFile, letGo, lintFile } from './lint-file.ts'
import { prepareForMany } from './many-files.ts'
import { prepare } from './prepare.ts'
import type { Progress } from './progress.ts'
import type { Session } from './session.ts'
import { changedMeanwhile, replaceFile } from './write-file.ts'

/** How long a run may take before it tells a person how far it is, in seconds. */
const quietTime = 1

/** What the linting of the inputs came to. */
export interface Linted {
  /** One for each file read, in the order of their paths. */
  files: LintedFile[]
  /** A finding that is reported has suggestions. */
  offersChoice: boolean
  /** What could not be read or written, and what broke: a sentence each. */
  failures: string[]
  /** Configurations that held for a file. */
  configs: ReadonlySet<ResolvedConfig>
  /** Their entries about certain resources that did something. */
  usedEntries: ReadonlySet<ResourceEntry>
  /** What a person should know beside: a sentence each. */
  notes: string[]
}

/**
 * Lints the inputs one after the other, and writes what it mends. What is wrong with one file keeps no other from being
 * linted.
 * @throws an error named ConfigError
 */
export async function lintInputs({ text, files, wanted }: Inputs, session: Session): Promise<Linted> {
  const { options, cwd, listings, sources, lookup, kubernetesVersions, base, memory } = session
  const linted: LintedFile[] = []
  const failures: string[] = []
  const configs = new Set<ResolvedConfig>()
  const prepared = new Set<ResolvedConfig>()
  const usedEntries = new Set<ResourceEntry>()
  const failedFiles = createFailedFiles(cwd)
  let offersChoice = false
  const project =
    files.length > 0
      ? buildProject(files, { cwd, listings, sources, ...(base && { previousText: base.previousText }) })
      : undefined

  const cache = await cacheFor(session, project)
  if (text) await lintInput(text, project)
  await prepareForMany(wanted.length)
  await lintPaths()
  return {
    files: linted,
    offersChoice,
    failures: [...failures, ...failedFiles.sentences()],
    configs,
    usedEntries,
    notes: cache?.save() ?? [],
  }

  async function lintPaths(): Promise<void> {
    // Not `performance.now`, whose first call takes 0.7 ms.
    const started = process.uptime()
    let progress: Progress | undefined
    try {
      for (const [done, path] of wanted.entries()) {
        await lintPath(path)
        if (process.uptime() - started < quietTime) continue
        progress ??= (await import('./progress.ts')).createProgress(wanted.length)
        progress.tick(done + 1)
      }
    } finally {
      progress?.end()
    }
  }

  async function lintPath(path: string): Promise<void> {
    const config = await lookup.forFile(path)
    const shown = displayPath(path, cwd)
    try {
      await lintInput({ filePath: path, shown, source: sources.read(path), config }, project)
    } catch (error) {
      if (!isFileError(error)) throw error
      failures.push(error.message)
    }
  }

  async function lintInput(input: Input, project: Project | undefined): Promise<void> {
    configs.add(input.config)
    try {
      const found = cache?.find(input) ?? (await lintAnew(input, project))
      letGo(found.result, options)
      offersChoice ||= found.offersChoice
      linted.push(found)
      for (const entry of input.config.entries) {
        if (found.lint.usedEntries.has(entry.id)) usedEntries.add(entry)
      }
    } catch (error) {
      cache?.drop(input)
      if (!failedFiles.take(error, input.filePath)) throw error
    }
  }

  async function lintAnew(input: Input, project: Project | undefined): Promise<LintedFile> {
    const { filePath, shown, source, config } = input
    if (!prepared.has(config)) await prepare(config, lookup, dirname(filePath))
    prepared.add(config)
    const asked = {
      filePath,
      displayPath: shown,
      source,
      config,
      project: cache?.project ?? project,
      kubernetesVersions,
      asksForChoice: !offersChoice,
    }
    const found = lintFile(asked, options)
    cache?.keep(input, found)
    const { output } = found
    const unmended = options.fix && output !== undefined ? write(filePath, output, source) : undefined
    return unmended === undefined
      ? found
      : lintFile({ ...asked, source: unmended }, { ...options, fix: false })
  }

  /** Writes a file, or says why not. Returns what it holds if that is not the output. */
  function write(path: string, output: string, before: Source): Source | undefined {
    sources.forget(path)
    if (session.index && !isOnDisk(path, before)) {
      failures.push(
        `${path} has changes that are not staged, so --fix leaves it as it is. Stage them, or stash them away.`,
      )
      return before
    }
    try {
      replaceFile(path, output, Buffer.from(before))
      memory?.written.push(path)
      return undefined
    } catch (error) {
      if (!isFileError(error)) throw error
      failures.push(error.message)
      return error.code === changedMeanwhile ? readSource(path) : before
    }
  }
}

/** Files that are mended are linted each time: what is kept would be of the texts before. */
async function cacheFor(session: Session, project: FileProject | undefined): Promise<Cache | undefined> {
  const { options, memory } = session
  if (!(options.cache || memory) || options.fix || options.fixDryRun || !project) return undefined
  const { openCache } = await import('./cache.ts')
  return openCache(session, project, builtin)
}

/** With --staged the text is the index's. */
function isOnDisk(path: string, source: Source): boolean {
  try {
    return Buffer.from(readSource(path)).equals(Buffer.from(source))
  } catch {
    return false
  }
}

function isFileError(error: unknown): error is FileError {
  return error instanceof Error && error.name === 'FileError'
}
