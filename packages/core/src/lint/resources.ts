import type { FileContext } from '../parse/file-context.ts'
import { parse } from '../parse/index.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import { trustsShape } from '../schema/index.ts'

/**
 * How far a rule looks for other resources.
 *
 * - `applied`: what surely comes to one cluster together with the file: the file itself, what one kustomization builds
 *   with it, and the files of its cluster in `settings.clusters`. Conflicts are judged within this alone.
 * - `folder`: the files of its folder as well, which people tend to apply together.
 * - `run`: every file of the run as well, whatever cluster it is for.
 */
export type ResourceScope = 'applied' | 'folder' | 'run'

/** Which resources a rule asks for. */
export interface ResourceQuery {
  /** `['Role', 'ClusterRole']` */
  kinds: readonly string[]
  /** What the text of a document must hold, so that others need not be parsed: the name that is looked for, say. */
  text?: string | RegExp
  /** Default: `applied`. */
  scope?: ResourceScope
}

/** A resource that stands beside those of the file that is linted, or in another file. */
export interface FoundResource {
  /**
   * Its tree. The shape of workloads is checked; that of other kinds is not: any field of theirs may be of any type.
   * Patches are not among them, for they are no resources.
   */
  manifest: Manifest
  /** The file it stands in, absolute; undefined for the file that is linted. */
  filePath: string | undefined
}

/**
 * The resources of a text that a query asks for.
 * @param context what is known of the file the text is from
 */
export function findResources(text: string, query: ResourceQuery, context: FileContext = {}): Manifest[] {
  if (!query.kinds.some((kind) => text.includes(kind)) || !matches(text, query)) return []
  const wants = (document: { kind: string; text: string }) =>
    (document.kind === '' || query.kinds.includes(document.kind)) && matches(document.text, query)
  return parse(text, { wants, context }).children.filter((manifest) => isAskedFor(manifest, query))
}

/**
 * The resources of a tree that a query asks for, those among them that were passed over when it was parsed.
 * @param context the one that it was parsed with
 */
export function resourcesOf(root: Root, query: ResourceQuery, context: FileContext): Manifest[] {
  const { text, children, documents } = root
  const parsed = children.filter((manifest) => {
    if (!isAskedFor(manifest, query)) return false
    const { start, end } = documents[manifest.document]!.position
    return query.text === undefined || matches(text.slice(start.offset, end.offset), query)
  })
  const skipped = new Set(documents.flatMap(({ status, index }) => (status === 'skipped' ? [index] : [])))
  if (skipped.size === 0) return parsed
  const others = findResources(text, query, context).filter(({ document }) => skipped.has(document))
  return [...parsed, ...others]
}

function isAskedFor({ kind, role, type, value }: Manifest, { kinds }: ResourceQuery): boolean {
  return kinds.includes(kind) && role === 'manifest' && trustsShape(type, value)
}

function matches(text: string, { text: hint }: ResourceQuery): boolean {
  if (hint === undefined) return true
  return typeof hint === 'string' ? text.includes(hint) : text.search(hint) >= 0
}
