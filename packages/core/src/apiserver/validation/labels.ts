import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { LabelMap } from '../label-map.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const labelsRejections = {} satisfies RejectionTable

export function validateLabels(_validation: Validation, _labels: LabelMap, _field: Field): void {}

export function validateAnnotations(_validation: Validation, _annotations: LabelMap, _field: Field): void {}
