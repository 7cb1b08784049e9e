import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { LabelMap } from '../label-map.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const templateAnnotationsRejections = {} satisfies RejectionTable

export function validateTemplateAnnotations(
  _validation: Validation,
  _annotations: LabelMap,
  _field: Field,
  _spec: PodSpec,
  _pod: Field,
): void {}
