import type { ImageVolumeSource } from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { reportUnsupported } from '../../report-unsupported.ts'
import { pullPolicies } from '../container-image.ts'

export const imageVolumeRejections = {
  'image-volume': {
    description: 'Refuses an unknown pull policy of an image volume',
    messages: {
      unsupported: '`{{value}}` is no pull policy. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateImageVolumeSource. Which image it is may be left open in a
 * template of pods.
 */
export function validateImageVolume(
  validation: Validation,
  { pullPolicy }: ImageVolumeSource,
  field: Field,
): void {
  if (!pullPolicy || pullPolicies.includes(pullPolicy)) return
  const at = field.child('pullPolicy')
  reportUnsupported(validation, { id: 'image-volume', at, value: pullPolicy, allowed: pullPolicies })
}
