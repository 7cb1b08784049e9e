import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  visit,
} from 'yaml'
import { isBlockScalar } from '../parse/block-scalar.ts'
import { afterBlank } from '../text/blank.ts'
import { columnOf } from './layout.ts'
import { beforeBreak, isLineDone, lineEnd } from './lines.ts'

/** From one offset to another, the second exclusive. */
export type Span = readonly [number, number]

/** An entry of a map or an item of a list, as it is written. */
export interface Entry {
  /** Of the key; in a block list of the dash; in a flow list of the item. */
  start: number
  /** Where a value begins: after the colon or the dash; for an item of a flow list `start`. */
  after: number
  /** After the last character of the value, trailing comments and line breaks excluded. */
  end: number
  key?: Scalar
  value: Node | null
}

export type Collection = Node & { items: unknown[]; flow?: boolean }

/** True when an anchor or a tag is written before the node: outside its range, so that edits would miss it. */
export const isMarked = (node: unknown): boolean =>
  (isScalar(node) || isCollection(node)) && (node.anchor !== undefined || node.tag !== undefined)

/** True when `node` or anything in it has an anchor. */
export function hasAnchor(node: Node | null): boolean {
  let found = false
  if (node) {
    visit(node, {
      Node(_, each) {
        if (!isAlias(each) && each.anchor !== undefined) {
          found = true
          return visit.BREAK
        }
      },
    })
  }
  return found
}

/** True for a value of which nothing is written. */
const isEmpty = (node: Node | null): boolean => !node?.range || node.range[0] === node.range[1]

/** Where the text of a node ends, or null if that cannot be told surely. */
function endOf(text: string, node: Node | null): number | null {
  if (!node?.range) return null
  const [start, end] = node.range
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1)
    if (last === undefined) return null
    return endOf(text, (isPair(last) ? last.value : last) as Node | null)
  }
  if (isEmpty(node)) {
    let before = start
    while (text[before - 1] === ' ') before--
    return before
  }
  if (!isBlockScalar(node)) return end
  const header = /^[|>][-+\d]*/.exec(text.slice(start, start + 4))?.[0]
  if (header === undefined) return null
  let last = beforeBreak(text, end)
  if (header.includes('+')) return last
  while (beforeBreak(text, last) !== last && last > start) last = beforeBreak(text, last)
  return last
}

/** The block scalar that a value ends with, if it does. */
export function lastScalar(node: Node | null): Scalar | undefined {
  if (isBlockScalar(node)) return node
  if (!isCollection(node) || node.flow) return undefined
  const last = node.items.at(-1)
  return lastScalar((isPair(last) ? last.value : last) as Node | null)
}

interface Known {
  text: string
  entries: readonly Entry[] | null
  lookup?: Lookup
}

/** Where the entries of a collection are. */
export interface Lookup {
  /** Index of an entry, by its value. */
  places: ReadonlyMap<unknown, number>
  /** How many entries have a key. */
  keys: ReadonlyMap<string | undefined, number>
  /** Every value is written, without an anchor or a tag before it. */
  bare: boolean
}

/** What was read of collections: most are asked for once for each finding in them. */
const known = new WeakMap<Collection, Known>()

function knownOf(text: string, collection: Collection): Known {
  const before = known.get(collection)
  if (before?.text === text) return before
  const now: Known = { text, entries: readEntries(text, collection) }
  known.set(collection, now)
  return now
}

/** The entries of a collection in their order, or null if one of them is of a kind that edits are not sure of. */
export function entriesOf(text: string, collection: Collection): readonly Entry[] | null {
  return knownOf(text, collection).entries
}

/** Finds entries of a collection by value and by key; nothing where {@link entriesOf} gives null. */
export function lookUp(text: string, collection: Collection): Lookup {
  const now = knownOf(text, collection)
  if (!now.lookup) {
    const keys = new Map<string | undefined, number>()
    const entries = now.entries ?? []
    for (const entry of entries) keys.set(keyText(entry), (keys.get(keyText(entry)) ?? 0) + 1)
    const bare = entries.every(({ value }) => !isMarked(value) && (!value?.range || !isEmpty(value)))
    now.lookup = { places: new Map(entries.map(({ value }, index) => [value, index])), keys, bare }
  }
  return now.lookup
}

/** The key of an entry as text; undefined for an item of a list. */
export function keyText({ key }: Entry): string | undefined {
  return key === undefined ? undefined : (key.source ?? String(key.value))
}

function readEntries(text: string, collection: Collection): Entry[] | null {
  const entries: Entry[] = []
  let previous = collection.range?.[0] ?? 0
  for (const item of collection.items) {
    const entry = isMap(collection)
      ? pairEntry(text, item as Pair)
      : itemEntry(text, item, collection.flow ? undefined : previous)
    if (entry === null) return null
    entries.push(entry)
    previous = entry.end
  }
  return entries
}

function pairEntry(text: string, { key, value }: Pair<unknown, unknown>): Entry | null {
  if (!isScalar(key) || !key.range || isMarked(key) || isBlockScalar(key)) return null
  const node = value as Node | null
  if (!node?.range) return null
  const colon = /\s*:/y
  colon.lastIndex = key.range[1]
  if (!colon.test(text)) return null
  const end = endOf(text, node)
  if (end === null) return null
  return {
    start: key.range[0],
    after: colon.lastIndex,
    end: Math.max(end, colon.lastIndex),
    key,
    value: node,
  }
}

/** @param from for a block list: after what stands before the dash */
function itemEntry(text: string, item: unknown, from: number | undefined): Entry | null {
  if (isPair(item)) return null
  const value = item as Node | null
  const end = endOf(text, value)
  if (!value?.range || end === null) return null
  if (from === undefined) return { start: value.range[0], after: value.range[0], end, value }
  const start = afterBlank(text, from)
  if (text[start] !== '-') return null
  return { start, after: start + 1, end: Math.max(end, start + 1), value }
}

/** The comments between two offsets; `node`, which stands there, tells what only looks like one. */
export function commentsIn(text: string, [from, to]: Span, ...nodes: (Node | null)[]): Span[] {
  const leaves: [number, number][] = []
  for (const node of nodes) {
    if (!node) continue
    visit(node, {
      Scalar(_, scalar) {
        if (!scalar.range) return
        const [start, end] = scalar.range
        leaves.push([isBlockScalar(scalar) ? lineEnd(text, start) : start, end])
      },
      Alias(_, alias) {
        if (alias.range) leaves.push([alias.range[0], alias.range[1]])
      },
    })
  }
  leaves.sort((a, b) => a[0] - b[0])
  const comments: Span[] = []
  let at = from
  for (const [start, end] of [...leaves, [to, to] as const]) {
    if (end < from) continue
    const gap = text.slice(at, Math.min(start, to))
    for (const match of gap.matchAll(/(?<=^|\s)#[^\r\n]*/g)) {
      comments.push([at + match.index, at + match.index + match[0].length])
    }
    at = Math.max(at, end)
  }
  return comments
}

/**
 * The column of a block collection's entries, or null unless its first entry begins its line (dashes aside) and its
 * last one ends it.
 */
export function blockColumn(text: string, entries: readonly Entry[]): number | null {
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last || !isLineDone(text, last.end)) return null
  return columnOf(text, first.start) ?? null
}
