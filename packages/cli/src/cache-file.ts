import { readFileSync, type Stats, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { defaultExtensions, digestOf, isForeign, systemReason } from '@daemonlint/node'
import type { Options } from './options.ts'
import { UsageError } from './usage-error.ts'
import { makeFolder, writeWhole } from './write-file.ts'

/** A file that results are kept in, as it was found. */
export interface CacheFile {
  /** Absolute. */
  path: string
  /** '' where there is none yet. */
  text: string
  /** Why it cannot be used: a sentence. */
  obstacle?: string
}

/**
 * Where --cache keeps results: in `.daemonlintcache` of the current directory, or where --cache-location says. In a
 * directory it is a file named after the current directory, as ESLint does, so that several projects may share one.
 * @throws {UsageError} for a name that a manifest may have: the file would be linted
 */
export function cachePath({ cacheLocation = '.daemonlintcache' }: Options, cwd: string): string {
  const path = resolve(cwd, cacheLocation)
  const isFolder = /[\\/]$/.test(cacheLocation) || isDirectoryAt(path)
  if (isFolder) return join(path, `.cache_${digestOf(cwd).replace(/[-_]/g, '').slice(0, 12)}`)
  const extension = defaultExtensions.find((extension) => path.toLowerCase().endsWith(extension))
  if (extension === undefined) return path
  throw new UsageError(
    `--cache-location ${cacheLocation} would be taken for a manifest. Choose a name that does not end with ${extension}.`,
  )
}

/** Reads the file. What stands in the way is no reason not to lint. */
export function readCache(path: string): CacheFile {
  try {
    const stats = statOf(path)
    if (!stats) return { path, text: '' }
    if (!stats.isFile()) return { path, text: '', obstacle: `${path} is no file, so no results are kept.` }
    const text = readFileSync(path, 'utf8')
    if (!isForeign(text)) return { path, text }
    return {
      path,
      text: '',
      obstacle: `${path} is not a cache of daemonlint's, so it is left as it is and no results are kept.`,
    }
  } catch (error) {
    return {
      path,
      text: '',
      obstacle: `${path} cannot be read: ${systemReason(error)}. No results are kept.`,
    }
  }
}

/** Writes the file as a whole. Returns why that was not possible: a sentence. */
export function writeCache(path: string, text: string): string | undefined {
  try {
    makeFolder(dirname(path))
    writeWhole(path, text)
    return undefined
  } catch (error) {
    return `${path} cannot be written: ${systemReason(error)}. No results are kept.`
  }
}

function isDirectoryAt(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}
