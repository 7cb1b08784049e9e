import type { Container, PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { dnsLabelFault, nearDnsLabel } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import { suggestNear } from '../suggestions.ts'

export const containerNamesRejections = {
  'containers-required': {
    description: 'Refuses a pod without containers',
    messages: {
      missing: 'The pods have no `containers`, so there is nothing to run on the nodes. Name at least one.',
    },
  },
  'container-name': {
    description: 'Refuses a container without a name, or with one that is no DNS label',
    messages: {
      missing: 'A container needs a `name`, unlike any other in its pod.',
      fault: '`{{name}}` cannot be the name of a container: {{fault}}.',
      rename: 'Name it `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'container-name-unique': {
    description: 'Refuses two containers of one name in a pod',
    messages: {
      duplicate:
        'Another container of this pod is named `{{name}}` too. All names must differ, those of init containers included.',
    },
  },
} satisfies RejectionTable

/**
 * k8s.io/kubernetes pkg/apis/core/validation: the names in validateContainers, validateInitContainers and
 * validateContainerCommon.
 */
export function validateContainerNames(validation: Validation, spec: PodSpec, pod: Field): void {
  if (!spec.containers || spec.containers.length === 0)
    validation.report({ id: 'containers-required', at: pod.child('containers'), messageId: 'missing' })
  const names = new Map<string, Field>()
  const visit = (container: Container, field: Field) =>
    validateContainerName(validation, container, field, names)
  eachItem(spec.containers, pod.child('containers'), visit)
  eachItem(spec.initContainers, pod.child('initContainers'), visit)
}

/** @param names those before, and where they stand */
export function validateContainerName(
  validation: Validation,
  { name }: Pick<Container, 'name'>,
  field: Field,
  names: Map<string, Field>,
): void {
  const at = field.child('name')
  if (!name) {
    validation.report({ id: 'container-name', at, messageId: 'missing' })
    return
  }
  const fault = dnsLabelFault(name)
  if (fault) {
    const near = nearDnsLabel(name)
    validation.report({
      id: 'container-name',
      at,
      messageId: 'fault',
      data: { name: excerpt(name), fault },
      ...suggestNear(at, near, 'rename'),
    })
  }
  const first = names.get(name)
  if (!first) {
    names.set(name, at)
    return
  }
  // In a patch two entries of one name are one.
  if (validation.node.role === 'patch') return
  validation.report({
    id: 'container-name-unique',
    at,
    messageId: 'duplicate',
    data: { name: excerpt(name) },
    needs: [first],
    related: relatedTo(validation, first, 'the first of that name'),
  })
}
