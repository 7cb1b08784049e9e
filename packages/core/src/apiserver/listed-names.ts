import type { Field } from './field.ts'

/** What must be known to say that no item of a list has a name: all names, and that no further item is added. */
export const listedNames = (items: readonly unknown[], list: Field): Field[] => [
  ...items.map((_, index) => list.index(index).child('name')),
  list.index(items.length),
]
