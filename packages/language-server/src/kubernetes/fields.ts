/** A field of a workload: its type, its versions, and what else is known of it. */
import type { Path } from '@daemonlint/core'
import { elementOf, type Field, type FieldType, structOf, versionsWithout } from '@daemonlint/core/editor'
import { type FieldFacts, facts } from './facts.ts'

/** A place in a workload, as its schema has it. */
export interface FieldPlace {
  /** The struct that has the field: `Container`. */
  struct: string
  /** The field's name; of an item of a list, or an entry of a map, that of the list or map. */
  name: string
  field: Field
  /** The type at the place; for items and entries, theirs. */
  type: FieldType
  /** Steps of the path below the field itself: an item's index, an entry's key. */
  below: Path
}

/**
 * The field at a path.
 * @param kind a workload's, which is also the name of its struct
 * @param path from the resource's root
 * @returns undefined where the schema has none; a resource as a whole is no field
 */
export function fieldAt(kind: string, path: Path): FieldPlace | undefined {
  let type: FieldType | undefined = kind
  let place: FieldPlace | undefined
  for (const step of path) {
    const fields = structOf(type)
    const element: FieldType | undefined = elementOf(type)
    if (fields) {
      const field = fields.get(String(step))
      if (!field) return undefined
      place = { struct: type, name: String(step), field, type: field.type, below: [] }
      type = field.type
    } else if (element && place && (typeof step === 'number') === type.startsWith('[]')) {
      place = { ...place, type: element, below: [...place.below, step] }
      type = element
    } else return undefined
  }
  return place
}

/** What is known of a field beside its type. */
export const factsOf = ({ struct, name }: { struct: string; name: string }): FieldFacts =>
  facts[`${struct}.${name}`] ?? facts[`${aliases[struct] ?? struct}.${name}`] ?? none

/** True when the API server refuses what the field is in without it. */
export const isRequired = (place: FieldPlace, path: Path): boolean =>
  factsOf(place).required === true ||
  // Pods of a template get a name; the resource itself must have one.
  (place.struct === 'ObjectMeta' && place.name === 'name' && path.length === 2)

/** Structs that have the fields of another. */
const aliases: Readonly<Record<string, string>> = { EphemeralContainer: 'Container' }
const none: FieldFacts = {}

/**
 * The values that a field may have at its place, with their meanings; undefined where any will do.
 * @param path from the resource's root
 * @param versions the targets, oldest first
 */
export function valuesAt(
  kind: string,
  path: Path,
  place: FieldPlace,
  versions: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const { struct, name, type } = place
  if (type === 'bool') return { true: '', false: '' }
  if (elementOf(type) || structOf(type)) return undefined
  if (path.length === 1 && name === 'kind') return { [kind]: '' }
  if (struct === 'Container' && name === 'restartPolicy') return restartPoliciesOf(path, versions)
  const { values } = factsOf(place)
  if (!values) return undefined
  if (struct === 'PodSpec' && name === 'restartPolicy') return pick(values, podRestartPolicies(kind))
  if (struct === 'ContainerRestartRule' && name === 'action' && !hasRestartAll(versions)) {
    return pick(values, ['Restart'])
  }
  return values
}

/** pkg/apis/core/validation, ValidatePodTemplateSpecForRS and its kin; pkg/apis/batch/validation for jobs. */
function podRestartPolicies(kind: string): readonly string[] {
  if (kind === 'Pod') return ['Always', 'OnFailure', 'Never']
  return kind === 'Job' || kind === 'CronJob' ? ['OnFailure', 'Never'] : ['Always']
}

const restartPolicies = {
  Always:
    'It is started again whenever it ends; an init container is a sidecar, which runs beside the others.',
  OnFailure: 'It is started again only where it failed.',
  Never: 'It is never started again.',
} as const

/** Until ContainerRestartRules, 1.35, init containers alone have the field, and one value for it. */
function restartPoliciesOf(path: Path, versions: readonly string[]): Readonly<Record<string, string>> {
  if (hasRestartRules(versions)) return restartPolicies
  return path.includes('initContainers') ? pick(restartPolicies, ['Always']) : {}
}

const hasRestartRules = (versions: readonly string[]) => haveAll(versions, '1.35')
const hasRestartAll = (versions: readonly string[]) => haveAll(versions, '1.36')

const haveAll = (versions: readonly string[], since: string) =>
  versionsWithout({ type: 'string', since }, versions).length === 0

const pick = (values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? '']))

/** A type as `kubectl explain` writes it: `[]Container`, `map[string]string`, `integer`. */
export function typeText(type: FieldType): string {
  if (type.startsWith('[]')) return `[]${typeText(type.slice(2))}`
  if (type.startsWith('{}')) return `map[string]${typeText(type.slice(2))}`
  return typeNames[type] ?? type
}

const typeNames: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int32: 'integer',
  int64: 'integer',
  quantity: 'Quantity',
  'int-or-string': 'IntOrString',
  time: 'Time',
  'micro-time': 'MicroTime',
  bytes: 'string (base64)',
  any: 'object',
}

/** `since 1.34`, `until 1.30`, and which of the targets do not have it; '' for a field that all versions have. */
export function versionsText({ type, since, until }: Field, targets: readonly string[]): string {
  const parts = [since && `since Kubernetes ${since}`, until && `until Kubernetes ${until}`].filter(Boolean)
  if (parts.length === 0) return ''
  const without = versionsWithout({ type, ...(since && { since }), ...(until && { until }) }, targets)
  return without.length === 0 ? parts.join(', ') : `${parts.join(', ')}; your ${listOf(without)}`
}

const listOf = (versions: readonly string[]): string =>
  versions.length === 1
    ? `target ${versions[0]} does not have it`
    : `targets ${versions.slice(0, -1).join(', ')} and ${versions.at(-1)} do not have it`
