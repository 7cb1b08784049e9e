import type { Path, ResourceNode } from '@daemonlint/core'
import { within } from './fields.ts'

/**
 * A text as far as it is known: the value, or, where that is templated or overlaid, what is written there without its
 * quotes. '' where there is none.
 */
export function writtenAt(node: ResourceNode<unknown>, ...path: Path): string {
  const value = within(node.value, path)
  if (typeof value === 'string' && value !== '') return value
  return node.source(...path)?.replace(/^(["'])(.*)\1$/s, '$2') ?? ''
}
