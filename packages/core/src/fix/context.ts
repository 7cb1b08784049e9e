import { isCollection, isMap, isPair, isScalar, type Node } from 'yaml'
import { type Layout, readLayout } from './layout.ts'
import type { FlowStyle } from './render.ts'
import type { Collection } from './syntax.ts'

/** What edits of one resource need to know. */
export interface EditContext {
  /** The file, without a byte order mark. */
  text: string
  /** How the resource is laid out; read when first asked for. */
  layout(): Layout
  /** What follows a `*` anywhere in the file: the names of all aliases, and more; read when first asked for. */
  aliases(): ReadonlySet<string>
}

const contexts = new WeakMap<Node, EditContext>()

/** The context for a resource whose root node is given: one for all of its findings. */
export function contextFor(text: string, root: Node): EditContext {
  const known = contexts.get(root)
  if (known?.text === text) return known
  let layout: Layout | undefined
  let aliases: ReadonlySet<string> | undefined
  const context: EditContext = {
    text,
    layout: () => {
      layout ??= readLayout(text, root)
      return layout
    },
    aliases: () => {
      aliases ??= new Set(Array.from(text.matchAll(/\*([^\s,[\]{}]+)/g), ([, name]) => name!))
      return aliases
    },
  }
  contexts.set(root, context)
  return context
}

/**
 * How text between `{}` or `[]` is written, after the nearest collections of that style that show it.
 * @param around the nodes from the resource's root to the collection, itself included
 */
export function flowStyleOf(context: EditContext, around: readonly Node[]): FlowStyle {
  const flows = around
    .filter((node): node is Collection => isCollection(node) && node.flow === true)
    .reverse()
  const style: FlowStyle = { json: false, quote: '"', colon: ': ', comma: ', ' }
  const map = flows.find((node) => isMap(node) && node.items.length > 0)
  const first = map?.items[0]
  if (isPair(first) && isScalar(first.key) && first.key.range) {
    style.json = first.key.type === 'QUOTE_DOUBLE'
    if (style.json && /^\s*:\S/.test(context.text.slice(first.key.range[1], first.key.range[1] + 8))) {
      style.colon = ':'
      style.comma = ','
    }
  }
  const innermost = flows[0]?.items.at(-1)
  if (isScalar(innermost) && innermost.type === 'QUOTE_SINGLE') style.quote = "'"
  else if (!(isScalar(innermost) && innermost.type === 'QUOTE_DOUBLE')) style.quote = context.layout().quote
  return style
}

/** True when the last of the nodes stands inside `{}` or `[]`, itself aside. */
export function isInFlow(around: readonly Node[]): boolean {
  return around.slice(0, -1).some((node) => isCollection(node) && node.flow === true)
}
