import type { LabelSelector } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const labelSelectorRejections = {} satisfies RejectionTable

export function validateLabelSelector(
  _validation: Validation,
  _selector: LabelSelector,
  _field: Field,
): void {}
