import type { Path, ResourceNode } from '@daemonlint/core'
import { within } from './fields.ts'

/**
 * What to remove so that no empty maps and lists are left around a field: the field, or the highest of its parents
 * below `top` that holds nothing else.
 * @param top a path that stays
 */
export function withEmptied(node: ResourceNode<unknown>, path: Path, top: Path): Path {
  let removed = path
  while (removed.length > top.length + 1) {
    const parent = removed.slice(0, -1)
    const value = within(node.value, parent)
    const size = value && typeof value === 'object' ? Object.keys(value).length : 0
    if (size !== 1 || node.isUnknown(...parent)) break
    removed = parent
  }
  return removed
}
