import type { PersistentVolumeClaimSpec } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { dnsSubdomainFault } from '../../formats/names.ts'
import { parseResource, signOf } from '../../formats/quantities.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { reportUnsupported } from '../../report-unsupported.ts'
import { warnOfFractionalBytes } from '../fractional-bytes.ts'
import { validateLabelSelector } from '../label-selector.ts'
import { claimDataSourceRejections, validateDataSources } from './claim-data-source.ts'

export const claimSpecRejections = {
  'claim-template-spec': {
    description: 'Refuses a claim of storage without access modes or a size, or with unknown ones',
    messages: {
      noModes: 'A claim needs `accessModes`, at least one.',
      readWriteOnce: 'Write `accessModes: [ReadWriteOnce]`: pods of one node may write.',
      alone: '`ReadWriteOncePod` lets one pod use the volume, and goes with no other access mode.',
      noStorage: 'A claim needs `resources.requests.storage`: how much storage, such as `1Gi`.',
      storage: 'A claim must ask for more than 0 of storage, not `{{value}}`.',
      class: '`{{value}}` cannot be the name of a {{kind}}: {{fault}}.',
      unsupported: '`{{value}}` is no {{what}}. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  ...claimDataSourceRejections,
} satisfies RejectionTable

const id = 'claim-template-spec'
const accessModes: readonly string[] = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']
const volumeModes: readonly string[] = ['Filesystem', 'Block']

/** k8s.io/kubernetes pkg/apis/core/validation: ValidatePersistentVolumeClaimSpec. */
export function validateClaimSpec(
  validation: Validation,
  spec: PersistentVolumeClaimSpec,
  field: Field,
): void {
  validateAccessModes(validation, spec.accessModes ?? [], field.child('accessModes'))
  if (spec.selector) validateLabelSelector(validation, spec.selector, field.child('selector'))
  validateStorage(validation, spec, field)
  validateClass(validation, spec.storageClassName, field.child('storageClassName'), 'StorageClass')
  const { volumeMode } = spec
  if (volumeMode !== null && volumeMode !== undefined && !volumeModes.includes(volumeMode)) {
    const at = field.child('volumeMode')
    const data = { what: 'mode of a volume' }
    reportUnsupported(validation, { id, at, value: volumeMode, allowed: volumeModes, data })
  }
  validateDataSources(validation, spec, field)
  if (validation.somewhere('VolumeAttributesClass')) {
    const { volumeAttributesClassName } = spec
    const at = field.child('volumeAttributesClassName')
    validateClass(validation, volumeAttributesClassName, at, 'VolumeAttributesClass')
  }
}

function validateAccessModes(validation: Validation, modes: readonly (string | null)[], field: Field): void {
  if (modes.length === 0) {
    validation.report({
      id,
      at: field,
      messageId: 'noModes',
      suggest: [{ messageId: 'readWriteOnce', fix: (fixer) => fixer.set(field.path, ['ReadWriteOnce']) }],
    })
  }
  let pod: Field | undefined
  let others = false
  for (let index = 0; index < modes.length; index++) {
    const mode = modes[index] ?? ''
    const at = field.index(index)
    if (mode === 'ReadWriteOncePod') pod = at
    else if (accessModes.includes(mode)) others = true
    else {
      const data = { what: 'access mode' }
      reportUnsupported(validation, { id, at, field, value: mode, allowed: accessModes, data })
    }
  }
  if (pod && others) validation.report({ id, at: pod, field, needs: [field], messageId: 'alone' })
}

function validateStorage(
  validation: Validation,
  { resources }: PersistentVolumeClaimSpec,
  spec: Field,
): void {
  const storage = resources?.requests?.storage
  const given = resources?.requests != null && Object.hasOwn(resources.requests, 'storage')
  if (given && signOf(parseResource(storage)) > 0) return
  const value = excerpt(String(storage ?? 0))
  validation.report({
    id,
    at: spec.child('resources', 'requests', 'storage'),
    // Not where it stands, but so the API server prints it.
    field: spec.child('resources').key('storage'),
    ...(given ? { messageId: 'storage', data: { value } } : { messageId: 'noStorage' }),
  })
}

/** An empty name asks for no class at all. */
function validateClass(
  validation: Validation,
  name: string | null | undefined,
  at: Field,
  kind: string,
): void {
  const fault = name ? dnsSubdomainFault(name) : undefined
  if (!name || !fault) return
  validation.report({ id, at, messageId: 'class', data: { value: excerpt(name), kind, fault } })
}

/**
 * k8s.io/kubernetes pkg/api/persistentvolumeclaim: GetWarningsForPersistentVolumeClaimSpec.
 * @param field the claim's spec
 */
export function warnOfFractionalStorage(
  validation: Validation,
  { resources }: PersistentVolumeClaimSpec,
  field: Field,
): void {
  if (!resources) return
  for (const list of ['requests', 'limits'] as const) {
    const storage = resources[list]?.storage
    if (storage === null || storage === undefined) continue
    warnOfFractionalBytes(validation, storage, field.child('resources', list).key('storage'))
  }
}
