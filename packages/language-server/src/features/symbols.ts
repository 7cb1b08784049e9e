import type { Path } from '@daemonlint/core'
import { workloadOf } from '@daemonlint/core/editor'
import { volumeSource } from '../kubernetes/volume.ts'
import type { Snapshot } from '../snapshot.ts'
import { type OutlineEntry, type OutlineMap, type OutlineNode, outlineOf } from '../yaml/outline.ts'
import { entryOf, nodeAt, textAt } from '../yaml/spot.ts'

export type SymbolType =
  | 'resource'
  | 'podTemplate'
  | 'container'
  | 'initContainer'
  | 'volume'
  | 'dataKey'
  | 'port'

/** A part of a document that an editor lists and jumps to. */
export interface DocumentSymbol {
  type: SymbolType
  name: string
  /** What tells it from others of its kind: a namespace, an image. */
  detail?: string
  /** All that belongs to it, by two offsets. */
  range: [number, number]
  /** What is selected on a jump; within the range. */
  selection: [number, number]
  /** Each within the range. */
  children: DocumentSymbol[]
}

/**
 * The resources of a document, those too that are not linted, with what pods are made of. It is read off the outline, so
 * that templates and what is being typed have symbols as well.
 */
export function documentSymbols({ text, result }: Snapshot): DocumentSymbol[] {
  return result.root.documents.flatMap(({ position }) => {
    const { root } = outlineOf(text, position.start.offset, position.end.offset)
    return root?.type === 'map' ? resources(root, '', '') : []
  })
}

function resources(map: OutlineMap, listKind: string, listVersion: string): DocumentSymbol[] {
  const kind = shown(map, ['kind']) || listKind
  const apiVersion = textAt(map, ['apiVersion']) || listVersion
  const items = entryOf(map, 'items')?.value
  if (kind.endsWith('List') && items?.type === 'list') {
    const ofItems = kind.slice(0, -'List'.length)
    const children = mapsOf(items).flatMap((item) => resources(item, ofItems, ofItems && apiVersion))
    return [{ ...resource(map, kind), children }]
  }
  // A chart's values, a configuration of another program.
  if (kind === '' && !(entryOf(map, 'apiVersion') && entryOf(map, 'metadata'))) return []
  return [{ ...resource(map, kind), children: partsOf(map, kind, apiVersion) }]
}

function resource(map: OutlineMap, kind: string): DocumentSymbol {
  const name = shown(map, ['metadata', 'name']) || shown(map, ['metadata', 'generateName'])
  const namespace = shown(map, ['metadata', 'namespace'])
  const selected = scalarAt(map, ['metadata', 'name']) ?? scalarAt(map, ['kind']) ?? firstKey(map)
  return {
    type: 'resource',
    name: [kind, name].filter(Boolean).join(' ') || 'resource',
    ...(namespace && { detail: namespace }),
    range: rangeOf(map),
    selection: selected,
    children: [],
  }
}

function partsOf(map: OutlineMap, kind: string, apiVersion: string): DocumentSymbol[] {
  const workload = workloadOf(kind, apiVersion)
  if (workload) return podParts(map, workload.template)
  if (kind === 'ConfigMap' || kind === 'Secret') {
    return ['data', 'binaryData', 'stringData'].flatMap((field) => keysOf(entryOf(map, field)?.value))
  }
  if (kind === 'Service') return itemsAt(map, ['spec', 'ports']).map(port)
  return []
}

/** The pod template with its parts; those of a Pod stand in it without one. */
function podParts(map: OutlineMap, path: Path): DocumentSymbol[] {
  const template = nodeAt(map, path)
  if (template?.type !== 'map') return []
  const lists = [
    ['initContainers', initContainer],
    ['containers', container],
    ['ephemeralContainers', container],
    ['volumes', volume],
  ] as const
  const parts = lists.flatMap(([list, make]) => itemsAt(template, ['spec', list]).map(make)).sort(byPlace)
  const above = nodeAt(map, path.slice(0, -1))
  const entry = above?.type === 'map' && entryOf(above, String(path.at(-1)))
  if (path.length === 0 || !entry) return parts
  const name = 'pod template'
  return [
    {
      type: 'podTemplate',
      name,
      range: [entry.keyStart, template.end],
      selection: [entry.keyStart, entry.keyEnd],
      children: parts,
    },
  ]
}

function container(map: OutlineMap): DocumentSymbol {
  return part('container', map, shown(map, ['image']))
}

function initContainer(map: OutlineMap): DocumentSymbol {
  const role = textAt(map, ['restartPolicy']) === 'Always' ? 'sidecar' : 'init'
  return part('initContainer', map, [role, shown(map, ['image'])].filter(Boolean).join(', '))
}

function volume(map: OutlineMap): DocumentSymbol {
  const { type, detail } = volumeSource(map) ?? {}
  return part('volume', map, [type, detail && shown(detail, [])].filter(Boolean).join(' '))
}

function port(map: OutlineMap): DocumentSymbol {
  const number = shown(map, ['port'])
  const isNamed = shown(map, ['name']) !== ''
  const found = part('port', map, isNamed ? number : '')
  return isNamed || number === '' ? found : { ...found, name: number }
}

function part(type: SymbolType, map: OutlineMap, detail: string): DocumentSymbol {
  return {
    type,
    name: shown(map, ['name']) || (type === 'initContainer' ? 'container' : type),
    ...(detail && { detail }),
    range: rangeOf(map),
    selection: scalarAt(map, ['name']) ?? firstKey(map),
    children: [],
  }
}

function keysOf(node: OutlineNode | undefined): DocumentSymbol[] {
  if (node?.type !== 'map') return []
  return node.entries.filter(({ key }) => key !== '').map((entry) => dataKey(entry))
}

function dataKey({ key, keyStart, keyEnd, value }: OutlineEntry): DocumentSymbol {
  const range: [number, number] = [keyStart, Math.max(keyEnd, value?.end ?? 0)]
  return { type: 'dataKey', name: key, range, selection: [keyStart, keyEnd], children: [] }
}

const byPlace = (a: DocumentSymbol, b: DocumentSymbol): number => a.range[0] - b.range[0]

function itemsAt(map: OutlineMap, path: Path): OutlineMap[] {
  const node = nodeAt(map, path)
  return node?.type === 'list' ? mapsOf(node) : []
}

const mapsOf = ({ items }: Extract<OutlineNode, { type: 'list' }>): OutlineMap[] =>
  items.flatMap(({ value }) => (value?.type === 'map' ? [value] : []))

/** A scalar as a list of symbols shows it: on one line, a template's as it is written; '' for none. */
function shown(node: OutlineNode, path: Path): string {
  const found = nodeAt(node, path)
  if (found?.type !== 'scalar') return ''
  const line = found.value.trim().replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

const rangeOf = ({ start, end }: OutlineNode): [number, number] => [start, end]

function scalarAt(node: OutlineNode, path: Path): [number, number] | undefined {
  const found = nodeAt(node, path)
  return found?.type === 'scalar' ? rangeOf(found) : undefined
}

function firstKey({ start, entries }: OutlineMap): [number, number] {
  const [entry] = entries
  return entry ? [entry.keyStart, entry.keyEnd] : [start, start]
}
