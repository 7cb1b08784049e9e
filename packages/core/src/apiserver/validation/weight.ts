import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

const messages = {
  none: 'A preference needs a `weight` from 1 to 100: how much it counts beside others.',
  range: 'The `weight` of a preference must be from 1 to 100, not {{weight}}.',
}

export const weightRejections = {
  'node-affinity-weight': {
    description: 'Refuses a preference for nodes whose weight is not from 1 to 100',
    messages,
  },
  'pod-affinity-weight': {
    description: 'Refuses a preference for or against pods whose weight is not from 1 to 100',
    messages,
  },
} satisfies RejectionTable

/**
 * The weight of a preferred term.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, ValidatePreferredSchedulingTerms and
 * validateWeightedPodAffinityTerms.
 * @param field the term
 */
export function validateWeight(
  validation: Validation,
  id: keyof typeof weightRejections,
  weight: number | null | undefined,
  field: Field,
): void {
  if (weight && weight > 0 && weight <= 100) return
  const at = field.child('weight')
  if (weight == null) validation.report({ id, at, messageId: 'none' })
  else validation.report({ id, at, messageId: 'range', data: { weight } })
}
