import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Clusters, FileContext, Project, ResourceQuery, ResourceScope } from '@daemonlint/core'
import { createKustomizeGraph } from './kustomize/graph.ts'
import { kustomizationNames } from './kustomize/kustomization.ts'
import { createListings, type Entry, type LastingListings } from './listings.ts'
import { hostOf } from './project.ts'
import { createResourceIndex } from './resource-index.ts'
import { createScopes } from './scopes.ts'
import { createSources } from './sources.ts'

export interface LiveProjectOptions {
  /** Absolute; where the way up from a file ends outside a repository. */
  cwd: string
  /** True for directories that may be looked into; absolute. */
  reaches(directory: string): boolean
  /** The text of a file that the host holds in memory, which counts instead of what is on disk. */
  openText(path: string): string | undefined
  /** The files that the host holds in memory, absolute. */
  openFiles(): Iterable<string>
}

/**
 * The project of a host that stays: as `buildProject`, but what it read of a file is replaced when the file changes. It
 * is told of changes, or looks for them when it is asked to.
 */
export interface LiveProject {
  /** Answers by what is known now: an answer holds until the next change. */
  readonly project: Project
  /** The files that count as those of a run, absolute. */
  setFiles(files: readonly string[]): void
  /** Looks a file through, so that nobody has to wait for it later. */
  prepare(path: string): void
  /**
   * A file holds something else.
   * @returns true when any file may have to be linted anew for it, and not only those that {@link concerns} tells
   */
  changed(path: string): boolean
  /** A file came or went. */
  listed(path: string): void
  /** True when what was found for a file rests on another one. */
  concerns(filePath: string, changed: string): boolean
  /** True when a rule asked for resources of all files. */
  asksAll(filePath: string): boolean
  /** Nobody asks for a file any more. */
  forget(filePath: string): void
  /** Looks whether what was read is still what is on disk. Returns true when something is not. */
  refresh(): boolean
}

/** How many files and directories are looked at again: more would be felt. */
const maxLooks = 2000

export function createLiveProject(options: LiveProjectOptions): LiveProject {
  const { cwd, openText } = options
  const listings = liveListings(options)
  const sources = createSources()
  const stamps = new Map<string, string>()
  const host = hostOf({ cwd, listings, sources })
  const fromDisk = host.readText
  const readText = (path: string): string | undefined => {
    const open = openText(path)
    if (open !== undefined) return open
    if (!options.reaches(dirname(path))) return undefined
    if (!stamps.has(path)) stamps.set(path, stampOf(path))
    return fromDisk(path)
  }
  let files: readonly string[] = []
  /** What kustomizations rest on. */
  let graphReads = new Set<string>()
  let contexts = new Map<string, FileContext>()
  let graph = newGraph()
  let scopes = createScopes(files, graph, listings)
  const index = createResourceIndex({ readText, contextOf })
  /** What was looked through for a file. */
  const asked = new Map<string, { around: Set<string>; all: boolean }>()

  function newGraph() {
    const reads = new Set<string>()
    graphReads = reads
    const readForGraph = (path: string) => {
      reads.add(path)
      return readText(path)
    }
    return createKustomizeGraph([], cwd, { ...host, readText: readForGraph })
  }

  function rebuild(): void {
    graph = newGraph()
    contexts = new Map()
    scopes = createScopes(files, graph, listings)
    index.forgetContexts()
  }

  function contextOf(path: string): FileContext {
    let context = contexts.get(path)
    if (!context) {
      context = graph.contextOf(path)
      contexts.set(path, context)
    }
    return context
  }

  function filesAround(path: string, scope: ResourceScope, clusters: Clusters): readonly string[] {
    const around = scopes.filesAround(path, scope, clusters)
    const known = asked.get(path) ?? { around: new Set(), all: false }
    asked.set(path, known)
    if (scope === 'run') known.all = true
    else for (const file of around) known.around.add(file)
    return around
  }

  const project: Project = {
    contextOf,
    resources: (filePath: string, query: ResourceQuery, clusters: Clusters) =>
      filesAround(filePath, query.scope ?? 'applied', clusters).flatMap((path) => index.find(path, query)),
    mayHold: (filePath: string, kind: string, clusters: Clusters) =>
      filesAround(filePath, 'folder', clusters).some((path) => index.mayHold(path, kind)),
    mayHide: (filePath: string, query: ResourceQuery, clusters: Clusters) =>
      filesAround(filePath, query.scope ?? 'applied', clusters).some((path) => index.mayHide(path, query)),
  }

  const live: LiveProject = {
    project,
    setFiles(next) {
      files = next
      scopes = createScopes(files, graph, listings)
    },
    prepare: (path) => index.prepare(path),
    changed(path) {
      sources.forget(path)
      stamps.delete(path)
      index.forget(path)
      const names: readonly string[] = kustomizationNames
      const isBasis = graphReads.has(path) || names.includes(basename(path))
      if (isBasis) rebuild()
      return isBasis
    },
    listed(path) {
      listings.forget(dirname(path))
      live.changed(path)
      rebuild()
    },
    concerns(filePath, changed) {
      const known = asked.get(filePath)
      return known !== undefined && (known.around.has(changed) || (known.all && files.includes(changed)))
    },
    asksAll: (filePath) => asked.get(filePath)?.all === true,
    forget(filePath) {
      asked.delete(filePath)
    },
    refresh() {
      let found = false
      for (const [path, stamp] of [...stamps].slice(0, maxLooks)) {
        if (stampOf(path) === stamp) continue
        live.changed(path)
        found = true
      }
      for (const [directory, stamp] of [...listings.stamps].slice(0, maxLooks)) {
        if (stampOf(directory) === stamp) continue
        listings.forget(directory)
        found = true
      }
      if (found) rebuild()
      return found
    },
  }
  return live
}

interface LiveListings extends LastingListings {
  /** What told a directory from another when it was listed. */
  readonly stamps: ReadonlyMap<string, string>
}

/** The directories that may be looked into, with the files that the host holds in memory. */
function liveListings({ reaches, openFiles }: LiveProjectOptions): LiveListings {
  const disk = createListings()
  const stamps = new Map<string, string>()
  const openIn = (directory: string) =>
    [...openFiles()].filter((path) => dirname(path) === directory).map((path) => basename(path))

  function onDisk(directory: string): readonly Entry[] {
    if (!reaches(directory)) return []
    if (!stamps.has(directory)) stamps.set(directory, stampOf(directory))
    try {
      return disk.list(directory)
    } catch {
      return []
    }
  }

  return {
    stamps,
    list(directory) {
      const entries = onDisk(directory)
      const names = new Set(entries.map(({ name }) => name))
      const others = openIn(directory).filter((name) => !names.has(name))
      return others.length === 0 ? entries : [...entries, ...others.map(openEntry)].sort(byName)
    },
    has: (directory, name) =>
      (reaches(directory) && disk.has(directory, name)) || openIn(directory).includes(name),
    forget(directory) {
      disk.forget(directory)
      stamps.delete(directory)
    },
  }
}

const openEntry = (name: string): Entry => ({
  name,
  isFile: () => true,
  isDirectory: () => false,
  isSymbolicLink: () => false,
})

const byName = (a: Entry, b: Entry): number => (a.name < b.name ? -1 : 1)

/** What tells that a file or directory is another than before; '' where there is none. */
function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return ''
  }
}
