import type { KubernetesValue, Path, ResourceNode } from '@daemonlint/core'

/*
 * Reads fields of resources whose shape nobody has checked, such as a Role or a Service: any of them may be of any type.
 */

/** What stands at a path in a value; undefined where there is nothing. */
export function within(value: unknown, path: Path): KubernetesValue | undefined {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as Record<string | number, unknown>)[step]
  }
  return found as KubernetesValue | undefined
}

/** The value at a path, or undefined where there is none, or it is unknown. */
export function valueAt(node: ResourceNode<unknown>, ...path: Path): KubernetesValue | undefined {
  return node.isUnknown(...path) ? undefined : within(node.value, path)
}

/** The text at a path; undefined for anything else. */
export function textAt(node: ResourceNode<unknown>, ...path: Path): string | undefined {
  const value = valueAt(node, ...path)
  return typeof value === 'string' ? value : undefined
}

/** The items of the list at a path; none where there is no list. An item may be anything. */
export function listAt(node: ResourceNode<unknown>, ...path: Path): readonly KubernetesValue[] {
  const value = valueAt(node, ...path)
  return Array.isArray(value) ? value : []
}

/** The entries of the map at a path; none where there is no map. A value may be anything. */
export function mapAt(node: ResourceNode<unknown>, ...path: Path): Readonly<Record<string, KubernetesValue>> {
  const value = valueAt(node, ...path)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
