import type { FileContext, Project } from '@daemonlint/core'
import { createKustomizeGraph, type ProjectHost } from './kustomize/graph.ts'
import { createListings, type Listings } from './listings.ts'
import { readFile } from './read-file.ts'

export interface ProjectOptions {
  /** Absolute; where the way up from a file ends outside a repository. */
  cwd: string
  /** Those of the walk, so that nothing is read twice. */
  listings?: Listings
  /** How files are read, for hosts that hold some in memory: the text, or undefined when there is none. */
  readText?: (path: string) => string | undefined
}

/**
 * What the files around those of a run say about them. Nothing is read before it is asked for, and nothing but what
 * is named as kustomizations are, and what these name.
 * @param files absolute paths
 */
export function buildProject(files: readonly string[], options: ProjectOptions): Project {
  const graph = createKustomizeGraph(files, options.cwd, hostOf(options))
  const contexts = new Map<string, FileContext>()
  return {
    contextOf(path) {
      let context = contexts.get(path)
      if (!context) {
        context = graph.contextOf(path)
        contexts.set(path, context)
      }
      return context
    },
  }
}

function hostOf({ listings = createListings(), readText = textOf }: ProjectOptions): ProjectHost {
  return {
    readText,
    has: listings.has,
    directories(path) {
      try {
        return listings
          .list(path)
          .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
          .map((entry) => entry.name)
      } catch {
        return []
      }
    },
  }
}

function textOf(path: string): string | undefined {
  try {
    return Buffer.from(readFile(path)).toString('utf8')
  } catch {
    return undefined
  }
}
