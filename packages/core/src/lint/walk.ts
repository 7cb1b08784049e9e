import type { KubernetesNode, Manifest, Root } from '../parse/tree.ts'
import type { Visitors } from './rule.ts'

/** The visitors of one rule, and the kinds of resources they want to see. */
export interface Walker {
  visitors: Visitors
  kinds: ReadonlySet<string>
  /** Called with what a visitor threw; the walk goes on if it returns. */
  failed(error: unknown, node: Root | KubernetesNode): void
}

type Visit = { walker: Walker; name: string; call: (node: never) => unknown }

const exit = ':exit'

/**
 * Walks the tree once for all rules: the root, each resource, its pod template, containers and volumes, in the order of
 * the text, and back up through the `…:exit` visitors. A rule sees only resources of its kinds.
 * @param root whose children are those that rules may see
 * @param walkers of rules for which there is a resource
 */
export function walk(root: Root, walkers: readonly Walker[]): void {
  // By the type of the node.
  const onEnter = new Map<string, Visit[]>()
  const onExit = new Map<string, Visit[]>()
  for (const walker of walkers) {
    const { visitors } = walker
    for (const name of Object.keys(visitors) as (keyof Visitors)[]) {
      const call = visitors[name]
      if (typeof call !== 'function') continue
      const isExit = name.endsWith(exit)
      const visits = isExit ? onExit : onEnter
      const type = isExit ? name.slice(0, -exit.length) : name
      const list = visits.get(type)
      if (list) list.push({ walker, name, call })
      else visits.set(type, [{ walker, name, call }])
    }
  }
  if (onEnter.size === 0 && onExit.size === 0) return

  visit(onEnter, root)
  for (const manifest of root.children) descend(manifest, manifest)
  visit(onExit, root)

  function descend(node: KubernetesNode, manifest: Manifest): void {
    visit(onEnter, node, manifest)
    if ('children' in node) for (const child of node.children) descend(child, manifest)
    visit(onExit, node, manifest)
  }

  function visit(visits: typeof onEnter, node: Root | KubernetesNode, manifest?: Manifest): void {
    const list = visits.get(node.type)
    if (!list) return
    for (const { walker, name, call } of list) {
      if (manifest && !walker.kinds.has(manifest.kind)) continue
      try {
        const returned = call(node as never)
        if (isPromise(returned)) {
          // It is told here; what becomes of it is nobody's business any more.
          returned.then(undefined, () => {})
          throw new Error(`its visitor '${name}' is asynchronous; visitors must be done when they return`)
        }
      } catch (error) {
        walker.failed(error, node)
      }
    }
  }
}

/** Whether something is a promise, or serves as one. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
