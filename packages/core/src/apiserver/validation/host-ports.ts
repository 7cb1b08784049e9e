import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const hostPortsRejections = {} satisfies RejectionTable

export function validateHostPorts(_validation: Validation, _spec: PodSpec, _pod: Field): void {}
