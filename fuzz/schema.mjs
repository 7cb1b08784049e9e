// The fields of a DaemonSet and their types, from the file that the linter's own validator is generated from.
import { readFileSync } from 'node:fs'

const file = new URL('../packages/core/src/schema/kubernetes.generated.json', import.meta.url)
const { structs: written, versions } = JSON.parse(readFileSync(file, 'utf8'))

export const newestVersion = versions.at(-1)

/** By struct, its fields: `{ name: { type, until } }`. `[]X` is a list of X, `{}X` a map of X. */
export const structs = Object.fromEntries(
  Object.entries(written).map(([name, fields]) => [
    name,
    Object.fromEntries(
      Object.entries(fields).map(([field, entry]) => {
        const [type, , until] = Array.isArray(entry) ? entry : [entry]
        return [field, { type, until }]
      }),
    ),
  ]),
)

export const isStruct = (type) => Object.hasOwn(structs, type)
export const itemTypeOf = (type) => (/^(\[\]|\{\})/.test(type) ? type.slice(2) : undefined)

/** Every `Struct.field` that a DaemonSet reaches. */
export function allFields(root = 'DaemonSet', found = new Set(), seen = new Set()) {
  if (seen.has(root)) return found
  seen.add(root)
  for (const [field, { type }] of Object.entries(structs[root])) {
    found.add(`${root}.${field}`)
    const inner = type.replace(/^(\[\]|\{\})+/, '')
    if (isStruct(inner)) allFields(inner, found, seen)
  }
  return found
}

/**
 * Every node of a document with what the schema says of it.
 * @returns {{ path: (string|number)[], value: unknown, type: string, owner: string, field: string, name: string }[]}
 *   `owner.field` is the field it is, or is in; `name` adds `[]` for a list's item and `{}` for a map's value
 */
export function sitesOf(document) {
  const sites = []
  const visit = (value, type, path, owner, field, name) => {
    sites.push({ path, value, type, owner, field, name })
    if (value === null || typeof value !== 'object') return
    if (Array.isArray(value)) {
      const item = type.startsWith('[]') ? type.slice(2) : 'any'
      value.forEach((each, index) => {
        visit(each, item, [...path, index], owner, field, `${name}[]`)
      })
    } else if (isStruct(type)) {
      for (const [key, each] of Object.entries(value)) {
        const known = structs[type][key]
        visit(each, known?.type ?? 'any', [...path, key], type, key, `${type}.${key}`)
      }
    } else if (Object.getPrototypeOf(value) === Object.prototype) {
      const item = type.startsWith('{}') ? type.slice(2) : 'any'
      for (const [key, each] of Object.entries(value))
        visit(each, item, [...path, key], owner, field, `${name}{}`)
    }
  }
  visit(document, 'DaemonSet', [], '', '', 'DaemonSet')
  return sites
}
