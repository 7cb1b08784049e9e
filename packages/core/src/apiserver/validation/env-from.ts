import type { Container } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const envFromRejections = {} satisfies RejectionTable

export function validateEnvFrom(_validation: Validation, _container: Container, _field: Field): void {}
