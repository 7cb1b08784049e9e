import type {
  Clusters,
  FileContext,
  FoundResource,
  Project,
  ResourceQuery,
  ResourceScope,
} from '@daemonlint/core'
import { type ContextBasis, createKustomizeGraph } from './kustomize/graph.ts'
import type { ProjectHost } from './kustomize/reader.ts'
import { createListings, type Listings } from './listings.ts'
import { createResourceIndex } from './resource-index.ts'
import { createScopes } from './scopes.ts'
import { createSources, type Sources } from './sources.ts'

export interface ProjectOptions {
  /** Absolute; where the way up from a file ends outside a repository. */
  cwd: string
  /** Those of the walk, so that nothing is read twice. */
  listings?: Listings
  /** Those of the run, for the same reason. */
  sources?: Sources
  /** How files are read, for hosts that hold some in memory: the text, or undefined when there is none. */
  readText?: (path: string) => string | undefined
  /** The text of a file in the version that the run is compared to. */
  previousText?: (path: string) => string | undefined
}

/** A project that tells what its answers rest on, for hosts that keep results: they hold as long as that is the same. */
export interface FileProject extends Project {
  basis: ProjectBasis
}

/** All paths are absolute. */
export interface ProjectBasis {
  /** What a file's context rests on; undefined where no kustomization names it. */
  ofContext(path: string): ContextBasis | undefined
  /** The files of a scope: sets, of which one object may serve many files; the file itself may be among them. */
  setsAround(path: string, scope: ResourceScope, clusters: Clusters): readonly ReadonlySet<string>[]
  /** False when a file surely has no say in any answer about resources of some kinds. */
  concerns(path: string, kinds: readonly string[]): boolean
}

/**
 * What the files around those of a run say about them. Nothing is read before it is asked for. Of kustomizations only
 * those near a file are read, and what these name; of other resources only the files that a rule's query may mean.
 * @param files absolute paths
 */
export function buildProject(files: readonly string[], options: ProjectOptions): FileProject {
  const host = hostOf(options)
  const listings = options.listings ?? createListings()
  const graph = createKustomizeGraph(files, options.cwd, host)
  const contexts = new Map<string, FileContext>()
  function contextOf(path: string): FileContext {
    let context = contexts.get(path)
    if (!context) {
      context = graph.contextOf(path)
      contexts.set(path, context)
    }
    return context
  }
  const scopes = createScopes(files, graph, listings)
  const index = createResourceIndex({ readText: host.readText, contextOf })
  return {
    contextOf,
    resources(filePath: string, query: ResourceQuery, clusters: Clusters): readonly FoundResource[] {
      return scopes
        .filesAround(filePath, query.scope ?? 'applied', clusters)
        .flatMap((path) => index.find(path, query))
    },
    mayHold(filePath: string, kind: string, clusters: Clusters): boolean {
      return scopes.filesAround(filePath, 'folder', clusters).some((path) => index.mayHold(path, kind))
    },
    mayHide(filePath: string, query: ResourceQuery, clusters: Clusters): boolean {
      return scopes
        .filesAround(filePath, query.scope ?? 'applied', clusters)
        .some((path) => index.mayHide(path, query))
    },
    ...(options.previousText && { previousText: options.previousText }),
    basis: { ofContext: graph.basisOf, setsAround: scopes.setsAround, concerns: index.concerns },
  }
}

/** What kustomizations need of the file system, or of what a host has read of it. */
export function hostOf({
  listings = createListings(),
  sources,
  readText,
}: Omit<ProjectOptions, 'cwd'> = {}): ProjectHost {
  return {
    readText: readText ?? textFrom(sources ?? createSources()),
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

function textFrom(sources: Sources): (path: string) => string | undefined {
  return (path) => {
    try {
      const source = sources.read(path)
      return typeof source === 'string' ? source : Buffer.from(source).toString('utf8')
    } catch {
      return undefined
    }
  }
}
