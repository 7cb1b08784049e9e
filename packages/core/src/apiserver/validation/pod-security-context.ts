import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const podSecurityContextRejections = {} satisfies RejectionTable

export function validatePodSecurityContext(_validation: Validation, _spec: PodSpec, _pod: Field): void {}
