import { basename, dirname } from 'node:path'
import type { Clusters, FileContext, Project, ResourceQuery, ResourceScope } from '@daemonlint/core'
import { createKustomizeGraph } from './kustomize/graph.ts'
import { kustomizationNames } from './kustomize/kustomization.ts'
import { createListings, type Entry, type LastingListings } from './listings.ts'
import { hostOf } from './project.ts'
import { createResourceIndex } from './resource-index.ts'
import { createScopes, mayHoldResources } from './scopes.ts'
import { createSources } from './sources.ts'
import { stampOf } from './stamp.ts'

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
  setFiles(files: Iterable<string>): void
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
  /**
   * Until this is called, and while something is left to {@link work} on, all files may hide anything: what rests on
   * the absence of a resource is not said.
   */
  complete(): void
  /**
   * Does a little of what would have kept a rule waiting that asked for resources of all files.
   * @returns false when nothing is left to do
   */
  work(): boolean
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
  const host = hostOf({ listings, sources })
  const fromDisk = host.readText
  const readText = (path: string): string | undefined => {
    const open = openText(path)
    if (open !== undefined) return open
    if (!options.reaches(dirname(path))) return undefined
    if (!stamps.has(path)) stamps.set(path, stampOf(path))
    return fromDisk(path)
  }
  let files: ReadonlySet<string> = new Set()
  /** Those of them that were not looked through since they changed. */
  let unread = new Set<string>()
  /** What kustomizations rest on. */
  let graphReads = new Set<string>()
  let contexts = new Map<string, FileContext>()
  let graph = newGraph()
  let scopes = createScopes([...files], graph, listings)
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
    left.length = 0
    leftQuestions.clear()
    graph = newGraph()
    contexts = new Map()
    scopes = createScopes([...files], graph, listings)
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

  /**
   * The files that may answer for one. Of all files, of which there may be many thousands, only those that are known to
   * hold what is asked for.
   */
  function filesAround(
    path: string,
    scope: ResourceScope,
    clusters: Clusters,
    known: () => ReadonlySet<string>,
  ): readonly string[] {
    const around = scopes.filesAround(path, scope === 'run' ? 'folder' : scope, clusters)
    const before = asked.get(path) ?? { around: new Set(), all: false }
    asked.set(path, before)
    for (const file of around) before.around.add(file)
    if (scope !== 'run') return around
    before.all = true
    for (const file of unread) index.prepare(file)
    unread.clear()
    const found = new Set(around)
    for (const file of known()) if (files.has(file) && file !== path) found.add(file)
    return [...found].sort()
  }

  let isComplete = false
  /** What is left to be done for questions about all files. */
  const left: (() => void)[] = []
  /** The questions among it. */
  const leftQuestions = new Set<string>()

  /** Of some files those whose answers are ready; where many are not, they are made later. */
  function ready(
    question: string,
    paths: readonly string[],
    isReady: (path: string) => boolean,
    make: (path: string) => void,
  ): readonly string[] {
    const later = paths.filter((path) => !isReady(path))
    if (later.length <= maxAtOnce) return paths
    if (!leftQuestions.has(question)) for (const path of later) left.push(() => make(path))
    leftQuestions.add(question)
    const isLater = new Set(later)
    return paths.filter((path) => !isLater.has(path))
  }

  const project: Project = {
    contextOf,
    resources(filePath: string, query: ResourceQuery, clusters: Clusters) {
      const { scope = 'applied' } = query
      const paths = filesAround(filePath, scope, clusters, () => index.filesWith(query.kinds))
      const find = (path: string) => index.find(path, query)
      if (scope !== 'run') return paths.flatMap(find)
      const question = `found ${query.kinds.join()} ${query.text ?? ''}`
      return ready(question, paths, (path) => index.hasFound(path, query), find).flatMap(find)
    },
    mayHold: (filePath: string, kind: string, clusters: Clusters) =>
      filesAround(filePath, 'folder', clusters, () => none).some((path) => index.mayHold(path, kind)),
    mayHide(filePath: string, query: ResourceQuery, clusters: Clusters) {
      const { scope = 'applied' } = query
      const paths = filesAround(filePath, scope, clusters, () => index.filesHiding(query.kinds))
      const hides = (path: string) => index.mayHide(path, query)
      if (scope !== 'run') return paths.some(hides)
      const question = `hidden ${query.kinds.join()}`
      const now = ready(question, paths, (path) => index.hasHidden(path, query), hides)
      return !isComplete || left.length > 0 || now.some(hides)
    },
  }

  const live: LiveProject = {
    project,
    setFiles(next) {
      const before = files
      files = new Set([...next].filter((file) => mayHoldResources(basename(file))))
      for (const file of files) if (!before.has(file)) unread.add(file)
      unread = new Set([...unread].filter((file) => files.has(file)))
      scopes = createScopes([...files], graph, listings)
    },
    prepare: (path) => index.prepare(path),
    changed(path) {
      sources.forget(path)
      stamps.delete(path)
      index.forget(path)
      if (files.has(path)) unread.add(path)
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
      return known !== undefined && (known.around.has(changed) || (known.all && files.has(changed)))
    },
    complete() {
      isComplete = true
    },
    work() {
      left.pop()?.()
      if (left.length === 0) leftQuestions.clear()
      return left.length > 0
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

/** How many files are parsed for one question about all of them before the others are left for later. */
const maxAtOnce = 100

const none: ReadonlySet<string> = new Set()
