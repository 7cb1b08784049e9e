import type { KubernetesNode, Manifest, Root } from '../parse/tree.ts'
import type { Visitors } from './rule.ts'

/** The visitors of one rule, and the kinds of resources they want to see. */
export interface Walker {
  visitors: Visitors
  kinds: ReadonlySet<string>
  /** Called with what a visitor threw; the walk goes on if it returns. */
  failed(error: unknown, node: Root | KubernetesNode): void
}

type Visit = { walker: Walker; call: (node: never) => unknown }

/**
 * Walks the tree once for all rules: the root, each resource, its pod template, containers and volumes, in the order of
 * the text, and back up through the `…:exit` visitors. A rule sees only resources of its kinds; its root visitors run
 * only if there is one.
 * @param root whose children are those that rules may see
 */
export function walk(root: Root, walkers: readonly Walker[]): void {
  const kinds = new Set(root.children.map(({ kind }) => kind))
  const visits = new Map<string, Visit[]>()
  for (const walker of walkers) {
    if (![...walker.kinds].some((kind) => kinds.has(kind))) continue
    for (const [type, call] of Object.entries(walker.visitors)) {
      if (typeof call !== 'function') continue
      const list = visits.get(type)
      if (list) list.push({ walker, call })
      else visits.set(type, [{ walker, call }])
    }
  }
  if (visits.size === 0) return

  visit('root', root)
  for (const manifest of root.children) descend(manifest, manifest)
  visit('root:exit', root)

  function descend(node: KubernetesNode, manifest: Manifest): void {
    visit(node.type, node, manifest)
    if ('children' in node) for (const child of node.children) descend(child, manifest)
    visit(`${node.type}:exit`, node, manifest)
  }

  function visit(type: string, node: Root | KubernetesNode, manifest?: Manifest): void {
    const list = visits.get(type)
    if (!list) return
    for (const { walker, call } of list) {
      if (manifest && !walker.kinds.has(manifest.kind)) continue
      try {
        const returned = call(node as never)
        if (isPromise(returned)) {
          // It is told here; what becomes of it is nobody's business any more.
          returned.then(undefined, () => {})
          throw new Error(`its visitor '${type}' is asynchronous; visitors must be done when they return`)
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
