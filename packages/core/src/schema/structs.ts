/** The Go structs that the API server decodes workloads into, as data. */
import type { Path } from '../parse/tree.ts'
import { text, versions } from './structs.generated.ts'

/**
 * The type of a value: `string`, `bool`, `int32`, `int64`, `quantity`, `int-or-string`, `time`, `micro-time`, `bytes`,
 * `any`; `[]T` a list, `{}T` a map, and with a capital letter a struct.
 */
export type FieldType = string

export interface Field {
  type: FieldType
  /** The first version that has it; absent when all of its struct's versions do. */
  since?: string
  /** The last version that has it. */
  until?: string
}

export type Struct = ReadonlyMap<string, Field>

const read = new Map<string, Struct>()

/** @returns the fields of a struct, or undefined for a type that is none */
export function structOf(type: FieldType): Struct | undefined {
  const known = read.get(type)
  if (known) return known
  // Asked of every scalar of a workload: the text is not looked through for those.
  const start = isStruct(type) ? text.indexOf(`\n${type}:`) : -1
  if (start < 0) return undefined
  const fields = new Map<string, Field>()
  for (const entry of text.slice(start + type.length + 2, text.indexOf('\n', start + 1)).split(',')) {
    const [name, of, since, until] = entry.split(' ')
    if (name && of) fields.set(name, { type: of, since: since || undefined, until: until || undefined })
  }
  read.set(type, fields)
  return fields
}

/** True for the name of a struct. */
export const isStruct = (type: FieldType): boolean => /^[A-Z]/.test(type)

/** The type of a list's items or a map's values; undefined for other types. */
export const elementOf = (type: FieldType): FieldType | undefined =>
  type.startsWith('[]') || type.startsWith('{}') ? type.slice(2) : undefined

/**
 * The type at a path.
 * @param root the struct the path starts from, such as `DaemonSet`
 * @returns undefined where the path leaves what is known
 */
export function typeAt(root: FieldType, path: Path): FieldType | undefined {
  let type: FieldType | undefined = root
  for (const step of path) {
    if (type === undefined) return undefined
    type = elementOf(type) ?? structOf(type)?.get(String(step))?.type
  }
  return type
}

/** Which of the target versions do not have a field. */
export function versionsWithout(field: Field, targets: readonly string[]): string[] {
  const index = (version: string) => versions.indexOf(version)
  return targets.filter(
    (target) =>
      (field.since !== undefined && index(target) < index(field.since)) ||
      (field.until !== undefined && index(target) > index(field.until)),
  )
}
