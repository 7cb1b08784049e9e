import { dirname } from 'node:path'
import type { Listings } from './listings.ts'
import type { Sources } from './sources.ts'

/** What was looked at in the file system; all paths are absolute. */
export interface AccessRecord {
  /** Directories whose entries were listed. */
  listed: Set<string>
  /** Names that were looked for, by the directory. */
  looked: Map<string, Set<string>>
  /** Files that were read, or that were to be. */
  read: Set<string>
}

export function createAccessRecord(): AccessRecord {
  return { listed: new Set(), looked: new Map(), read: new Set() }
}

/** Listings that note what is asked of them. */
export function recordListings(listings: Listings, { listed, looked }: AccessRecord): Listings {
  return {
    list(directory) {
      listed.add(directory)
      return listings.list(directory)
    },
    has(directory, name) {
      const names = looked.get(directory) ?? new Set()
      looked.set(directory, names.add(name))
      return listings.has(directory, name)
    },
  }
}

/** Sources that note what is asked of them. */
export function recordSources(sources: Sources, { read }: AccessRecord): Sources {
  return {
    ...sources,
    read(path) {
      read.add(path)
      return sources.read(path)
    },
  }
}

/** The directories in which a change may matter. */
export function directoriesOf({ listed, looked, read }: AccessRecord): Set<string> {
  return new Set([...listed, ...looked.keys(), ...[...read].map((path) => dirname(path))])
}
