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

const matches = (pattern: Pattern, path: Path, length: number) => {
  for (let index = 0; index < length; index++) {
    if (pattern[index] !== '*' && pattern[index] !== path[index]) return false
  }
  return true
}

/** Something unknown stands at `path` or above it. */
export function unknownAtOrAbove(fields: UnknownFields, path: Path): boolean {
  const covers = (pattern: Pattern) => pattern.length <= path.length && matches(pattern, path, pattern.length)
  return fields.templated.some(covers) || fields.overlaid.some(covers)
}

/** Something unknown stands below `path`. */
export function unknownBelow(fields: UnknownFields, path: Path): boolean {
  const below = (pattern: Pattern) => pattern.length > path.length && matches(pattern, path, path.length)
  return fields.templated.some(below) || fields.overlaid.some(below)
}

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
