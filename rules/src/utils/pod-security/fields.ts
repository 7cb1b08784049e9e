import type { ContainerNode, Path, PodTemplate, ResourceNode } from '@daemonlint/core'
import { valueAt } from '../fields.ts'
import { containersOf } from '../mounts.ts'

/** A security context: that of the pod or of a container. */
export interface SecurityContext {
  node: PodTemplate | ContainerNode
  path: Path
}

export const podContext: Path = ['spec', 'securityContext']

/** The security contexts of a pod: its own and those of its containers, whether they are written or not. */
export function securityContextsOf(template: PodTemplate): SecurityContext[] {
  return [
    { node: template, path: podContext },
    ...containersOf(template).map((node) => ({ node, path: ['securityContext'] })),
  ]
}

/** The value at a path as far as it is known; undefined where it is absent, templated or overlaid. */
export function knownAt(node: ResourceNode<unknown>, ...path: Path): unknown {
  return valueAt(node, ...path) ?? undefined
}

/** A field of the container's security context, else of its pod's; undefined where it is absent or unknown. */
export function effectiveField(
  template: PodTemplate,
  container: ContainerNode,
  field: string,
): (SecurityContext & { value: unknown }) | undefined {
  const own = ['securityContext', field]
  const value = knownAt(container, ...own)
  if (value !== undefined) return { node: container, path: own, value }
  if (!container.lacks(...own)) return undefined
  const path = [...podContext, field]
  return { node: template, path, value: knownAt(template, ...path) }
}

/** The items of a list as far as they are known, with their paths. */
export function itemsAt(node: ResourceNode<unknown>, ...path: Path): { value: unknown; path: Path }[] {
  const list = knownAt(node, ...path)
  if (!Array.isArray(list)) return []
  return list.flatMap((_, index) => {
    const value = knownAt(node, ...path, index)
    return value === undefined ? [] : [{ value, path: [...path, index] }]
  })
}

/**
 * True when a list surely does not hold a value: it is missing, or known item for item. An item that is a placeholder
 * may be any value.
 */
export function surelyLacksItem(node: ResourceNode<unknown>, path: Path, wanted: string): boolean {
  if (node.lacks(...path)) return true
  const list = knownAt(node, ...path)
  return (
    Array.isArray(list) && list.every((item, index) => item !== wanted && !node.isUnknown(...path, index))
  )
}

/** True when the pod surely has the users of its node: the standards allow more to one that has users of its own. */
export function hasUsersOfNode(template: PodTemplate): boolean {
  return template.lacks('spec', 'hostUsers') || knownAt(template, 'spec', 'hostUsers') === true
}
