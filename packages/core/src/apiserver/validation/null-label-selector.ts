import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import type { KeyedSelector } from './match-label-keys.ts'

export const nullLabelSelectorRejections = {
  'null-label-selector': {
    description: 'Warns of a pod affinity or a topology spread constraint that concerns no pod',
    messages: {
      none: 'Without a `labelSelector` this concerns no pod at all, so it does nothing. State labels of the pods that are meant; `{}` means all.',
    },
    accepted: true,
  },
} satisfies RejectionTable

/**
 * Warns of a selector that is missing, unless what is refused without one has been said.
 * Source: k8s.io/kubernetes pkg/api/pod/warnings.go.
 * @param field what lacks the selector
 */
export function warnOfNoSelector(validation: Validation, term: KeyedSelector, field: Field): void {
  if (term.matchLabelKeys?.length || term.mismatchLabelKeys?.length) return
  validation.report({ id: 'null-label-selector', at: field.child('labelSelector'), messageId: 'none' })
}
