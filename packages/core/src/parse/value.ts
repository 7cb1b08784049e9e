import type { KubernetesValue, Path } from './tree.ts'

export type ValueMap = { [key: string]: KubernetesValue }

/** True for what YAML decodes a map to, and so for any object but a list. */
export const isMap = (value: unknown): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at `path`, or undefined; any shape is allowed. */
export function valueAt(value: unknown, path: Path): KubernetesValue | undefined {
  let found = value
  for (const part of path) {
    if (Array.isArray(found)) found = typeof part === 'number' ? found[part] : undefined
    else if (isMap(found)) found = Object.hasOwn(found, part) ? found[part as string] : undefined
    else return undefined
  }
  return found as KubernetesValue | undefined
}

/** A copy that shares nothing with the value. */
export function copyValue(value: KubernetesValue): KubernetesValue {
  if (Array.isArray(value)) return value.map(copyValue)
  if (!isMap(value)) return value
  const copy: ValueMap = {}
  for (const [key, item] of Object.entries(value)) {
    // As an assignment, `__proto__` would be none.
    Object.defineProperty(copy, key, {
      value: copyValue(item),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return copy
}
