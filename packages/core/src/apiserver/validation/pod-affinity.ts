import type { PodAffinity, PodAntiAffinity } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const podAffinityRejections = {} satisfies RejectionTable

export function validatePodAffinity(
  _validation: Validation,
  _affinity: PodAffinity | PodAntiAffinity,
  _field: Field,
): void {}
