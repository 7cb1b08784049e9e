import { dirname } from 'node:path'
import type { Project, ResolvedConfig, ResourceEntry } from '@daemonlint/core'
import { buildProject, displayPath, type FileError, readSource, type Source } from '@daemonlint/node'
import { createFailedFiles } from './failed-files.ts'
import type { Input, Inputs } from './inputs.ts'
import { type LintedFile, lintFile } from './lint-file.ts'
import { prepareForMany } from './many-files.ts'
import { prepare } from './prepare.ts'
import type { Session } from './session.ts'
import { changedMeanwhile, replaceFile } from './write-file.ts'

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
}

/**
 * Lints the inputs one after the other, and writes what it mends. What is wrong with one file keeps no other from being
 * linted.
 * @throws an error named ConfigError
 */
export async function lintInputs({ text, files, wanted }: Inputs, session: Session): Promise<Linted> {
  const { options, cwd, listings, sources, lookup, kubernetesVersions, base } = session
  const linted: LintedFile[] = []
  const failures: string[] = []
  const configs = new Set<ResolvedConfig>()
  const usedEntries = new Set<ResourceEntry>()
  const failedFiles = createFailedFiles(cwd)
  let offersChoice = false
  const project =
    files.length > 0
      ? buildProject(files, { cwd, listings, sources, ...(base && { previousText: base.previousText }) })
      : undefined

  if (text) await lintInput(text, project)
  await prepareForMany(wanted.length)
  for (const path of wanted) await lintPath(path)
  return {
    files: linted,
    offersChoice,
    failures: [...failures, ...failedFiles.sentences()],
    configs,
    usedEntries,
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
    const { filePath, shown, source, config } = input
    if (!configs.has(config)) await prepare(config, lookup, dirname(filePath))
    configs.add(config)
    const given = { filePath, displayPath: shown, source, config, project, kubernetesVersions }
    const asked = { ...given, asksForChoice: !offersChoice }
    try {
      let found = lintFile(asked, options)
      const { output } = found
      const unmended = options.fix && output !== undefined ? write(filePath, output, source) : undefined
      if (unmended !== undefined) found = lintFile({ ...asked, source: unmended }, { ...options, fix: false })
      offersChoice ||= found.offersChoice
      linted.push(found)
      for (const entry of config.entries) if (found.lint.usedEntries.has(entry.id)) usedEntries.add(entry)
    } catch (error) {
      if (!failedFiles.take(error, filePath)) throw error
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
      failures.push(error.message)
      return error.code === changedMeanwhile ? readSource(path) : before
    }
  }
}

function isFileError(error: unknown): error is FileError {
  return error instanceof Error && error.name === 'FileError'
}
