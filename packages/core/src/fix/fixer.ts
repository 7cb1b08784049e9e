import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node } from 'yaml'
import { type Located, locate, nodeAt, yamlOf } from '../parse/locate.ts'
import type { KubernetesNode, Path } from '../parse/tree.ts'
import type { Edit } from '../problem.ts'
import { type Addition, type AdditionPath, combine, endOf } from './additions.ts'
import { contextFor, type EditContext, flowStyleOf, isInFlow } from './context.ts'
import { type Additions, insertInto } from './insert.ts'
import { removeEntry } from './remove.ts'
import { replaceValue } from './replace.ts'
import { writeString } from './scalar.ts'
import { type Collection, type Entry, entriesOf, isMarked, keyText, lookUp } from './syntax.ts'
import type { Fixer, NewValue } from './types.ts'

/** The nodes from a resource's root towards a field, as far as they exist. */
interface Chain {
  context: EditContext
  nodes: Node[]
  /** The steps of the path that have no node. */
  missing: Path
}

/**
 * Makes the edits that a rule's `fix` asks for, as text ranges in the file's own style.
 *
 * One fixer serves one fix. Where several of its operations need the same missing map or list, the edits of all of
 * them are in the result of the first.
 * @param node the reported node, which paths are relative to
 */
export function createFixer(node: KubernetesNode): Fixer {
  const pending = new Map<Node, { additions: Addition[]; edits: Edit[] }>()
  const removed = new Map<Node, number>()
  const made: Edit[][] = []

  /** Null for edits that overlap those made before, `own` aside. */
  function accept(edits: Edit[] | null, own?: Edit[]): Edit[] | null {
    if (!edits || made.some((other) => other !== own && overlap(other, edits))) return null
    if (own) own.splice(0, own.length, ...edits)
    else made.push(edits)
    return own ? [] : edits
  }

  function take(chain: Chain): Edit[] | null {
    const parent = chain.nodes.at(-2)
    if (!isCollection(parent)) return null
    const before = removed.get(parent) ?? 0
    // Whether `{}` or a comma must be written depends on what else goes.
    if (before > 0 && (parent.flow || before + 1 >= parent.items.length)) return null
    const edits = accept(remove(chain, pending.has(parent)))
    if (edits) removed.set(parent, before + 1)
    return edits
  }

  /** Null where an edit would reach further than the path, or the value is not known. */
  function follow(base: KubernetesNode, path: Path): Chain | null {
    const { manifest } = base
    const yaml = yamlOf(manifest)
    if (base.isUnknown(...path)) return null
    const root = nodeAt(manifest, [])?.node
    if (!root) return null
    const context = contextFor(yaml.text, root)
    const full = [...base.path, ...path]
    const nodes: Node[] = []
    let located: Located | undefined = { node: root, throughAlias: false, throughMerge: false }
    for (let length = 0; ; length++) {
      const { node, throughAlias, throughMerge } = located
      if (!node) return { context, nodes, missing: full.slice(length - 1) }
      if (throughAlias || throughMerge || isAlias(node) || isAliased(context, node)) return null
      nodes.push(node)
      if (length === full.length) return { context, nodes, missing: [] }
      // Step by step from node to node, rather than from the root each time.
      const contents: Partial<Document> = { contents: node as Document['contents'] }
      located = locate({ ...yaml, document: contents as Document }, [full[length]!])
      if (!located) return { context, nodes, missing: full.slice(length) }
    }
  }

  function write(base: KubernetesNode, path: Path, value: NewValue, append: boolean): Edit[] | null {
    const chain = follow(base, path)
    if (!chain) return null
    const { context, nodes, missing } = chain
    const target = nodes.at(-1)!
    if (missing.length === 0 && !append) {
      if (!base.knows(...path) && !isNull(target)) return null
      const entry = entryAt(chain)
      return entry && accept(replaceValue(context, nodes, entry, value))
    }
    if (isCollection(target) && removed.get(target) === target.items.length) return null
    const addition = { path: append ? endOf(missing) : missing, value }
    const before = pending.get(target)
    const additions = [...(before?.additions ?? []), addition]
    const edits = accept(add(chain, additions), before?.edits)
    if (!edits) return null
    if (before) before.additions = additions
    else pending.set(target, { additions, edits })
    return edits
  }

  return {
    set: (path, value, base = node) => write(base, path, value, false),
    append: (path, value, base = node) => write(base, path, value, true),
    remove(path, base = node) {
      const chain = follow(base, path)
      if (!chain || !base.knows(...path)) return null
      return take(chain)
    },
    rename(path, key, base = node) {
      const chain = follow(base, path)
      return chain && accept(rename(chain, key))
    },
    move(from, to, base = node) {
      const source = follow(base, from)
      if (!source || source.missing.length > 0 || !base.knows(...from)) return null
      const target = follow(base, to)
      if (!target || target.missing.length === 0 || !canMove(source, target)) return null
      const [step] = target.missing
      const parent = source.nodes.at(-2)
      if (target.missing.length === 1 && target.nodes.at(-1) === parent && typeof step === 'string') {
        return accept(rename(source, step))
      }
      const value = from.reduce<unknown>((each, step) => (each as never)?.[step], base.value)
      if (value === undefined) return null
      const written = write(base, to, value as NewValue, false)
      const cut = written && take(source)
      return cut && [...written, ...cut]
    },
    replaceTextRange: (range, text) => [{ range: [range[0], range[1]], text }],
    insertTextAfterRange: ([, end], text) => [{ range: [end, end], text }],
    insertTextBeforeRange: ([start], text) => [{ range: [start, start], text }],
    removeRange: (range) => [{ range: [range[0], range[1]], text: '' }],
  }
}

const overlap = (some: Edit[], others: Edit[]): boolean =>
  some.some(({ range: [start, end] }) => others.some(({ range }) => start < range[1] && range[0] < end))

/** True when an alias elsewhere repeats the node, so that an edit in it would change both places. */
function isAliased({ aliases }: EditContext, node: Node): boolean {
  return !isAlias(node) && node.anchor !== undefined && aliases().has(node.anchor)
}

const isNull = (node: Node): boolean =>
  isScalar(node) && node.type === 'PLAIN' && /^(?:~|null|Null|NULL)?$/.test(node.source ?? '')

/** The entry whose value is the last node of a chain. */
function entryAt({ context, nodes }: Pick<Chain, 'context' | 'nodes'>): Entry | null {
  const [parent, target] = [nodes.at(-2), nodes.at(-1)]
  if (!isCollection(parent)) return null
  const { places, keys } = lookUp(context.text, parent as Collection)
  const entry = entriesOf(context.text, parent as Collection)?.[places.get(target) ?? -1]
  if (!entry) return null
  // Of two equal keys, no one can tell which is meant.
  return entry.key && keys.get(keyText(entry))! > 1 ? null : entry
}

/** Writes new values beneath the last node of a chain. */
function add(chain: Chain, additions: Addition[]): Edit[] | null {
  const { context, nodes } = chain
  const target = nodes.at(-1)!
  if (isCollection(target) && target.items.length > 0) {
    const made = group(target as Collection, additions)
    return made && insertInto(context, nodes, target as Collection, made)
  }
  if (!isCollection(target) && !isNull(target)) return null
  const first = additions[0]?.path[0]
  if (isMap(target) && typeof first !== 'string') return null
  if (isSeq(target) && typeof first === 'string') return null
  const value = combine(additions)
  if (value === null) return null
  const entry = entryAt(chain)
  if (entry && !isInFlow(nodes)) return replaceValue(context, nodes, entry, value)
  if (!isCollection(target) || !target.flow) return entry && replaceValue(context, nodes, entry, value)
  const made = group(target as Collection, additions)
  return made && insertInto(context, nodes, target as Collection, made)
}

/** New values by the entry they belong to. */
function group(target: Collection, additions: Addition[]): Additions | null {
  const base = isMap(target) ? 0 : target.items.length
  const paths = additions.map(({ path: [step, ...rest], value }): Addition => {
    const own = typeof step === 'number' ? step - base : step!
    return { path: [own, ...rest] as AdditionPath, value }
  })
  if (paths.some(({ path: [step] }) => typeof step === 'number' && step < 0)) return null
  const value = combine(paths)
  if (Array.isArray(value)) return isMap(target) ? null : { items: value }
  if (typeof value !== 'object' || value === null || !isMap(target)) return null
  return { entries: Object.entries(value) }
}

function remove(chain: Chain, grows: boolean): Edit[] | null {
  const { context, nodes, missing } = chain
  const entry = entryAt(chain)
  const parent = nodes.at(-2)
  if (missing.length > 0 || !entry || !isCollection(parent)) return null
  const index = lookUp(context.text, parent as Collection).places.get(entry.value)!
  const owner = nodes.length > 2 ? entryAt({ context, nodes: nodes.slice(0, -1) }) : undefined
  if (owner === null) return null
  return removeEntry(context, parent as Collection, index, owner, grows)
}

function rename(chain: Chain, key: string): Edit[] | null {
  const { context, nodes, missing } = chain
  const entry = entryAt(chain)
  const parent = nodes.at(-2)
  if (missing.length > 0 || !entry?.key?.range || !isMap(parent)) return null
  const { keys } = lookUp(context.text, parent as Collection)
  if (keys.has(key) || keys.has('<<') || isMarked(entry.key)) return null
  const around = nodes.slice(0, -1)
  const flow = isInFlow(nodes)
  const { type } = entry.key
  const always = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE'
  const quote = always ? (type === 'QUOTE_DOUBLE' ? '"' : "'") : context.layout().quote
  const json = flow && flowStyleOf(context, around).json
  const text = writeString(key, { flow, json, quote, always })
  return text === null ? null : [{ range: [entry.key.range[0], entry.key.range[1]], text }]
}

/** False where removing the source would take the ground from under the target, or a comment would be lost. */
function canMove(source: Chain, target: Chain): boolean {
  const moved = source.nodes.at(-1)!
  if (target.nodes.includes(moved)) return false
  const parent = source.nodes.at(-2)
  return isCollection(parent) && (parent.items.length > 1 || !target.nodes.includes(parent))
}
