import type { NodeAffinity } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const nodeAffinityRejections = {} satisfies RejectionTable

export function validateNodeAffinity(_validation: Validation, _affinity: NodeAffinity, _field: Field): void {}
