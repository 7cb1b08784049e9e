import type { PodAffinity, PodAffinityTerm, PodAntiAffinity } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { dnsLabelFault, nearDnsLabel, qualifiedNameFault } from '../formats/names.ts'
import { nearLabelKey } from '../formats/near-labels.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { suggestNear } from '../suggestions.ts'
import { validateLabelSelector } from './label-selector.ts'
import { validateMatchLabelKeys } from './match-label-keys.ts'
import { warnOfNoSelector } from './null-label-selector.ts'
import { validateWeight } from './weight.ts'

export const podAffinityRejections = {
  'pod-affinity-topology-key': {
    description: 'Refuses a pod affinity without a well-formed topology key',
    messages: {
      none: 'A pod affinity needs a `topologyKey`: the node label by whose value nodes count as one place, such as `kubernetes.io/hostname`.',
      key: '`{{key}}` is no label key: {{fault}}. A pod affinity tells nodes apart by one of their labels.',
      hostname: 'Write `kubernetes.io/hostname`: each node is a place of its own.',
      rename: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'pod-affinity-namespace': {
    description: 'Refuses a pod affinity to a namespace whose name is malformed',
    messages: {
      name: '`{{name}}` cannot be the name of a namespace: {{fault}}.',
      replace: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: validatePodAffinity and validatePodAntiAffinity. */
export function validatePodAffinity(
  validation: Validation,
  affinity: PodAffinity | PodAntiAffinity,
  field: Field,
): void {
  const unmet = field.path.at(-1) === 'podAffinity' ? 'unmet' : 'none'
  const required = field.child('requiredDuringSchedulingIgnoredDuringExecution')
  eachItem(affinity.requiredDuringSchedulingIgnoredDuringExecution, required, (term, at) =>
    validateTerm(validation, term, at, unmet),
  )
  const preferred = field.child('preferredDuringSchedulingIgnoredDuringExecution')
  eachItem(affinity.preferredDuringSchedulingIgnoredDuringExecution, preferred, (item, at) => {
    validateWeight(validation, 'pod-affinity-weight', item.weight, at)
    validateTerm(validation, item.podAffinityTerm ?? {}, at.child('podAffinityTerm'), 'none')
  })
}

/** validatePodAffinityTerm; pkg/api/pod, warningsForPodAffinityTerms. */
function validateTerm(
  validation: Validation,
  term: PodAffinityTerm,
  field: Field,
  withoutSelector: 'none' | 'unmet',
): void {
  const { labelSelector, namespaceSelector, namespaces } = term
  const keysAreRead = validation.somewhere('MatchLabelKeysInPodAffinity')
  if (labelSelector) validateLabelSelector(validation, labelSelector, field.child('labelSelector'))
  else warnOfNoSelector(validation, term, field, withoutSelector, keysAreRead)
  if (namespaceSelector)
    validateLabelSelector(validation, namespaceSelector, field.child('namespaceSelector'))
  if (namespaces) validateNamespaces(validation, namespaces, field)
  if (keysAreRead) validateMatchLabelKeys(validation, term, field)
  validateTopologyKey(validation, term.topologyKey ?? '', field.child('topologyKey'))
}

/** The API server names none of the list's items. */
function validateNamespaces(
  validation: Validation,
  namespaces: readonly (string | null)[],
  field: Field,
): void {
  for (let index = 0; index < namespaces.length; index++) {
    const name = namespaces[index] ?? ''
    const fault = dnsLabelFault(name)
    if (!fault) continue
    const at = field.child('namespaces').index(index)
    const near = nearDnsLabel(name)
    validation.report({
      id: 'pod-affinity-namespace',
      at,
      field: field.child('namespace'),
      messageId: 'name',
      data: { name: excerpt(name), fault },
      ...suggestNear(at, near, 'replace'),
    })
  }
}

function validateTopologyKey(validation: Validation, key: string, at: Field): void {
  const id = 'pod-affinity-topology-key'
  const fault = qualifiedNameFault(key)
  if (!fault) return
  if (key === '') {
    validation.report({
      id,
      at,
      messageId: 'none',
      suggest: [{ messageId: 'hostname', fix: (fixer) => fixer.set(at.path, 'kubernetes.io/hostname') }],
    })
    return
  }
  const near = nearLabelKey(key)
  validation.report({
    id,
    at,
    messageId: 'key',
    data: { key: excerpt(key), fault },
    ...suggestNear(at, near, 'rename'),
  })
}
