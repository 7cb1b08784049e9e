import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Finding, Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { compareQuantities, parseResource } from '../formats/quantities.ts'
import { quantityText } from '../formats/quantity-text.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { type Needed, neededByContainers } from './containers-need.ts'
import { validateClaimReferences } from './resource-claims.ts'
import { isHugePages, podResourceFault } from './resource-names.ts'
import { type ResourceNames, validateResourceRequirements } from './resource-requirements.ts'

export const podResourcesRejections = {
  'pod-resource-name': {
    description: 'Refuses resources that a whole pod cannot have',
    messages: {
      name: '`{{name}}` cannot be a resource of the whole pod: {{fault}}.',
      rename: 'Call it `{{near}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'pod-resources': {
    description: 'Refuses resources of the whole pod that do not fit those of its containers',
    messages: {
      windows:
        'A pod for Windows (`os.name: windows`) cannot have `resources` as a whole: set them in its containers.',
      claims: 'The pod as a whole cannot have `claims`: set them in its containers.',
      requests:
        'The containers request {{needed}} of `{{name}}` together, more than the `{{value}}` of the whole pod.',
      limits:
        'The containers are limited to {{needed}} of `{{name}}` together, more than the `{{value}}` of the whole pod.',
      container:
        'The container is limited to `{{value}}` of `{{name}}`, more than the `{{limit}}` of the whole pod.',
      remove: 'Remove `{{field}}`.',
      raise: 'Give the pod `{{needed}}`.',
      lower: 'Limit the container to `{{limit}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'pod-resources'
const podResources: ResourceNames = { id: 'pod-resource-name', fault: podResourceFault }

/** k8s.io/kubernetes pkg/apis/core/validation: validatePodResources. */
export function validatePodResources(validation: Validation, spec: PodSpec, pod: Field): void {
  const { resources } = spec
  if (!resources || !validation.somewhere('PodLevelResources')) return
  const place = pod.child('resources')
  if (spec.os?.name === 'windows') {
    reportRemovable(validation, place, 'windows', [pod.child('os', 'name')])
    return
  }
  const { limits, requests, claims } = resources
  if (claims) {
    reportRemovable(validation, place.child('claims'), 'claims', [])
    validateClaimReferences(validation, claims, place.child('claims'), { spec, pod })
  }
  const fields = { resources: place, limits: place.child('limits'), requests: place.child('requests') }
  validateResourceRequirements(validation, { limits, requests }, fields, podResources)
  if (requests) compareSums(validation, spec, 'requests', fields.requests)
  if (limits) {
    if (Object.keys(limits).some(isHugePages)) compareSums(validation, spec, 'limits', fields.limits)
    compareContainerLimits(validation, spec, pod)
  }
}

function reportRemovable(
  validation: Validation,
  at: Field,
  messageId: string,
  needs: readonly Field[],
): void {
  const field = String(at.path.at(-1))
  const suggest: Finding['suggest'] = [
    { messageId: 'remove', data: { field }, fix: (fixer) => fixer.remove(at.path) },
  ]
  validation.report({ id, at, messageId, needs, suggest })
}

/**
 * validatePodResourceConsistency: the whole pod has what its containers need together; of limits that holds for huge
 * pages alone. What is not known of the containers could only add to it.
 */
function compareSums(validation: Validation, spec: PodSpec, kind: 'requests' | 'limits', field: Field): void {
  const whole = spec.resources![kind]!
  const needed: Needed = neededByContainers(spec, kind)
  for (const [name, sum] of needed) {
    if (kind === 'limits' && !isHugePages(name)) continue
    if (!Object.hasOwn(whole, name) || compareQuantities(sum, parseResource(whole[name])) <= 0) continue
    const at = field.key(name)
    const text = quantityText(sum)
    const data = { name: excerpt(name), value: excerpt(String(whole[name] ?? 0)), needed: excerpt(text) }
    validation.report({
      id,
      at,
      messageId: kind,
      data,
      ...(text.length < 30 && {
        suggest: [{ messageId: 'raise', data, fix: (fixer) => fixer.set(at.path, text) }],
      }),
    })
  }
}

/** No container may use more than the pod. The server's field names are unlike the manifest's here. */
function compareContainerLimits(validation: Validation, spec: PodSpec, pod: Field): void {
  const whole = spec.resources!.limits!
  const resources = pod.child('resources')
  eachItem(spec.containers, pod.child('containers'), ({ resources: own }, container, index) => {
    const limits = own?.limits
    if (!limits) return
    for (const name of Object.keys(limits)) {
      if (!Object.hasOwn(whole, name)) continue
      if (compareQuantities(parseResource(limits[name]), parseResource(whole[name])) <= 0) continue
      const at = container.child('resources', 'limits').key(name)
      const limit = whole[name] ?? 0
      const data = {
        name: excerpt(name),
        value: excerpt(String(limits[name] ?? 0)),
        limit: excerpt(String(limit)),
      }
      validation.report({
        id,
        at,
        field: resources.child('containers').index(index).key(name).child('limits'),
        messageId: 'container',
        data,
        needs: [resources.child('limits').key(name)],
        suggest: [{ messageId: 'lower', data, fix: (fixer) => fixer.set(at.path, limit) }],
      })
    }
  })
}
