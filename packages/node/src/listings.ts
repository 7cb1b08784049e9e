import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The part of Node's `Dirent` that is needed, so that nobody needs Node's types to use ours. */
export interface Entry {
  name: string
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

/**
 * What is in directories, each read at most once. One serves the walk, the configuration look-up and the search for
 * kustomizations of a run, so that nothing is asked of the file system twice.
 */
export interface Listings {
  /** The entries of a directory, sorted by name. Throws what `readdirSync` throws. */
  list(directory: string): readonly Entry[]
  /** True if the directory holds an entry of that name; reads no directory for it. */
  has(directory: string, name: string): boolean
}

/** Listings of a host that stays while directories change. */
export interface LastingListings extends Listings {
  /** To be called when something came to a directory or went from it. */
  forget(directory: string): void
}

export function createListings(): LastingListings {
  const known = new Map<string, { entries: Entry[]; names: Set<string> }>()
  return {
    list(directory) {
      let found = known.get(directory)
      if (!found) {
        const entries = readdirSync(directory, { withFileTypes: true })
        entries.sort((a, b) => (a.name < b.name ? -1 : 1))
        found = { entries, names: new Set(entries.map((entry) => entry.name)) }
        known.set(directory, found)
      }
      return found.entries
    },
    has(directory, name) {
      const found = known.get(directory)
      return found ? found.names.has(name) : existsSync(join(directory, name))
    },
    forget(directory) {
      known.delete(directory)
    },
  }
}
