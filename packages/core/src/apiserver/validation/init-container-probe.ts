import type { Fixer } from '../../fix/types.ts'
import type { Container } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const initContainerProbeRejections = {
  'init-container-probe': {
    description: 'Refuses probes and lifecycle hooks of an init container that is no sidecar',
    messages: {
      forbidden:
        'An init container runs to its end before the others start, so it takes no `{{name}}`. Only a sidecar does, with `restartPolicy: Always`.',
      remove: 'Remove `{{name}}`.',
      sidecar: 'Make it a sidecar, which runs beside the other containers: set `restartPolicy: Always`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** True for an init container that is no sidecar. */
export const isPlainInit = ({ restartPolicy }: Container, { list }: ContainerContext): boolean =>
  list === 'initContainers' && restartPolicy !== 'Always'

/** k8s.io/kubernetes pkg/apis/core/validation: validateInitContainers. */
export function reportPlainInit(
  validation: Validation,
  { restartPolicy }: Container,
  field: Field,
  name: 'lifecycle' | 'livenessProbe' | 'readinessProbe' | 'startupProbe',
  needs: readonly Field[] = [],
): void {
  const at = field.child(name)
  const policy = field.child('restartPolicy')
  validation.report({
    id: 'init-container-probe',
    at,
    messageId: 'forbidden',
    data: { name },
    needs: [policy, ...needs],
    suggest: [
      { messageId: 'remove', data: { name }, fix: (fixer) => fixer.remove(at.path) },
      ...(restartPolicy
        ? []
        : [{ messageId: 'sidecar', fix: (fixer: Fixer) => fixer.set(policy.path, 'Always') }]),
    ],
  })
}
