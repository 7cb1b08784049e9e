import type { EmptyDirVolumeSource } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { parseQuantity, signOf } from '../../formats/quantities.ts'
import type { RejectionTable } from '../../rejection-meta.ts'

export const emptyDirRejections = {
  'empty-dir-size': {
    description: 'Refuses a negative sizeLimit of an emptyDir',
    messages: {
      negative:
        'An `emptyDir` cannot be limited to `{{value}}`: `sizeLimit` must be 0, which is no limit, or more.',
    },
  },
} satisfies RejectionTable

/** What k8s.io/kubernetes pkg/apis/core/validation, validateVolumeSource checks of an emptyDir; any medium is taken. */
export function validateEmptyDir(
  validation: Validation,
  { sizeLimit }: EmptyDirVolumeSource,
  field: Field,
): void {
  if (sizeLimit === null || sizeLimit === undefined || signOf(parseQuantity(sizeLimit)) >= 0) return
  validation.report({
    id: 'empty-dir-size',
    at: field.child('sizeLimit'),
    messageId: 'negative',
    data: { value: excerpt(String(sizeLimit)) },
  })
}
