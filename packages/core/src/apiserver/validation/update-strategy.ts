import type { DaemonSetUpdateStrategy } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const updateStrategyRejections = {} satisfies RejectionTable

export function validateUpdateStrategy(
  _validation: Validation,
  _strategy: DaemonSetUpdateStrategy,
  _field: Field,
): void {}
