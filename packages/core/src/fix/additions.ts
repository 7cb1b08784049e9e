import type { Path } from '../parse/tree.ts'
import { isMap } from '../parse/value.ts'
import type { NewValue } from './types.ts'

/** What `append` adds at the end of a list that may be missing. */
const END = Symbol('end')

/** A path whose last step may be the end of a list. */
export type AdditionPath = readonly (string | number | typeof END)[]

/** The path of a new item at the end of the list at `path`. */
export const endOf = (path: Path): AdditionPath => [...path, END]

/** Several values to write beneath one node, as maps and lists. */
export type Addition = { path: AdditionPath; value: NewValue }

/**
 * Puts new values together into one: `a.b: 1` and `a.c: 2` are one map `a`.
 * @returns null when they contradict each other, or a list would have gaps
 */
export function combine(additions: readonly Addition[]): NewValue | null {
  let result: NewValue | undefined
  for (const { path, value } of additions) {
    result = put(result, path, value)
    if (result === undefined) return null
  }
  return result ?? null
}

/** A copy of `target` with `value` at `path`; undefined if something else is there. */
function put(target: NewValue | undefined, path: AdditionPath, value: NewValue): NewValue | undefined {
  const [step, ...rest] = path
  if (step === undefined) return target === undefined ? value : undefined
  if (typeof step === 'string') {
    if (target !== undefined && !isMap(target)) return undefined
    const existing = target && Object.hasOwn(target, step) ? target[step] : undefined
    const inner = put(existing, rest, value)
    return inner === undefined ? undefined : { ...target, [step]: inner }
  }
  if (target !== undefined && !Array.isArray(target)) return undefined
  const list = target ?? []
  const index = step === END ? list.length : step
  if (index > list.length) return undefined
  const inner = put(list[index], rest, value)
  return inner === undefined ? undefined : list.toSpliced(index, 1, inner)
}
