import type { ManagedFieldsEntry, ObjectMeta } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { byteLength } from '../formats/bytes.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { templateGeneration } from './template-generation.ts'

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
    if (isBad(entry) && ownsMore(entry, validation)) reportEntry(validation, entry, index, field)
  }
}

function reportEntry(
  validation: Validation,
  { manager, subresource }: ManagedFieldsEntry,
  index: number,
  field: Field,
): void {
  const report = (name: 'manager' | 'subresource', messageId: string, value: string) =>
    validation.report({
      id: 'managed-fields',
      at: field.index(index).child(name),
      needs: [field],
      messageId,
      data: { size: byteLength(value), value: excerpt(value) },
      suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(field.path) }],
    })
  if (manager && byteLength(manager) > mostManagerBytes) report('manager', 'manager', manager)
  else if (manager && unprintable.test(manager)) report('manager', 'character', manager)
  if (subresource && byteLength(subresource) > mostSubresourceBytes) {
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

/** Fields as the API server writes them down: `f:name`, `k:{"name":…}`, `v:…`, `i:0`, and `.` for the whole. */
interface FieldSet {
  readonly [step: string]: FieldSet | null
}

function isSet(fields: unknown): fields is FieldSet {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return false
  return Object.entries(fields).every(([step, below]) => isStep(step) && (below === null || isSet(below)))
}

function isStep(step: string): boolean {
  if (step === '.' || step.startsWith('f:') || /^i:\d+$/.test(step)) return true
  if (!/^[kv]:/.test(step)) return false
  try {
    const value: unknown = JSON.parse(step.slice(2))
    return step.startsWith('v:') || (typeof value === 'object' && value !== null)
  } catch {
    return false
  }
}

/** What the API server fills in, so that the DaemonSet may have it though the manifest does not. */
const filledIn: ReadonlySet<string> = new Set([
  'f:annotations',
  'f:dnsPolicy',
  'f:maxSurge',
  'f:maxUnavailable',
  'f:namespace',
  'f:restartPolicy',
  'f:revisionHistoryLimit',
  'f:rollingUpdate',
  'f:schedulerName',
  'f:securityContext',
  'f:terminationGracePeriodSeconds',
  'f:type',
  'f:updateStrategy',
])

/** Their fields are owned, but they themselves are not. */
const structs: ReadonlySet<string> = new Set(['f:metadata', 'f:spec', 'f:template', 'f:containers'])

/** Nobody owns these, so an entry that claims one has more than the DaemonSet. */
const unowned: ReadonlySet<string> = new Set(['f:apiVersion', 'f:kind', 'f:status'])

/** True when an entry surely owns a field that the DaemonSet does not have, so that it is kept. */
function ownsMore({ apiVersion, fieldsV1 }: ManagedFieldsEntry, { node }: Validation): boolean {
  if (apiVersion !== 'apps/v1') return false
  const set = fieldsV1 as FieldSet
  return Object.keys(set).some((step) => unowned.has(step)) || isMoreThan(set, node.value)
}

function isMoreThan(set: FieldSet, value: unknown): boolean {
  return Object.keys(set).some((step) => {
    if (step === '.') return false
    const below = set[step] ?? {}
    const child = childOf(value, step)
    if (child === undefined || child === null) return isMissing(step, below)
    if (Object.keys(below).length === 0) return structs.has(step)
    // Items of lists have many fields that are filled in.
    return !Array.isArray(value) && isMoreThan(below, child)
  })
}

/** Of annotations the API server writes one, of which it makes a map if there is none. */
function isMissing(step: string, below: FieldSet): boolean {
  if (step === 'f:annotations') {
    return Object.keys(below).some((key) => key !== '.' && key !== `f:${templateGeneration}`)
  }
  return !filledIn.has(step)
}

function childOf(value: unknown, step: string): unknown {
  if (Array.isArray(value)) {
    if (!step.startsWith('k:')) return value
    const keys = Object.entries(JSON.parse(step.slice(2)) as object)
    return value.find((item) => keys.every(([key, wanted]) => item?.[key] === wanted))
  }
  const name = step.slice(2)
  const isMap = typeof value === 'object' && value !== null
  return isMap && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}
