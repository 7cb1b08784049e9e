import type { ObjectMeta } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const objectMetaRejections = {} satisfies RejectionTable

export function validateObjectMeta(_validation: Validation, _metadata: ObjectMeta, _field: Field): void {}
