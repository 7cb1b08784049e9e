import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const restartPolicyRejections = {
  'restart-policy-always': {
    description: 'Refuses any restart policy but Always',
    messages: {
      policy: 'A daemon always restarts: `restartPolicy` must be `Always` or left out, not `{{policy}}`.',
    },
    fixable: 'code',
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/apps/validation, ValidateDaemonSetSpec: only Always; '' is defaulted to it. */
export function validateRestartPolicy(validation: Validation, spec: PodSpec, pod: Field): void {
  const policy = spec.restartPolicy
  if (!policy || policy === 'Always') return
  const at = pod.child('restartPolicy')
  validation.report({
    id: 'restart-policy-always',
    at,
    messageId: 'policy',
    data: { policy: excerpt(policy) },
    fix: (fixer) => fixer.set(at.path, 'Always'),
  })
}
