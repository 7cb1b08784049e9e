import { nearest } from '../text/nearest.ts'
import type { Field } from './field.ts'

type Named = { readonly name?: string | null } | null

interface Listed {
  readonly names: readonly string[]
  readonly last: ReadonlyMap<string, number>
  readonly places: ReadonlyMap<Named, number>
}

/** What was read of lists: thousands of findings may speak of the same one. */
const known = new WeakMap<readonly Named[], Listed>()

function listedIn(items: readonly Named[]): Listed {
  const before = known.get(items)
  if (before) return before
  const names: string[] = []
  const last = new Map<string, number>()
  const places = new Map<Named, number>()
  for (const [index, item] of items.entries()) {
    if (item && !places.has(item)) places.set(item, index)
    if (!item?.name) continue
    names.push(item.name)
    last.set(item.name, index)
  }
  const now = { names, last, places }
  known.set(items, now)
  return now
}

/** The names of a list's items, as far as they have one. */
export const namesOf = (items: readonly Named[]): readonly string[] => listedIn(items).names

/** The index of the last item of a name, or -1. */
export const lastOfName = (items: readonly Named[], name: string): number =>
  listedIn(items).last.get(name) ?? -1

/** The index of an item, the first of those that are it. */
export const placeIn = (items: readonly Named[], item: Named): number =>
  listedIn(items).places.get(item) ?? -1

/** What must be known to say that no item of a list has a name: all names, and that no further item is added. */
export const listedNames = (list: Field): Field[] => [list.each().child('name')]

/** The listed name that a wrong one was meant to be; none in a long list, in which each would be looked for for long. */
export const nearestListed = (wrong: string, names: readonly string[]): string | undefined =>
  names.length > 100 ? undefined : nearest(wrong, names)
