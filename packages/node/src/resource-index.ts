import {
  type FileContext,
  type FoundResource,
  findResources,
  hidesResources,
  mayHideKinds,
  type ResourceQuery,
} from '@daemonlint/core'

/** Finds resources in files, each of which is looked through once to learn of which kinds it has some. */
export interface ResourceIndex {
  /** @param path absolute */
  find(path: string, query: ResourceQuery): readonly FoundResource[]
  /**
   * True when a file may hold a resource of a kind.
   * @param path absolute
   */
  mayHold(path: string, kind: string): boolean
  /**
   * True when a file may hold such resources that nobody can see.
   * @param path absolute
   */
  mayHide(path: string, query: ResourceQuery): boolean
  /** Of the files that were looked through, those that may hold a resource of some kinds. */
  filesWith(kinds: readonly string[]): ReadonlySet<string>
  /** Of the files that were looked through, those that may hold such resources that nobody can see. */
  filesHiding(kinds: readonly string[]): ReadonlySet<string>
  /** True when {@link find} has its answer ready, and need not parse. */
  hasFound(path: string, query: ResourceQuery): boolean
  /** As {@link hasFound}, for {@link mayHide}. */
  hasHidden(path: string, query: ResourceQuery): boolean
  /** Looks a file through before anybody asks. */
  prepare(path: string): void
  /** To be called when a file holds something else. */
  forget(path: string): void
  /** To be called when what is known of files by others may be something else: what they hold is the same. */
  forgetContexts(): void
  /**
   * False when a file surely has no say in any answer about resources of some kinds, seen or not.
   * @param path absolute
   */
  concerns(path: string, kinds: readonly string[]): boolean
}

interface IndexHost {
  /** The text of a file, or undefined when it cannot be read. */
  readText(path: string): string | undefined
  contextOf(path: string): FileContext
}

/** What was found for a query, and is the same while the project lasts. */
interface Entry {
  /** Every kind that is written in the file, and perhaps others; undefined where one is written in a way of its own. */
  kinds: ReadonlySet<string> | undefined
  /** A kind in it is a placeholder, or a template writes whole lines. */
  hidesKinds: boolean
  /** The context that the answers below hold in, as JSON. */
  context: string | undefined
  /** Nothing is known that could have changed the context since it was looked at. */
  isCurrent: boolean
  found: Map<string, readonly FoundResource[]>
  /** By the kinds that were asked for. */
  hidden: Map<string, boolean>
}

const nothing: readonly FoundResource[] = []

export function createResourceIndex({ readText, contextOf }: IndexHost): ResourceIndex {
  const entries = new Map<string, Entry>()
  /** The files that are known to hold each kind, those whose kinds are unclear, and those that hide some. */
  const byKind = new Map<string, Set<string>>()
  const unclear = new Set<string>()
  const hiding = new Set<string>()
  function entryOf(path: string): Entry {
    let entry = entries.get(path)
    if (!entry) {
      const text = readText(path) ?? ''
      entry = {
        kinds: kindsIn(text),
        hidesKinds: mayHideKinds(text),
        context: undefined,
        isCurrent: false,
        found: new Map(),
        hidden: new Map(),
      }
      entries.set(path, entry)
      if (entry.hidesKinds) hiding.add(path)
      if (!entry.kinds) unclear.add(path)
      for (const kind of entry.kinds ?? []) {
        const files = byKind.get(kind)
        if (files) files.add(path)
        else byKind.set(kind, new Set([path]))
      }
    }
    return entry
  }

  /** What was found stays where the context came out the same: most kustomizations say nothing of most files. */
  function answersOf(path: string): Entry {
    const entry = entryOf(path)
    if (entry.isCurrent) return entry
    entry.isCurrent = true
    const context = JSON.stringify(contextOf(path))
    if (context === entry.context) return entry
    entry.context = context
    entry.found.clear()
    entry.hidden.clear()
    return entry
  }

  function filesWith(kinds: readonly string[]): Set<string> {
    const found = new Set(unclear)
    for (const kind of kinds) for (const path of byKind.get(kind) ?? []) found.add(path)
    return found
  }

  function concerns(path: string, asked: readonly string[]): boolean {
    const { kinds, hidesKinds } = entryOf(path)
    return !kinds || hidesKinds || asked.some((kind) => kinds.has(kind))
  }

  return {
    concerns,
    mayHold: (path, kind) => entryOf(path).kinds?.has(kind) ?? true,
    find(path, query) {
      const { kinds } = entryOf(path)
      if (kinds && !query.kinds.some((kind) => kinds.has(kind))) return nothing
      const { found } = answersOf(path)
      const key = keyOf(query)
      let resources = found.get(key)
      if (!resources) {
        resources = findResources(readText(path) ?? '', query, contextOf(path)).map((manifest) => ({
          manifest,
          filePath: path,
        }))
        found.set(key, resources)
      }
      return resources
    },
    mayHide(path, query) {
      if (!concerns(path, query.kinds)) return false
      const { hidden } = answersOf(path)
      const key = query.kinds.join()
      const answer = hidden.get(key) ?? hidesResources(readText(path) ?? '', query, contextOf(path))
      hidden.set(key, answer)
      return answer
    },
    prepare(path) {
      entryOf(path)
    },
    hasFound(path, query) {
      const { kinds } = entryOf(path)
      if (kinds && !query.kinds.some((kind) => kinds.has(kind))) return true
      return answersOf(path).found.has(keyOf(query))
    },
    hasHidden(path, query) {
      return !concerns(path, query.kinds) || answersOf(path).hidden.has(query.kinds.join())
    },
    filesWith,
    filesHiding(kinds) {
      const found = filesWith(kinds)
      for (const path of hiding) found.add(path)
      return found
    },
    forget(path) {
      for (const kind of entries.get(path)?.kinds ?? []) byKind.get(kind)?.delete(path)
      unclear.delete(path)
      hiding.delete(path)
      entries.delete(path)
    },
    forgetContexts() {
      for (const entry of entries.values()) entry.isCurrent = false
    },
  }
}

const keyOf = ({ kinds, text }: ResourceQuery): string => `${kinds.join()} ${text ?? ''}`

/** A kind with a tag, an anchor or an escape, an alias, a block scalar, or one on the next line. */
const unclearKind = /\bkind["']?\s*:[ \t]*(?:[!&*|>#]|"\w*\\|\r?$)/m

/** The words that follow `kind:`, however it is quoted; what a list's own kind says of its items among them. */
function kindsIn(text: string): Set<string> | undefined {
  if (unclearKind.test(text)) return undefined
  const kinds = new Set<string>()
  for (const [, kind = ''] of text.matchAll(/\bkind["']?\s*:\s*["']?([A-Za-z]+)/g)) {
    kinds.add(kind)
    if (kind.endsWith('List')) kinds.add(kind.slice(0, -'List'.length))
  }
  return kinds
}
