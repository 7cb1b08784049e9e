import type { PodResourceClaim, PodSpec, ResourceClaim } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { dnsLabelFault, dnsSubdomainFault, nearDnsLabel, nearDnsSubdomain } from '../formats/names.ts'
import { lastOfName, listedNames, namesOf, nearestListed } from '../listed-names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { enumerate } from '../report-unsupported.ts'
import { suggestNear } from '../suggestions.ts'

export const resourceClaimsRejections = {
  'resource-claim': {
    description: 'Refuses a resource claim of the pod without a valid, unique name and exactly one source',
    messages: {
      unnamed: 'A resource claim needs a `name`, by which containers ask for it.',
      name: '`{{name}}` cannot be the name of a resource claim: {{fault}}.',
      duplicate:
        'Another resource claim of this pod is named `{{name}}` too, and containers ask for a claim by its name: rename or remove one.',
      none: 'A resource claim needs a `resourceClaimName` or a `resourceClaimTemplateName`.',
      both: 'A resource claim takes `resourceClaimName` or `resourceClaimTemplateName`, not both.',
      source: '`{{name}}` cannot be the name of a {{kind}}: {{fault}}.',
      rename: 'Name it `{{near}}`.',
      remove: 'Remove `{{field}}`.',
    },
    hasSuggestions: true,
  },
  'resource-claim-reference': {
    description: "Refuses a container's claim that is not one of the pod's, or is stated twice",
    messages: {
      unnamed: "An entry of `claims` needs the `name` of one of the pod's `resourceClaims`.",
      none: 'The pod has no `resourceClaims`, so none is called `{{name}}`.',
      unknown: 'The pod has no resource claim `{{name}}`; it has {{names}}.',
      duplicate:
        '`{{name}}` is listed twice: a container asks for each claim only once. Remove one of the two.',
      request: '`{{name}}` cannot be the name of a request: {{fault}}.',
      rename: 'Write `{{near}}`.',
      remove: 'Remove this entry.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'resource-claim'
const sources = [
  ['resourceClaimName', 'ResourceClaim'],
  ['resourceClaimTemplateName', 'ResourceClaimTemplate'],
] as const

/** k8s.io/kubernetes pkg/apis/core/validation: validatePodResourceClaims. */
export function validateResourceClaims(validation: Validation, spec: PodSpec, pod: Field): void {
  if (!spec.resourceClaims || !validation.somewhere('DynamicResourceAllocation')) return
  const names = new Set<string>()
  eachItem(spec.resourceClaims, pod.child('resourceClaims'), (claim, field) => {
    validateName(validation, claim.name ?? '', field.child('name'), names)
    validateSource(validation, claim, field)
  })
}

function validateName(validation: Validation, name: string, at: Field, names: Set<string>): void {
  if (name === '') validation.report({ id, at, messageId: 'unnamed' })
  else if (names.has(name)) {
    // In a patch both are one entry.
    if (validation.node.role !== 'patch') {
      validation.report({ id, at, messageId: 'duplicate', data: { name: excerpt(name) } })
    }
  } else {
    names.add(name)
    reportFault(validation, { at, name, fault: dnsLabelFault(name), near: nearDnsLabel, messageId: 'name' })
  }
}

function validateSource(validation: Validation, claim: PodResourceClaim, field: Field): void {
  const stated = sources.filter(([source]) => claim[source] !== null && claim[source] !== undefined)
  if (stated.length === 2) {
    validation.report({
      id,
      at: field.child('resourceClaimTemplateName'),
      field,
      messageId: 'both',
      suggest: sources.map(([source]) => ({
        messageId: 'remove',
        data: { field: source },
        fix: (fixer) => fixer.remove(field.child(source).path),
      })),
    })
  } else if (stated.length === 0) {
    // `source` held them until Kubernetes 1.30.
    const needs = ['resourceClaimName', 'resourceClaimTemplateName', 'source'].map((name) =>
      field.child(name),
    )
    if (!claim.source) validation.report({ id, at: field, messageId: 'none', needs })
  }
  for (const [source, kind] of stated) {
    const name = claim[source]!
    const fault = dnsSubdomainFault(name)
    const at = field.child(source)
    reportFault(validation, { at, name, fault, near: nearDnsSubdomain, messageId: 'source', kind })
  }
}

function reportFault(
  validation: Validation,
  {
    at,
    name,
    fault,
    near: nearOf,
    messageId,
    kind = '',
  }: {
    at: Field
    name: string
    fault: string | undefined
    near: (name: string) => string | undefined
    messageId: string
    kind?: string
  },
): void {
  if (!fault) return
  const near = nearOf(name)
  validation.report({
    id,
    at,
    messageId,
    data: { name: excerpt(name), fault, kind },
    ...suggestNear(at, near, 'rename'),
  })
}

/**
 * The claims that a container, or wrongly the pod, asks for.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, validateResourceClaimNames.
 */
export function validateClaimReferences(
  validation: Validation,
  claims: readonly (ResourceClaim | null)[],
  list: Field,
  { spec, pod }: { spec: PodSpec; pod: Field },
): void {
  if (!validation.somewhere('DynamicResourceAllocation')) return
  const seen = new Map<string, Map<string, Field>>()
  eachItem(claims, list, (claim, field) => {
    const { name, request } = claim
    const nameAt = field.child('name')
    if (!name) {
      validation.report({ id: 'resource-claim-reference', at: nameAt, field, messageId: 'unnamed' })
      return
    }
    const requests = seen.get(name) ?? new Map<string, Field>()
    const whole = requests.get('')
    // A request is looked at only where the claim has not been asked for as a whole.
    if (request && !whole) validateRequest(validation, request, field.child('request'))
    const first = whole ?? (request ? requests.get(request) : requests.values().next().value)
    if (first) reportTwice(validation, name, field, first)
    if (!whole) {
      const before = requests.get(request ?? '')
      seen.set(name, requests.set(request ?? '', before ?? field))
    }
    if (lastOfName(spec.resourceClaims ?? [], name) < 0) {
      reportUnknown(validation, name, field, spec, pod)
    }
  })
}

function validateRequest(validation: Validation, name: string, at: Field): void {
  const fault = dnsLabelFault(name)
  if (!fault) return
  const near = nearDnsLabel(name)
  validation.report({
    id: 'resource-claim-reference',
    at,
    messageId: 'request',
    data: { name: excerpt(name), fault },
    ...suggestNear(at, near, 'rename'),
  })
}

function reportTwice(validation: Validation, name: string, field: Field, first: Field): void {
  if (validation.node.role === 'patch') return
  validation.report({
    id: 'resource-claim-reference',
    at: field.child('name'),
    field,
    messageId: 'duplicate',
    data: { name: excerpt(name) },
    // A claim whose request is not known seems to be asked for as a whole.
    needs: [first.child('request'), field.child('request')],
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(field.path) }],
  })
}

function reportUnknown(validation: Validation, name: string, field: Field, spec: PodSpec, pod: Field): void {
  const names = namesOf(spec.resourceClaims ?? [])
  const near = nearestListed(name, names)
  const at = field.child('name')
  validation.report({
    id: 'resource-claim-reference',
    at,
    field,
    messageId: names.length === 0 ? 'none' : 'unknown',
    data: { name: excerpt(name), names: enumerate(names.slice(0, 5).map(excerpt)) },
    needs: listedNames(pod.child('resourceClaims')),
    ...suggestNear(at, near, 'rename'),
  })
}
