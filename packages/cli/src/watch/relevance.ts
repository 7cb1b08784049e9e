import { statSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { type AccessRecord, configFileNames, isManifestName } from '@daemonlint/node'
import { pathOf } from '../formats.ts'
import type { Options } from '../options.ts'

/** What may change the outcome of a run: entries of directories, by their directory and name. */
export type IsRelevant = (directory: string, name: string) => boolean

const configNames: ReadonlySet<string> = new Set(configFileNames)

/**
 * @param record what the last run looked at
 * @param cwd absolute
 */
export function relevanceOf(
  { listed, looked, read }: AccessRecord,
  options: Options,
  cwd: string,
): IsRelevant {
  const named = new Set(options.paths.map((path) => resolve(cwd, path)))
  if (options.config !== undefined) named.add(resolve(cwd, options.config))
  const reports = reportPaths(options, cwd)
  const endings = new Set(options.paths.map((path) => extname(path)).filter(Boolean))
  return (directory, name) => {
    const path = join(directory, name)
    if (reports.has(path)) return false
    if (name === '' || read.has(path) || named.has(path) || looked.get(directory)?.has(name)) return true
    // Entries that are new, and of which nobody has asked yet.
    if (!listed.has(directory)) return false
    const counts = isManifestName(name) || configNames.has(name) || endings.has(extname(name))
    return counts || isProgram.test(name) || listed.has(path) || isFolder(path)
  }
}

/** Configurations may load programs, and what these are called nobody knows. */
const isProgram = /\.[cm]?[jt]s$|^package\.json$/

/** The files that reports are written to. */
export function reportPaths({ formats }: Options, cwd: string): Set<string> {
  return new Set(formats.flatMap((request) => pathOf(request, cwd) ?? []))
}

/** Where what is named stands that is not there yet. */
export function foldersOfNamed(options: Options, cwd: string): string[] {
  const names = [...options.paths, ...(options.config === undefined ? [] : [options.config])]
  return names.map((path) => dirname(resolve(cwd, path)))
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
