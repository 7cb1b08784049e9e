import type {
  EphemeralVolumeSource,
  ObjectMeta,
  PersistentVolumeClaimTemplate,
} from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { validateAnnotations, validateLabels } from '../labels.ts'
import { claimSpecRejections, validateClaimSpec } from './claim-spec.ts'

export const ephemeralRejections = {
  'ephemeral-volume': {
    description: 'Refuses an ephemeral volume without a template of its claim',
    messages: {
      missing:
        'An `ephemeral` volume needs a `volumeClaimTemplate`: what claim of storage each pod gets for itself.',
    },
  },
  'claim-template-metadata': {
    description: "Refuses anything but labels and annotations in a claim template's metadata",
    messages: {
      forbidden:
        "Only `labels` and `annotations` can be set on a pod's claims, not `{{name}}`: a claim is named after its pod and volume, and the cluster fills in the rest.",
      remove: 'Remove `{{name}}`.',
    },
    hasSuggestions: true,
  },
  ...claimSpecRejections,
} satisfies RejectionTable

const unsettable = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const

/** k8s.io/kubernetes pkg/apis/core/validation: validateEphemeralVolumeSource. */
export function validateEphemeralVolume(
  validation: Validation,
  { volumeClaimTemplate }: EphemeralVolumeSource,
  field: Field,
): void {
  const at = field.child('volumeClaimTemplate')
  if (volumeClaimTemplate) validateClaimTemplate(validation, volumeClaimTemplate, at)
  else validation.report({ id: 'ephemeral-volume', at, messageId: 'missing' })
}

/** ValidatePersistentVolumeClaimTemplate. */
function validateClaimTemplate(
  validation: Validation,
  { metadata, spec }: PersistentVolumeClaimTemplate,
  field: Field,
): void {
  if (metadata) validateTemplateMetadata(validation, metadata, field.child('metadata'))
  validateClaimSpec(validation, spec ?? {}, field.child('spec'))
}

/** ValidateTemplateObjectMeta. */
function validateTemplateMetadata(validation: Validation, metadata: ObjectMeta, field: Field): void {
  const { labels, annotations } = metadata
  if (annotations) validateAnnotations(validation, annotations, field.child('annotations'))
  if (labels) validateLabels(validation, labels, field.child('labels'))
  for (const name of unsettable) {
    if (isUnset(name, metadata[name])) continue
    const at = field.child(name)
    validation.report({
      id: 'claim-template-metadata',
      at,
      // The API server makes the name out of Go's, which is UID.
      ...(name === 'uid' && { field: field.child('uID') }),
      messageId: 'forbidden',
      data: { name },
      suggest: [{ messageId: 'remove', data: { name }, fix: (fixer) => fixer.remove(at.path) }],
    })
  }
}

/** An empty text and a generation of 0 count as absent, but an empty list and a grace period of 0 do not. */
function isUnset(name: keyof ObjectMeta, value: ObjectMeta[keyof ObjectMeta]): boolean {
  if (value === null || value === undefined || value === '') return true
  return name === 'generation' && Number(value) === 0
}
