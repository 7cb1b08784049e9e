// Values for a field, on both sides of the line.
import { isObject } from './edits.mjs'
import { kinds } from './kinds.mjs'
import { meaningOf } from './meanings.mjs'
import { sitesOf } from './schema.mjs'
import { namesFor } from './typical.mjs'

/** A value for a place: half of them surely good, the rest around the line. */
export function valueFor(random, site, document) {
  const kind = kinds[meaningOf(site) ?? 'text']
  const names = namesFor(`${site.owner}.${site.field}`, document)
  return random.weighted([
    [() => random.pick(kind.good), 58],
    [() => random.pick(kind.edge), 29],
    [() => (names.length > 0 ? random.pick(names) : random.pick(kind.good)), names.length > 0 ? 40 : 0],
    [() => random.pick(scalarsOf(document)), 5],
    [() => random.pick((site.type === 'string' ? kinds.text : kinds.small).edge), 3],
    [() => (site.type === 'string' ? neighbour(random, site.value) : random.pick(kind.edge)), 4],
  ])()
}

/** A text, changed a little. */
export function neighbour(random, value) {
  if (typeof value !== 'string' || value === '') return random.pick(kinds.text.edge)
  const at = random.below(value.length + 1)
  const sign = random.pick(['.', '-', '_', '/', ' ', 'A', 'a', '0', ':', '=', '%', 'é', ',', '..', '', '\n'])
  return value.slice(0, at) + sign + value.slice(at + random.below(2))
}

function scalarsOf(document) {
  const scalars = sitesOf(document)
    .filter(({ value }) => !isObject(value))
    .map(({ value }) => value)
  return scalars.length > 0 ? scalars : ['']
}
