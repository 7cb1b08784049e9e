import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { isBlockScalar } from './block-scalar.ts'
import { isMergeKey, keyNameOf } from './scalar.ts'
import type { YamlSource } from './source.ts'
import type { Manifest, Path } from './tree.ts'

/** Where a field stands in the YAML document. All `range`s count from the start of the file. */
export interface Located {
  /** The entry, for a field of a map. */
  pair?: Pair
  /** The value; an alias is not followed when it is the value itself. */
  node?: Node
  /** The map or list it stands in. */
  parent?: YAMLMap | YAMLSeq
  /** An alias was followed on the way: a change there changes other places too. */
  throughAlias: boolean
  /** It comes from a `<<` merge, so that it stands in another map. */
  throughMerge: boolean
}

/** What a manifest keeps of its YAML, for {@link nodeAt} and for fixes. */
export interface ManifestYaml extends YamlSource {
  /** From the document's root to the resource: `['items', 0]` for one in a List. */
  readonly base: Path
}

/** The YAML a manifest was made from. */
export function yamlOf(manifest: Manifest): ManifestYaml {
  return manifest.yaml
}

/**
 * Finds a field in the YAML document, following aliases and `<<` merges.
 * @param manifest the resource
 * @param path from the resource's root
 * @returns undefined if nothing is written there
 */
export function nodeAt(manifest: Manifest, path: Path): Located | undefined {
  const yaml = yamlOf(manifest)
  return locate(yaml, [...yaml.base, ...path])
}

/** {@link nodeAt}, from the document's root. */
export function locate(yaml: YamlSource, path: Path): Located | undefined {
  let found: Located = {
    node: (yaml.document.contents as Node | null) ?? undefined,
    throughAlias: false,
    throughMerge: false,
  }
  for (const part of path) {
    let parent = found.node
    let throughAlias = found.throughAlias
    if (isAlias(parent)) {
      parent = yaml.resolve(parent)
      throughAlias = true
    }
    let next: Located | undefined
    if (isSeq(parent) && typeof part === 'number') {
      const node = parent.items[part] as Node | undefined
      next = node && { node, parent, throughAlias, throughMerge: found.throughMerge }
    } else if (isMap(parent)) {
      next = entryOf(yaml, parent, String(part), { throughAlias, throughMerge: found.throughMerge }, 0)
    }
    if (!next) return undefined
    found = next
  }
  return found
}

/** The entry that counts: as in go-yaml the last one, whether written here or merged. */
function entryOf(
  yaml: YamlSource,
  map: YAMLMap,
  key: string,
  through: { throughAlias: boolean; throughMerge: boolean },
  depth: number,
): Located | undefined {
  const { own, merges, places } = entriesOf(yaml, map)
  const pair = own.get(key)
  const found = pair && {
    pair,
    node: (pair.value as Node | null) ?? undefined,
    parent: map,
    throughAlias: through.throughAlias,
    throughMerge: through.throughMerge,
  }
  for (const merge of merges) {
    if (pair && places!.get(merge)! < places!.get(pair)!) return found
    const merged = depth < 100 ? mergedEntry(yaml, merge, key, through, depth) : undefined
    if (merged) return merged
  }
  return found
}

interface Entries {
  /** By key; of equal keys the last. */
  own: ReadonlyMap<string, Pair>
  /** The `<<`, the last one first. */
  merges: readonly Pair[]
  /** Index of each entry, of a map that has merges. */
  places?: ReadonlyMap<Pair, number>
}

const known = new WeakMap<YAMLMap, Entries>()

/** The entries of a map, read once: whoever looks for each of thousands would else look through all of them each time. */
function entriesOf(yaml: YamlSource, map: YAMLMap): Entries {
  const before = known.get(map)
  if (before) return before
  const own = new Map<string, Pair>()
  const merges: Pair[] = []
  for (const pair of map.items) {
    if (!isPair(pair)) continue
    if (isMergeKey(pair.key)) {
      merges.push(pair)
      continue
    }
    const name = keyNameOf(isAlias(pair.key) ? yaml.resolve(pair.key) : pair.key)
    if (name !== undefined) own.set(name, pair)
  }
  const entries: Entries = { own, merges: merges.reverse() }
  if (merges.length > 0) entries.places = new Map(map.items.map((pair, index) => [pair, index]))
  known.set(map, entries)
  return entries
}

function mergedEntry(
  yaml: YamlSource,
  merge: Pair,
  key: string,
  through: { throughAlias: boolean; throughMerge: boolean },
  depth: number,
): Located | undefined {
  const sources = isSeq(merge.value) ? merge.value.items : [merge.value]
  for (const source of sources) {
    const aliased = isAlias(source)
    const map = aliased ? yaml.resolve(source) : source
    if (!isMap(map)) continue
    const throughAlias = through.throughAlias || aliased
    const found = entryOf(yaml, map, key, { throughAlias, throughMerge: true }, depth + 1)
    if (found) return found
  }
  return undefined
}

/**
 * From the first to after the last character of a value: a scalar's token with its quotes, a block scalar from its
 * header to its last line with text, a collection from its first to its last entry. Undefined when nothing is
 * written, as after `key:`.
 */
export function rangeOf(yaml: YamlSource, node: Node | null | undefined): [number, number] | undefined {
  const range = node?.range
  if (!range) return undefined
  if (isScalar(node) && range[0] === range[1]) return undefined
  if (isBlockScalar(node)) {
    return [range[0], trimEnd(yaml.text, range[0], range[1])]
  }
  if (isCollection(node) && !node.flow) return [range[0], endOf(yaml, node)]
  return [range[0], range[1]]
}

/** The offset after the last thing written in a block collection. */
function endOf(yaml: YamlSource, collection: Node): number {
  let node: unknown = collection
  let end = 0
  while (isCollection(node) && !node.flow) {
    const last: unknown = node.items.at(-1)
    const start = node.range?.[0] ?? 0
    end = Math.max(end, start)
    if (isPair(last)) {
      const key = last.key as Node | null
      end = Math.max(end, key?.range?.[1] ?? 0)
      node = last.value ?? null
    } else node = last ?? null
    const range = (node as Node | null)?.range
    if (range && isScalar(node) && range[0] === range[1]) {
      return Math.max(end, trimEnd(yaml.text, start, range[0]))
    }
  }
  return Math.max(end, rangeOf(yaml, node as Node | null)?.[1] ?? 0)
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && /\s/.test(text[at - 1]!)) at--
  return at
}
