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
    mayHold(document.kind, query) && matches(document.text, query)
  return parse(text, { wants, context }).children.filter((manifest) => isAskedFor(manifest, query))
}

/**
 * The resources of a tree that a query asks for, those among them that were passed over when it was parsed.
 * @param root without resources whose shape cannot be trusted
 * @param context the one that it was parsed with
 */
export function resourcesOf(root: Root, query: ResourceQuery, context: FileContext): Manifest[] {
  const { text, children, documents } = root
  const parsed = children.filter((manifest) => {
    if (!isMeant(manifest, query)) return false
    const { start, end } = documents[manifest.document]!.position
    return query.text === undefined || matches(text.slice(start.offset, end.offset), query)
  })
  const skipped = new Map(
    documents.flatMap((document) => {
      const { status, kind, position, index } = document
      if (status !== 'skipped' || !mayHold(kind, query)) return []
      return [[index, text.slice(position.start.offset, position.end.offset)] as const]
    }),
  )
  if (skipped.size === 0) return parsed
  const texts = new Set(skipped.values())
  const wants = (document: { text: string }) => texts.has(document.text) && matches(document.text, query)
  const others = parse(text, { wants, context }).children.filter(
    (manifest) => skipped.has(manifest.document) && isAskedFor(manifest, query),
  )
  return [...parsed, ...others]
}

/**
 * True when a text may hold resources that a query asks for and nobody can see: their kind is a placeholder, or their
 * whole document is a template's or broken. Their text may be hidden as well, so `query.text` is not looked at.
 */
export function hidesResources(text: string, query: ResourceQuery, context: FileContext = {}): boolean {
  if (!mayHideSome(text) && !query.kinds.some((kind) => text.includes(kind))) return false
  const { documents, children } = parse(text, {
    wants: ({ kind }) => mayHold(kind, query) || !isPlainKind(kind),
    context,
  })
  if (children.some(({ kind }) => !isPlainKind(kind))) return true
  return documents.some(({ status, kind, position }) => {
    if (status === 'empty' || status === 'parsed') return false
    const body = text.slice(position.start.offset, position.end.offset)
    if (status === 'skipped') return kind === '' && opensWithMarker.test(body) && !/\bkind\b/.test(body)
    const kinds = kind ? [kind] : [...body.matchAll(kindLine)].map(([, written = '']) => written)
    return kinds.length === 0 || kinds.some((one) => mayHold(one, query) || !isPlainKind(one))
  })
}

const isPlainKind = (kind: string): boolean => /^[A-Za-z]+$/.test(kind)

/** A line of a template's own, where whole resources may come from: `{{ include "agent.rbac" . }}`. */
const opensWithMarker = /^\{\{/m
const kindLine = /^kind:[ \t]*(\S*)/gm

/** A cheap look at a text: true where a kind is no plain word, or a template writes whole lines. */
const mayHideSome = (text: string): boolean =>
  opensWithMarker.test(text) || /\bkind["']?\s*:\s*["']?[^\s\w"'#]/.test(text)

/** Whether a document may hold what is asked for, by the kind that a light scan found: '' where it cannot tell. */
const mayHold = (kind: string, { kinds }: ResourceQuery): boolean =>
  kind === '' || kinds.includes(kind) || kind.endsWith('List')

const isMeant = ({ kind, role }: Manifest, { kinds }: ResourceQuery): boolean =>
  kinds.includes(kind) && role === 'manifest'

/** Of a document that nobody has judged, the shape must be looked at as well. */
const isAskedFor = (manifest: Manifest, query: ResourceQuery): boolean =>
  isMeant(manifest, query) && trustsShape(manifest.type, manifest.value)

function matches(text: string, { text: hint }: ResourceQuery): boolean {
  if (hint === undefined) return true
  return typeof hint === 'string' ? text.includes(hint) : text.search(hint) >= 0
}
