import type { Path, ResourceNode } from '@daemonlint/core'

/**
 * A text as far as it is known: the value, or, where that is templated or overlaid, what is written there without its
 * quotes. '' where there is none.
 */
export function writtenAt(node: ResourceNode<unknown>, ...path: Path): string {
  let value: unknown = node.value
  for (const step of path) value = (value as Record<string | number, unknown> | null | undefined)?.[step]
  if (typeof value === 'string' && value !== '') return value
  return node.source(...path)?.replace(/^(["'])(.*)\1$/s, '$2') ?? ''
}
