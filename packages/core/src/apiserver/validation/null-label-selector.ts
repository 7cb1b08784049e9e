import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import type { KeyedSelector } from './match-label-keys.ts'

export const nullLabelSelectorRejections = {
  'null-label-selector': {
    description: 'Warns of a pod affinity or a topology spread constraint that concerns no pod',
    messages: {
      none: 'Without a `labelSelector` this concerns no pod at all, so it does nothing. State labels of the pods that are meant; `{}` means all.',
      unmet:
        'Without a `labelSelector` this looks for no pod at all, so no node meets it and the pods stay pending. State labels of the pods that are meant; `{}` means all.',
    },
    accepted: true,
  },
} satisfies RejectionTable

/**
 * Warns of a selector that is missing, unless what is refused without one has been said.
 * Source: k8s.io/kubernetes pkg/api/pod/warnings.go.
 * @param field what lacks the selector
 * @param keysAreRead whether the server refuses `matchLabelKeys` without a selector
 * @param messageId `unmet` where pods are required that there are none of
 */
export function warnOfNoSelector(
  validation: Validation,
  term: KeyedSelector,
  field: Field,
  messageId: 'none' | 'unmet' = 'none',
  keysAreRead = true,
): void {
  if ((term.matchLabelKeys?.length || term.mismatchLabelKeys?.length) && keysAreRead) return
  validation.report({ id: 'null-label-selector', at: field.child('labelSelector'), messageId })
}
