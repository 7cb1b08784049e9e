import type { OverlaidField } from './file-context.ts'
import type { KubernetesValue, Path } from './tree.ts'
import { isMap, valueAt } from './value.ts'

type Pattern = readonly (string | number)[]

/** The fields of one resource whose values the file alone does not tell. Paths are from the resource's root. */
export interface UnknownFields {
  templated: readonly Path[]
  /** Paths in which `'*'` stands for any key or item. */
  overlaid: readonly Pattern[]
}

/** Patterns by their steps, so that each of thousands of findings needs not look through thousands of them. */
interface Branch {
  below: Map<string | number, Branch>
  /** A pattern ends here. */
  ends: boolean
}

const trees = new WeakMap<UnknownFields, Branch>()

function treeOf(fields: UnknownFields): Branch {
  const before = trees.get(fields)
  if (before) return before
  const root: Branch = { below: new Map(), ends: false }
  for (const pattern of [...fields.templated, ...fields.overlaid]) {
    let branch = root
    for (const part of pattern) {
      let next = branch.below.get(part)
      if (!next) {
        next = { below: new Map(), ends: false }
        branch.below.set(part, next)
      }
      branch = next
    }
    branch.ends = true
  }
  trees.set(fields, root)
  return root
}

/**
 * Follows a path through all patterns that match it.
 * @param step how many steps of the path have been taken
 */
function follow(
  branch: Branch,
  path: Path,
  found: (branch: Branch, step: number) => boolean,
  step = 0,
): boolean {
  if (found(branch, step)) return true
  if (step === path.length) return false
  const part = path[step]!
  const exact = branch.below.get(part)
  if (exact && follow(exact, path, found, step + 1)) return true
  const any = part === '*' ? undefined : branch.below.get('*')
  return any !== undefined && follow(any, path, found, step + 1)
}

/** Something unknown stands at `path` or above it. */
export const unknownAtOrAbove = (fields: UnknownFields, path: Path): boolean =>
  follow(treeOf(fields), path, ({ ends }) => ends)

/** Something unknown stands below `path`. */
export const unknownBelow = (fields: UnknownFields, path: Path): boolean =>
  follow(treeOf(fields), path, ({ below }, step) => step === path.length && below.size > 0)

/** What kustomizations set on this resource, with items' names made indexes. */
export function overlaysOf(
  overlaid: readonly OverlaidField[] | undefined,
  resource: { kind: string; name: string; namespace: string; value: unknown },
): Pattern[] {
  const patterns: Pattern[] = []
  for (const field of overlaid ?? []) {
    if (field.kind !== undefined && field.kind !== resource.kind) continue
    if (field.name !== undefined && field.name !== resource.name) continue
    if (field.namespace !== undefined && field.namespace !== resource.namespace) continue
    const pattern = withIndexes(field.path, resource.value)
    const { where } = field
    if (!where) patterns.push(pattern)
    else
      patterns.push(
        ...expand(pattern, resource.value).filter((path) => states(valueAt(resource.value, path), where)),
      )
  }
  return patterns
}

/** Items' keys as indexes; an item that is not there comes after the last. */
function withIndexes(path: OverlaidField['path'], value: unknown): Pattern {
  const pattern: (string | number)[] = []
  for (const part of path) {
    if (typeof part !== 'object') {
      pattern.push(part)
      continue
    }
    const list = valueAt(value, pattern)
    const items = Array.isArray(list) ? list : []
    const keys = Object.entries(part)
    const index = items.findIndex(
      (item) => isMap(item) && keys.every(([key, wanted]) => item[key] === wanted),
    )
    pattern.push(index < 0 ? items.length : index)
  }
  return pattern
}

/** The paths of a value that a pattern matches. */
function expand(pattern: Pattern, value: unknown): Path[] {
  let paths: Path[] = [[]]
  for (const part of pattern) {
    paths = paths.flatMap((path) =>
      part === '*' ? keysAt(value, path).map((key) => [...path, key]) : [[...path, part]],
    )
  }
  return paths
}

function keysAt(value: unknown, path: Path): (string | number)[] {
  const found = valueAt(value, path)
  return Array.isArray(found) ? [...found.keys()] : isMap(found) ? Object.keys(found) : []
}

/** As kustomize compares images: the name, then perhaps a tag and a digest. */
function states(written: KubernetesValue | undefined, where: NonNullable<OverlaidField['where']>): boolean {
  if ('value' in where) return written === where.value
  if (typeof written !== 'string' || !written.startsWith(where.image)) return false
  return /^(?::[^/@]*)?(?:@.*)?$/.test(written.slice(where.image.length))
}

/** Texts and items of lists stay in a value although they are unknown. */
export function staysWhenUnknown(path: Path): boolean {
  if (typeof path.at(-1) === 'number') return true
  const parent = path.at(-2)
  if (typeof parent === 'number') return path.at(-1) === 'value' && path.at(-3) === 'env'
  return parent === 'annotations' || parent === 'data' || parent === 'stringData' || parent === 'binaryData'
}

/** Takes overlaid fields out of a value. */
export function omitOverlaid(value: unknown, patterns: readonly Pattern[]): void {
  for (const pattern of patterns) omit(value, pattern, [])
}

function omit(value: unknown, pattern: Pattern, path: Path): void {
  const part = pattern[path.length]
  if (part === undefined || typeof value !== 'object' || value === null) return
  const last = path.length === pattern.length - 1
  const parts =
    part !== '*' ? [part] : Array.isArray(value) ? [...value.keys()] : Object.keys(value as object)
  for (const each of parts) {
    const next = [...path, each]
    if (!last) omit(valueAt(value, [each]), pattern, next)
    else if (!Array.isArray(value) && !staysWhenUnknown(next)) delete (value as Record<string, unknown>)[each]
  }
}
