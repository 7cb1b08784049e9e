import { applyEdits } from '../../src/fix/edits.ts'
import { createFixer } from '../../src/fix/fixer.ts'
import type { Fixer } from '../../src/fix/types.ts'
import { parse } from '../../src/parse/parse.ts'
import type { KubernetesValue, Manifest, Path } from '../../src/parse/tree.ts'
import type { Edit } from '../../src/problem.ts'

export type Result = Edit[] | null | (Edit[] | null)[]

/** The edits of one fix, or null if a part of it is refused. */
export function flatten(result: Result): Edit[] | null {
  if (result === null || result.includes(null as never)) return null
  return result.flat() as Edit[]
}

export function firstManifest(text: string): Manifest {
  const manifest = parse(text).children[0]
  if (!manifest) throw new Error(`nothing to edit in:\n${text}`)
  return manifest
}

/** The text after one fix of its first resource; null if the fix is refused. */
export function edited(text: string, fix: (fixer: Fixer) => Result): string | null {
  const edits = flatten(fix(createFixer(firstManifest(text))))
  if (edits === null) return null
  const { output, skipped } = applyEdits(text, [{ edits }])
  if (skipped.length > 0) throw new Error('the edits of one fix overlap')
  return output
}

/** Every path in a value, the value itself left out. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  const below = Array.isArray(value)
    ? value.map((item, index) => [[...path, index], item] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, item]) => [[...path, key], item] as const)
      : []
  return below.flatMap(([at, item]) => [at, ...pathsOf(item, at)])
}

export function get(value: unknown, path: Path): unknown {
  return path.reduce((each, step) => (each as Record<string, unknown> | undefined)?.[step], value)
}

type Container = Record<string | number, KubernetesValue>

/** A copy with `value` at `path`; maps above it are made. */
export function withSet(root: unknown, path: Path, value: KubernetesValue): unknown {
  const copy = structuredClone(root)
  let at = copy as Container
  for (const step of path.slice(0, -1)) {
    at[step] ??= {}
    at = at[step] as Container
  }
  at[path.at(-1)!] = value
  return copy
}

export function withAppended(root: unknown, path: Path, value: KubernetesValue): unknown {
  const list = get(root, path)
  return withSet(root, path, [...(Array.isArray(list) ? list : []), value])
}

export function withRemoved(root: unknown, path: Path): unknown {
  const copy = structuredClone(root)
  const parent = get(copy, path.slice(0, -1))
  const step = path.at(-1)!
  if (Array.isArray(parent)) parent.splice(step as number, 1)
  else delete (parent as Container)[step]
  return copy
}
