import type { KubernetesValue, Path } from '../parse/tree.ts'

/** @returns the value at a path, or undefined */
export function valueIn(value: KubernetesValue, path: Path): KubernetesValue | undefined {
  let at: KubernetesValue | undefined = value
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined
    at = (at as Record<string | number, KubernetesValue>)[step]
  }
  return at
}
