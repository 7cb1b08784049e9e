import type { FileContext } from '../parse/file-context.ts'
import { parse } from '../parse/index.ts'
import type { Manifest, Root } from '../parse/tree.ts'
import { trustsShape } from '../schema/index.ts'
import { mayHoldWord } from './needs.ts'

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
  if (!query.kinds.some((kind) => mayHoldWord(text, kind)) || !matches(text, query)) return []
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
  const textOf = (index: number) => {
    const { start, end } = documents[index]!.position
    return text.slice(start.offset, end.offset)
  }
  const hasText = ({ document }: Manifest) => query.text === undefined || matches(textOf(document), query)
  // Their shape has been looked at.
  const parsed = children.filter((manifest) => isMeant(manifest, query) && hasText(manifest))
  const skipped = documents.flatMap(({ status, kind, index }) =>
    status === 'skipped' && mayHold(kind, query) && matches(textOf(index), query) ? [index] : [],
  )
  if (skipped.length === 0) return parsed
  const wanted = new Set(skipped)
  const known = laterParsed.get(root) ?? new Map<string, Manifest[] | undefined>()
  laterParsed.set(root, known)
  const others = parseSkipped(root, query, new Set(skipped.map(textOf)), context, known).filter(
    (manifest) => wanted.has(manifest.document) && isAskedFor(manifest, query),
  )
  return [...parsed, ...others]
}

/**
 * True when a text may hold resources that a query asks for and nobody can see: their kind is a placeholder, or their
 * whole document is a template's or broken. Their text may be hidden as well, so `query.text` is not looked at.
 */
export function hidesResources(text: string, query: ResourceQuery, context: FileContext = {}): boolean {
  if (!mayHideKinds(text) && !query.kinds.some((kind) => mayHoldWord(text, kind))) return false
  const wants = ({ kind }: { kind: string }) => mayHold(kind, query) || !isPlainKind(kind)
  return hasHidden(parse(text, { wants, context }), query)
}

/**
 * {@link hidesResources} of a tree that is at hand; its text is parsed again only for documents that were passed over.
 * @param context the one that it was parsed with
 */
export function rootHidesResources(root: Root, query: ResourceQuery, context: FileContext): boolean {
  const { text, documents } = root
  if (!mayHideKinds(text) && !query.kinds.some((kind) => mayHoldWord(text, kind))) return false
  const isUnread = documents.some(
    ({ status, kind }) => status === 'skipped' && (mayHold(kind, query) || !isPlainKind(kind)),
  )
  return isUnread ? hidesResources(text, query, context) : hasHidden(root, query)
}

function hasHidden({ text, documents, children }: Root, query: ResourceQuery): boolean {
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
export function mayHideKinds(text: string): boolean {
  return opensWithMarker.test(text) || /\bkind["']?\s*:\s*["']?[^\s\w"'#]/.test(text)
}

/** What was parsed later of the documents that were passed over, by the kinds that were asked for. */
const laterParsed = new WeakMap<Root, Map<string, Manifest[] | undefined>>()

/**
 * At least those resources of skipped documents that have one of some texts. When a second query comes for the same
 * kinds, all of these are parsed: a rule may ask for each of thousands of names, and each time the whole file is read.
 */
function parseSkipped(
  { text, documents }: Root,
  query: ResourceQuery,
  texts: ReadonlySet<string>,
  context: FileContext,
  known: Map<string, Manifest[] | undefined>,
): Manifest[] {
  const key = query.kinds.join()
  const before = known.get(key)
  if (before) return before
  const isSkipped = new Set(documents.flatMap(({ status, index }) => (status === 'skipped' ? [index] : [])))
  const all = known.has(key)
  const wants = (document: { kind: string; text: string }) =>
    all ? mayHold(document.kind, query) : texts.has(document.text)
  const manifests = parse(text, { wants, context }).children.filter(({ document }) => isSkipped.has(document))
  known.set(key, all ? manifests : undefined)
  return manifests
}

/** Whether a document may hold what is asked for, by the kind that a light scan found: '' where it cannot tell. */
const mayHold = (kind: string, { kinds }: ResourceQuery): boolean =>
  kind === '' || kinds.includes(kind) || kind.endsWith('List')

const isMeant = ({ kind, role }: Manifest, { kinds }: ResourceQuery): boolean =>
  kinds.includes(kind) && role === 'manifest'

/** Of a document that nobody has judged, the shape must be looked at as well. */
const isAskedFor = (manifest: Manifest, query: ResourceQuery): boolean =>
  isMeant(manifest, query) && isTrusted(manifest)

const trusted = new WeakMap<Manifest, boolean>()

/** {@link trustsShape}, looked up once for each resource, for many rules ask for the same ones. */
function isTrusted(manifest: Manifest): boolean {
  let known = trusted.get(manifest)
  if (known === undefined) {
    known = trustsShape(manifest.type, manifest.value)
    trusted.set(manifest, known)
  }
  return known
}

function matches(text: string, { text: hint }: ResourceQuery): boolean {
  if (hint === undefined) return true
  return typeof hint === 'string' ? text.includes(hint) : text.search(hint) >= 0
}
