import {
  type FileContext,
  type FoundResource,
  findResources,
  hidesResources,
  type ResourceQuery,
} from '@daemonlint/core'

/** Finds resources in files, each of which is looked through once to learn of which kinds it has some. */
export interface ResourceIndex {
  /** @param path absolute */
  find(path: string, query: ResourceQuery): readonly FoundResource[]
  /**
   * True when a file may hold such resources that nobody can see.
   * @param path absolute
   */
  mayHide(path: string, query: ResourceQuery): boolean
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
  found: Map<string, readonly FoundResource[]>
}

const nothing: readonly FoundResource[] = []

export function createResourceIndex({ readText, contextOf }: IndexHost): ResourceIndex {
  const entries = new Map<string, Entry>()
  const hidden = new Map<string, boolean>()
  return {
    find(path, query) {
      let text: string | undefined
      let entry = entries.get(path)
      if (!entry) {
        text = readText(path) ?? ''
        entry = { kinds: kindsIn(text), found: new Map() }
        entries.set(path, entry)
      }
      const { kinds, found } = entry
      if (kinds && !query.kinds.some((kind) => kinds.has(kind))) return nothing
      const key = `${query.kinds.join()} ${query.text ?? ''}`
      let resources = found.get(key)
      if (!resources) {
        text ??= readText(path) ?? ''
        resources = findResources(text, query, contextOf(path)).map((manifest) => ({
          manifest,
          filePath: path,
        }))
        found.set(key, resources)
      }
      return resources
    },
    mayHide(path, query) {
      const key = `${query.kinds.join()} ${path}`
      const answer = hidden.get(key) ?? hidesResources(readText(path) ?? '', query, contextOf(path))
      hidden.set(key, answer)
      return answer
    },
  }
}

/** A kind with a tag or an anchor, an alias, a block scalar, or one on the next line. */
const unclearKind = /\bkind["']?\s*:[ \t]*(?:[!&*|>#]|\r?$)/m

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
