import { statSync } from 'node:fs'
import { sep } from 'node:path'
import { errorCode, FileError, systemReason } from './errors.ts'
import type { GitIgnore } from './git-ignore.ts'
import type { Entry, Listings } from './listings.ts'

export interface WalkOptions {
  listings: Listings
  /** Absent: what git ignores is walked too. */
  git?: GitIgnore
  /** True for the names of files that are wanted. */
  wants: (name: string) => boolean
  /** True for directories that are passed over, beside `node_modules` and `.git`. */
  ignoresDirectory?: (path: string) => boolean | Promise<boolean>
  /** Called before each directory is read; a promise is waited for, so that a host can do something else meanwhile. */
  rest?: (() => Promise<void> | undefined) | undefined
  /** Hears of each file that is wanted, and of each directory, that git ignores. */
  onGitIgnored?: (path: string) => void
  /** Takes directories that cannot be read; the walk goes on. */
  onError: (error: FileError) => void
}

/** Directories that hold nothing of a person's own. */
export const skippedDirectories: ReadonlySet<string> = new Set(['node_modules', '.git'])

/**
 * The files below a directory, hidden ones too. Links to files count as files; links to directories are not followed,
 * so that there are no circles and nothing is read twice.
 * @param start absolute
 * @returns absolute paths, in the order of the walk
 */
export async function walk(start: string, options: WalkOptions): Promise<string[]> {
  const found: string[] = []
  const queue = [start]
  for (let directory = queue.pop(); directory !== undefined; directory = queue.pop()) {
    const resting = options.rest?.()
    if (resting) await resting
    const entries = entriesOf(directory, options)
    const prefix = directory.endsWith(sep) ? directory : directory + sep
    for (const entry of entries) {
      const path = prefix + entry.name
      if (entry.isDirectory()) {
        if (skippedDirectories.has(entry.name)) continue
        if (options.git?.ignores(path, true)) {
          options.onGitIgnored?.(path)
          continue
        }
        const ignored = options.ignoresDirectory?.(path)
        if (typeof ignored === 'object' ? await ignored : ignored) continue
        queue.push(path)
      } else if (options.wants(entry.name) && isFile(entry, path)) {
        if (options.git?.ignores(path, false)) options.onGitIgnored?.(path)
        else found.push(path)
      }
    }
  }
  return found
}

function entriesOf(directory: string, { listings, onError }: WalkOptions): readonly Entry[] {
  try {
    return listings.list(directory)
  } catch (error) {
    const reason = systemReason(error)
    onError(new FileError(`Directory ${directory} cannot be read: ${reason}.`, directory, errorCode(error)))
    return []
  }
}

/** Dangling links, such as the lock files of editors, are no files. */
function isFile(entry: Entry, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile()
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
