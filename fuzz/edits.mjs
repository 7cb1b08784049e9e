// Changes to a document that can be repeated on another copy of it, and say what they do. A change whose place is not
// there does nothing.
import { Raw } from './render.mjs'

export function clone(value) {
  if (Array.isArray(value)) return value.map(clone)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clone(each)]))
}

export const isObject = (value) => value !== null && typeof value === 'object' && !(value instanceof Raw)
export const isMap = (value) => isObject(value) && !Array.isArray(value)
export const pathText = (path) => path.join('.')
export const valueText = (value) => {
  const text =
    JSON.stringify(value, (_, each) =>
      typeof each === 'bigint' ? String(each) : each instanceof Raw ? `raw ${each.text}` : each,
    ) ?? 'undefined'
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

export function holder(document, path) {
  let node = document
  for (const step of path.slice(0, -1)) {
    if (!isObject(node)) return undefined
    node = node[step]
  }
  return isObject(node) ? node : undefined
}

export function setting(path, value, verb = 'set') {
  return {
    label: `${verb} ${pathText(path)} to ${valueText(value)}`,
    apply(document) {
      const parent = holder(document, path)
      if (!parent) return
      const last = path.at(-1)
      if (Array.isArray(parent) && last > parent.length) return
      parent[last] = clone(value)
    },
  }
}

export function removing(path) {
  return {
    label: `remove ${pathText(path)}`,
    apply(document) {
      const parent = holder(document, path)
      if (!parent) return
      if (Array.isArray(parent)) parent.splice(path.at(-1), 1)
      else delete parent[path.at(-1)]
    },
  }
}

/** Keeps the order of the keys. */
export function renaming(path, from, to) {
  return {
    label: `rename ${pathText(path)}: ${from} to ${valueText(to)}`,
    apply(document) {
      const parent = holder(document, [...path, from])
      if (!isMap(parent) || !(from in parent)) return
      const entries = Object.entries(parent)
      for (const key of Object.keys(parent)) delete parent[key]
      for (const [key, value] of entries) parent[key === from ? to : key] = value
    },
  }
}
