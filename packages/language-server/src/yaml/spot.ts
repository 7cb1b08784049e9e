/** What of an outline stands at an offset, and the way there. */
import type { Path } from '@daemonlint/core'
import type { Outline, OutlineEntry, OutlineList, OutlineMap, OutlineNode, OutlineScalar } from './outline.ts'

interface Way {
  /** From the document's root to the key, the item or the value. */
  path: Path
  /** The collections on the way: `parents[i]` is at `path.slice(0, i)`. */
  parents: readonly (OutlineMap | OutlineList)[]
}

/** A key, in the last of `parents`. */
export interface KeySpot extends Way {
  on: 'key'
  entry: OutlineEntry
}

/** A scalar: the value of a key, or an item of a list. */
export interface ValueSpot extends Way {
  on: 'value'
  scalar: OutlineScalar
}

export type Spot = KeySpot | ValueSpot

/** @returns undefined between keys and values, and in a comment */
export function spotAt(outline: Outline, offset: number): Spot | undefined {
  const { root, comments } = outline
  if (!root || comments.some(({ start, end }) => offset > start && offset <= end)) return undefined
  const parents: (OutlineMap | OutlineList)[] = []
  const path: (string | number)[] = []
  let node: OutlineNode = root
  for (;;) {
    if (node.type === 'scalar') {
      return holds(node, offset) ? { on: 'value', path, parents, scalar: node } : undefined
    }
    parents.push(node)
    const next = node.type === 'map' ? entryAt(node, offset) : itemAt(node, offset)
    if (!next) return undefined
    path.push(next.step)
    if (next.entry && holds({ start: next.entry.keyStart, end: next.entry.keyEnd }, offset)) {
      return { on: 'key', path, parents, entry: next.entry }
    }
    if (!next.value) return undefined
    node = next.value
  }
}

/** Where in a list its value at a path stands, `undefined` where nothing does. */
export function nodeAt(root: OutlineNode | undefined, path: Path): OutlineNode | undefined {
  let node = root
  for (const step of path) {
    if (node?.type === 'map') node = entryOf(node, String(step))?.value
    else if (node?.type === 'list' && typeof step === 'number') node = node.items[step]?.value
    else return undefined
  }
  return node
}

/** The text of a scalar at a path; undefined for what is none, or is a template's. */
export function textAt(root: OutlineNode | undefined, path: Path): string | undefined {
  const node = nodeAt(root, path)
  return node?.type === 'scalar' && node.style !== 'template' ? node.value : undefined
}

/** Of equal keys the last counts. */
export const entryOf = (map: OutlineMap, key: string): OutlineEntry | undefined =>
  map.entries.findLast((entry) => entry.key === key && entry.colon !== undefined)

const holds = ({ start, end }: { start: number; end: number }, offset: number): boolean =>
  offset >= start && offset <= end

interface Step {
  step: string | number
  entry?: OutlineEntry
  value: OutlineNode | undefined
}

/** The entry that begins last before an offset. */
function entryAt({ entries }: OutlineMap, offset: number): Step | undefined {
  const entry = entries.findLast(({ keyStart }) => keyStart <= offset)
  return entry && { step: entry.key, entry, value: entry.value }
}

function itemAt({ items }: OutlineList, offset: number): Step | undefined {
  const index = items.findLastIndex(({ start }) => start <= offset)
  return index < 0 ? undefined : { step: index, value: items[index]!.value }
}
