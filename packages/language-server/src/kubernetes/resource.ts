/** The workload that a place of an outline belongs to. */
import type { Path } from '@daemonlint/core'
import { structOf, workloadOf } from '@daemonlint/core/editor'
import type { OutlineMap, OutlineNode } from '../yaml/outline.ts'
import { entryOf, nodeAt, textAt } from '../yaml/spot.ts'

export interface OutlinedResource {
  /** That of a workload core knows: `DaemonSet`. */
  kind: string
  /** From the document's root: `['items', 0]` for one in a List. */
  base: Path
  map: OutlineMap
}

/**
 * The workload that a path of a document leads into.
 * @param root the document's outline
 * @param path from the document's root
 * @returns undefined for other resources, and for what is none: a chart's values, a file of another program
 */
export function workloadAt(root: OutlineNode | undefined, path: Path): OutlinedResource | undefined {
  if (root?.type !== 'map') return undefined
  const listKind = textAt(root, ['kind'])
  const [items, index] = path
  if (listKind?.endsWith('List') && items === 'items') {
    if (typeof index !== 'number') return undefined
    const base = ['items', index]
    const map = nodeAt(root, base)
    const kindOfList = listKind.slice(0, -'List'.length)
    return map?.type === 'map' ? resourceOf(map, base, kindOfList, textAt(root, ['apiVersion'])) : undefined
  }
  return resourceOf(root, [], '', undefined)
}

function resourceOf(
  map: OutlineMap,
  base: Path,
  kindOfList: string,
  versionOfList: string | undefined,
): OutlinedResource | undefined {
  const kind = textAt(map, ['kind']) ?? kindOfList
  const apiVersion = textAt(map, ['apiVersion']) ?? versionOfList ?? ''
  if (!workloadOf(kind, apiVersion) || isOfSeveralKinds(map)) return undefined
  // `kind: DaemonSet` is also a setting that charts have: their other keys tell.
  const fields = structOf(kind)!
  const isOurs =
    entryOf(map, 'apiVersion') || map.entries.every(({ key, colon }) => !colon || fields.has(key))
  return isOurs ? { kind, base, map } : undefined
}

/** A template that writes one kind or another. */
const isOfSeveralKinds = ({ entries }: OutlineMap): boolean =>
  new Set(
    entries.flatMap(({ key, value }) => (key === 'kind' && value?.type === 'scalar' ? [value.value] : [])),
  ).size > 1
