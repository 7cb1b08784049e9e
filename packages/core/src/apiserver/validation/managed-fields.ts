import type { ManagedFieldsEntry, ObjectMeta } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { byteLength } from '../formats/bytes.ts'
import { excerpt } from '../formats/excerpt.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const managedFieldsRejections = {
  'managed-fields': {
    description: 'Refuses records of who manages which fields that name their manager badly',
    messages: {
      manager:
        'The manager has {{size}} bytes, and at most 128 are allowed. The API server writes `managedFields`, so leave them out.',
      character:
        '`{{value}}` holds a character that cannot be printed. The API server writes `managedFields`, so leave them out.',
      subresource:
        'The subresource has {{size}} bytes, and at most 256 are allowed. The API server writes `managedFields`, so leave them out.',
      remove: 'Remove `managedFields`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const mostManagerBytes = 128
const mostSubresourceBytes = 256

/** What Go's unicode.IsPrint takes: letters, marks, numbers, punctuation, symbols and the space. */
const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

/**
 * Who manages which fields. The API server reads the entries first, drops all of them without a word where one makes
 * no sense, and drops those whose fields the DaemonSet has, for they are its creator's from then on; only what is left
 * is validated.
 * Source: k8s.io/apimachinery pkg/util/managedfields/internal, DecodeManagedFields; pkg/apis/meta/v1/validation,
 * ValidateManagedFields.
 */
export function validateManagedFields(validation: Validation, metadata: ObjectMeta, field: Field): void {
  const entries = metadata.managedFields!
  if (!entries.some((entry) => entry && isBad(entry)) || !entries.every(isDecodable)) return
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]!
    if (!isBad(entry) || !ownsMore(entry, validation)) continue
    const remove = {
      messageId: 'remove',
      fix: (fixer: Parameters<NonNullable<Parameters<Validation['report']>[0]['fix']>>[0]) =>
        fixer.remove(field.path),
    }
    const report = (name: 'manager' | 'subresource', messageId: string, value: string) =>
      validation.report({
        id: 'managed-fields',
        at: field.index(index).child(name),
        needs: [field],
        messageId,
        data: { size: byteLength(value), value: excerpt(value) },
        suggest: [remove],
      })
    const { manager, subresource } = entry
    if (manager && byteLength(manager) > mostManagerBytes) report('manager', 'manager', manager)
    else if (manager && unprintable.test(manager)) report('manager', 'character', manager)
    if (subresource && byteLength(subresource) > mostSubresourceBytes)
      report('subresource', 'subresource', subresource)
  }
}

const isBad = ({ manager, subresource }: ManagedFieldsEntry): boolean =>
  (!!manager && (byteLength(manager) > mostManagerBytes || unprintable.test(manager))) ||
  (!!subresource && byteLength(subresource) > mostSubresourceBytes)

/** True for an entry that makes sense; one that does not makes the server drop all. */
function isDecodable(entry: ManagedFieldsEntry | null): boolean {
  return (
    entry !== null &&
    (entry.operation === 'Apply' || entry.operation === 'Update') &&
    !!entry.apiVersion &&
    entry.fieldsType === 'FieldsV1' &&
    isSet(entry.fieldsV1)
  )
}

/** Keys are `f:name`, `k:{"name":…}`, `v:…`, `i:0` and `.`. */
const step = /^(?:[fkvi]:|\.$)/

function isSet(fields: unknown): fields is FieldSet {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return false
  return Object.entries(fields).every(([key, below]) => step.test(key) && isSet(below))
}

interface FieldSet {
  readonly [step: string]: FieldSet
}

/** Fields that the API server gives a value where the manifest does not, by the way it writes them. */
const defaulted = new Set(['f:revisionHistoryLimit', 'f:updateStrategy'])

/**
 * True when an entry surely owns a field that the DaemonSet does not have, so that it is kept. What stands in the pod
 * template may be there by default.
 */
function ownsMore({ apiVersion, fieldsV1 }: ManagedFieldsEntry, { node }: Validation): boolean {
  if (apiVersion !== 'apps/v1') return false
  const { 'f:metadata': metadata, 'f:spec': spec, ...others } = fieldsV1 as FieldSet
  if (Object.keys(others).some((key) => key !== 'f:apiVersion' && key !== 'f:kind')) return true
  for (const [key, fields] of [
    ['metadata', metadata],
    ['spec', spec],
  ] as const) {
    if (!fields) continue
    if (Object.keys(fields).length === 0) return true
    for (const name of Object.keys(fields)) {
      if (!name.startsWith('f:') || name === 'f:template' || defaulted.has(name)) continue
      const path = [key, name.slice(2)]
      const value = (node.value as unknown as Record<string, Record<string, unknown> | undefined>)[key]
      const own = value && Object.hasOwn(value, path[1]!) ? value[path[1]!] : undefined
      if (name === 'f:labels' || name === 'f:annotations') {
        const map = (own ?? {}) as object
        const owned = Object.keys(fields[name]!).filter((entry) => entry !== '.')
        if (owned.some((entry) => !Object.hasOwn(map, entry.slice(2)))) return true
        if (owned.length === 0 && name === 'f:labels') return true
      } else if (own === undefined || own === null) return true
    }
  }
  return false
}
