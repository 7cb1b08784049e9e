import { stepsOf } from './write-yaml.ts'

/** The value at a path as comments have them: an item of a list by its name, or by its number. */
export function valueAt(object: unknown, path: string): unknown {
  let value = object
  for (const step of stepsOf(path)) value = childOf(value, step)
  return value
}

/** Puts a value at a path whose holder is there; undefined removes the field. */
export function setAt(object: unknown, path: string, value: unknown): void {
  const steps = stepsOf(path)
  const last = steps.pop()!
  const holder = steps.reduce(childOf, object)
  if (typeof holder !== 'object' || holder === null) throw new Error(`There is nothing at ${path} to be set.`)
  if (value === undefined) delete (holder as Record<string, unknown>)[last]
  else (holder as Record<string, unknown>)[last] = value
}

/** True for a path, and for what is below it. */
export function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`)
}

function childOf(value: unknown, step: string): unknown {
  if (Array.isArray(value))
    return value.find((item, index) => item === step || item?.name === step || String(index) === step)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined
}
