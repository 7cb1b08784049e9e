// The kinds of mutations of a document: each chooses a place, and returns what to do there; undefined where the document
// has no such place.
import { combinations } from './combinations.mjs'
import { clone, holder, isMap, isObject, pathText, removing, renaming, setting } from './edits.mjs'
import { kinds } from './kinds.mjs'
import { keyMeaningOf, meaningOf } from './meanings.mjs'
import { Raw } from './render.mjs'
import { isStruct, itemTypeOf, structs } from './schema.mjs'
import { typical, typicalEntry } from './typical.mjs'
import { neighbour, valueFor } from './values.mjs'

/** By kind of mutation, how often. */
export const operators = [
  [setScalar, 34],
  [addField, 16],
  [removeField, 8],
  [addItem, 7],
  [addEntry, 6],
  [duplicateItem, 4],
  [copyValue, 6],
  [changeKey, 3],
  [empty, 4],
  [combine, 9],
  [changeType, 2.5],
  [swap, 1.5],
  [moveField, 1.5],
  [misspell, 0.6],
  [grow, 1.2],
]

/** Sites by name first, so that a field is chosen as often as another, however many of it there are. */
function choose(random, sites, wanted) {
  const byName = new Map()
  for (const site of sites) {
    if (!wanted(site)) continue
    const group = byName.get(site.name)
    if (group) group.push(site)
    else byName.set(site.name, [site])
  }
  if (byName.size === 0) return undefined
  return random.pick(random.pick([...byName.values()]))
}

function setScalar(random, { sites }, document) {
  const site = choose(
    random,
    sites,
    ({ value, type }) => !isObject(value) && !isStruct(type) && !itemTypeOf(type),
  )
  return site && setting(site.path, valueFor(random, site, document))
}

function addField(random, { sites }, document) {
  const site = choose(random, sites, ({ value, type }) => isStruct(type) && isMap(value))
  if (!site) return undefined
  const fields = structs[site.type]
  const absent = Object.keys(fields).filter((field) => !(field in site.value))
  if (absent.length === 0) return undefined
  const field = random.pick(absent)
  const place = { type: fields[field].type, owner: site.type, field }
  const isScalar = !isStruct(place.type) && !itemTypeOf(place.type)
  const value =
    isScalar && random.chance(0.3) ? valueFor(random, place, document) : typical(random, place, document)
  return setting([...site.path, field], value, 'add')
}

function removeField(random, { sites }) {
  const site = choose(random, sites, ({ path }) => path.length > 1)
  return site && removing(site.path)
}

function addItem(random, { sites }, document) {
  const site = choose(random, sites, ({ value, type }) => Array.isArray(value) && type.startsWith('[]'))
  if (!site) return undefined
  const place = { ...site, type: site.type.slice(2) }
  const value =
    isStruct(place.type) || random.chance(0.5)
      ? typical(random, place, document)
      : valueFor(random, place, document)
  return setting([...site.path, site.value.length], value, 'add')
}

function addEntry(random, { sites }, document) {
  const site = choose(random, sites, ({ value, type }) => isMap(value) && type.startsWith('{}'))
  if (!site) return undefined
  const entry = typicalEntry(random, site, document)
  if (random.chance(0.4))
    entry.key = random.pick(kinds[keyMeaningOf(site)][random.chance(0.5) ? 'good' : 'edge'])
  const path = [...site.path, entry.key]
  if (random.chance(0.4)) {
    const place = { ...site, type: site.type.slice(2), path }
    entry.value = random.pick(kinds[meaningOf(place)].edge)
  }
  return setting(path, entry.value, 'add')
}

function duplicateItem(random, { sites }) {
  const site = choose(random, sites, ({ value }) => Array.isArray(value) && value.length > 0)
  if (!site) return undefined
  const copy = clone(random.pick(site.value))
  const renamed = isMap(copy) && typeof copy.name === 'string' && random.chance(0.4)
  if (renamed) copy.name = `${copy.name.slice(0, 40)}2`
  return setting([...site.path, site.value.length], copy, renamed ? 'duplicate, renamed,' : 'duplicate')
}

/** Another value of the same field, or at times of the same type, from elsewhere in the document. */
function copyValue(random, { sites }) {
  const target = choose(
    random,
    sites,
    ({ path, name }) => path.length > 1 && sites.some((other) => other.name === name && other.path !== path),
  )
  if (!target) return undefined
  const same = random.chance(0.75) ? (site) => site.name === target.name : (site) => site.type === target.type
  const others = sites.filter((site) => site !== target && same(site))
  return others.length > 0 ? setting(target.path, random.pick(others).value, 'copy into') : undefined
}

function changeKey(random, { sites }) {
  const site = choose(
    random,
    sites,
    ({ value, type }) => isMap(value) && type.startsWith('{}') && Object.keys(value).length > 0,
  )
  if (!site) return undefined
  const from = random.pick(Object.keys(site.value))
  const kind = kinds[keyMeaningOf(site)]
  const to = random.weighted([
    [() => random.pick(kind.good), 4],
    [() => random.pick(kind.edge), 5],
    [() => neighbour(random, from), 2],
  ])()
  return renaming(site.path, from, String(to))
}

function empty(random, { sites }) {
  const site = choose(random, sites, ({ path }) => path.length > 0)
  if (!site) return undefined
  const own = Array.isArray(site.value) ? [] : isMap(site.value) ? {} : ''
  return setting(site.path, random.chance(0.6) ? own : null)
}

function changeType(random, { sites }) {
  const site = choose(random, sites, ({ path }) => path.length > 0)
  if (!site) return undefined
  const { value } = site
  const others = [
    'a',
    '1',
    1,
    0,
    1.5,
    true,
    false,
    null,
    [],
    {},
    ['a'],
    { a: 'b' },
    [null],
    new Raw('1e3'),
    new Raw('yes'),
    new Raw('2001-01-01'),
    new Raw('~'),
    String(isObject(value) ? '' : value),
    [value],
    { name: value },
  ]
  if (Array.isArray(value))
    others.push(value[0], Object.fromEntries(value.map((item, index) => [index, item])), value.join(' '))
  if (isMap(value))
    others.push(
      Object.values(value),
      Object.entries(value).map(([name, item]) => ({ name, value: item })),
    )
  return setting(site.path, random.pick(others) ?? null, 'change type of')
}

function swap(random, { sites }) {
  const site = choose(random, sites, ({ value }) => isMap(value) && Object.keys(value).length > 1)
  if (!site) return undefined
  const keys = Object.keys(site.value)
  const one = random.pick(keys)
  const other = random.pick(keys.filter((key) => key !== one))
  const path = pathText(site.path)
  return {
    label: `swap ${path}: ${one} and ${other}`,
    apply(document) {
      const parent = holder(document, [...site.path, one])
      if (parent && one in parent && other in parent)
        [parent[one], parent[other]] = [parent[other], parent[one]]
    },
  }
}

function moveField(random, { sites }) {
  const from = choose(random, sites, ({ path }) => path.length > 1 && typeof path.at(-1) === 'string')
  if (!from) return undefined
  const to = choose(
    random,
    sites,
    ({ value, path }) => isMap(value) && !startsWith(path, from.path) && !(from.path.at(-1) in value),
  )
  if (!to) return undefined
  const remove = removing(from.path)
  const set = setting([...to.path, from.path.at(-1)], from.value)
  return {
    label: `move ${pathText(from.path)} to ${pathText(to.path)}`,
    apply(document) {
      // Removing an item would shift the other path's indices, so set first.
      set.apply(document)
      remove.apply(document)
    },
  }
}

const startsWith = (path, start) => start.every((step, index) => path[index] === step)

function misspell(random, { sites }) {
  const site = choose(random, sites, ({ path }) => path.length > 1 && typeof path.at(-1) === 'string')
  if (!site) return undefined
  const name = site.path.at(-1)
  if (name === '') return undefined
  const to = random.pick([
    name.toLowerCase(),
    name.toUpperCase(),
    name[0].toUpperCase() + name.slice(1),
    `${name}s`,
    name.slice(0, -1),
    `x${name}`,
    `${name} `,
    name.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`),
  ])
  return to === name ? undefined : renaming(site.path.slice(0, -1), name, to)
}

/** Lists that are longer than some limit. */
function grow(random, { sites }) {
  const site = choose(random, sites, ({ value }) => Array.isArray(value) && value.length > 0)
  if (!site) return undefined
  const count = random.pick([3, 4, 17, 20, 21, 32, 33, 65, 255, 256])
  const items = Array.from({ length: count }, (_, index) =>
    numbered(site.value[index % site.value.length], index),
  )
  const mutation = setting(site.path, items)
  mutation.label = `grow ${pathText(site.path)} to ${count} items`
  return mutation
}

function numbered(item, index) {
  if (isMap(item) && typeof item.name === 'string')
    return { ...item, name: `${item.name.slice(0, 20)}${index}` }
  if (typeof item === 'number') return index
  return typeof item === 'string' && /^[a-z]/.test(item) ? `${item}${index}` : item
}

/** Settings that only matter together. */
function combine(random) {
  return random.pick(combinations)
}
