import type { Quantity } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'

/** k8s.io/kubernetes pkg/apis/core/validation: validateContainerResourceDivisor. */
export function validateDivisor(
  _validation: Validation,
  _resource: string,
  _divisor: Quantity,
  _field: Field,
): void {}
