import type { Container } from '../../schema/decoded.generated.ts'
import type { Finding, Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

export const resizePolicyRejections = {
  'resize-policy': {
    description:
      'Refuses a resize policy that is not stated once for cpu or memory, or restarts what cannot restart',
    messages: {
      resource: 'A resize policy needs a `resourceName`: `cpu` or `memory`.',
      policy: 'A resize policy needs a `restartPolicy`: `NotRequired` or `RestartContainer`.',
      unsupported: '`{{value}}` is not allowed in a resize policy. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      duplicate:
        '`{{name}}` has two resize policies, and each resource can have only one: remove one of the two.',
      remove: 'Remove this one.',
      never: 'In a pod that never restarts, `restartPolicy` of a resize policy must be `NotRequired`.',
      init: 'An init container cannot be restarted for a resize, unless it is a sidecar (`restartPolicy: Always`).',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'resize-policy'
const resources = ['cpu', 'memory']
const policies = ['NotRequired', 'RestartContainer']

/** k8s.io/kubernetes pkg/apis/core/validation: validateResizePolicy and validateInitContainers. */
export function validateResizePolicy(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  const { resizePolicy } = container
  if (!resizePolicy || resizePolicy.length === 0 || !validation.somewhere('InPlacePodVerticalScaling')) return
  const list = field.child('resizePolicy')
  const seen = new Set<string>()
  const never = context.spec.restartPolicy === 'Never'
  const restartable = context.list === 'containers' || container.restartPolicy === 'Always'
  eachItem(resizePolicy, list, (policy, place) => {
    const name = policy.resourceName ?? ''
    const nameAt = place.child('resourceName')
    if (seen.has(name) && validation.node.role !== 'patch') {
      const suggest: Finding['suggest'] = [{ messageId: 'remove', fix: (fixer) => fixer.remove(place.path) }]
      validation.report({ id, at: nameAt, field: place, messageId: 'duplicate', data: { name }, suggest })
    }
    seen.add(name)
    if (name === '') validation.report({ id, at: nameAt, field: list, messageId: 'resource' })
    else if (!resources.includes(name)) {
      reportUnsupported(validation, { id, at: nameAt, field: list, value: name, allowed: resources })
    }
    const value = policy.restartPolicy ?? ''
    const at = place.child('restartPolicy')
    if (value === '') validation.report({ id, at, field: list, messageId: 'policy' })
    else if (!policies.includes(value)) {
      reportUnsupported(validation, { id, at, field: list, value, allowed: policies })
    } else if (value === 'RestartContainer') {
      if (never) {
        const needs = [context.pod.child('restartPolicy')]
        validation.report({ id, at, field: list, messageId: 'never', needs })
      }
      if (!restartable && validation.somewhere('InitContainerResizeRestarts')) {
        const needs = [field.child('restartPolicy')]
        validation.report({ id, at, messageId: 'init', needs })
      }
    }
  })
}
