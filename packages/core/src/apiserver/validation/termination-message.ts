import type { Container } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

export const terminationMessageRejections = {
  'termination-message-policy': {
    description: 'Refuses an unknown terminationMessagePolicy',
    messages: {
      unsupported: '`{{value}}` is no `terminationMessagePolicy`. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const allowed = ['File', 'FallbackToLogsOnError']

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateContainerCommon. An empty policy is defaulted; the path is not
 * looked at.
 */
export function validateTerminationMessage(validation: Validation, container: Container, field: Field): void {
  const value = container.terminationMessagePolicy
  if (!value || allowed.includes(value)) return
  const at = field.child('terminationMessagePolicy')
  reportUnsupported(validation, { id: 'termination-message-policy', at, value, allowed })
}
