import type { Toleration } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const tolerationsRejections = {} satisfies RejectionTable

export function validateTolerations(
  _validation: Validation,
  _tolerations: readonly (Toleration | null)[],
  _field: Field,
): void {}
