import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const podResourcesRejections = {} satisfies RejectionTable

export function validatePodResources(_validation: Validation, _spec: PodSpec, _pod: Field): void {}
