import type { Field } from './field.ts'

const empty = Object.freeze({})

/**
 * Visits the items of a list; null among them is decoded to an empty struct, as Go does. A template's placeholder that
 * stands for an item is passed over.
 * @param list may be null or absent
 */
export function eachItem<T extends object>(
  list: readonly (T | null)[] | null | undefined,
  field: Field,
  visit: (item: T, field: Field, index: number) => void,
): void {
  if (!list) return
  for (let index = 0; index < list.length; index++) {
    const item = list[index] ?? (empty as T)
    if (typeof item === 'object') visit(item, field.index(index), index)
  }
}
