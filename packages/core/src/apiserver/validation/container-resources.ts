import type { Container } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { fractionalBytesRejections, warnOfFractionalBytes } from './fractional-bytes.ts'
import { hugePagesRejections } from './huge-pages.ts'
import { requestsExceedLimitsRejections } from './requests-exceed-limits.ts'
import { validateClaimReferences } from './resource-claims.ts'
import { containerResourceFault } from './resource-names.ts'
import { type ResourceNames, validateResourceRequirements } from './resource-requirements.ts'

export const containerResourcesRejections = {
  'resource-name': {
    description: 'Refuses resources that a container cannot have',
    messages: {
      name: '`{{name}}` is no resource of a container: {{fault}}.',
      rename: 'Call it `{{near}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'resource-quantity': {
    description: 'Refuses negative amounts of a resource',
    messages: {
      negative: 'An amount of `{{name}}` cannot be negative: `{{value}}`.',
      write: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'extended-resource': {
    description: "Refuses fractions of vendors' resources, and requests of them without an equal limit",
    messages: {
      whole: '`{{name}}` is handed out in whole units, and `{{value}}` is none.',
      limit: '`{{name}}` cannot be overcommitted: it is requested, and needs the same limit.',
      unequal:
        '`{{name}}` cannot be overcommitted: it is requested as `{{request}}` but limited to `{{limit}}`, and both must be equal.',
      write: 'Write `{{near}}`.',
      raise: 'Limit it to `{{request}}`, too.',
      lower: 'Request `{{limit}}`, too.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  ...fractionalBytesRejections,
  ...hugePagesRejections,
  ...requestsExceedLimitsRejections,
} satisfies RejectionTable

/** What a container can have, and the overhead of a pod. */
export const containerResources: ResourceNames = { id: 'resource-name', fault: containerResourceFault }

const bytes = ['memory', 'ephemeral-storage'] as const

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateContainerResourceRequirements. */
export function validateContainerResources(
  validation: Validation,
  { resources }: Container,
  field: Field,
  context: ContainerContext,
): void {
  if (!resources) return
  const { limits, requests, claims } = resources
  const place = field.child('resources')
  if (limits || requests) {
    const fields = { resources: place, limits: place.child('limits'), requests: place.child('requests') }
    validateResourceRequirements(validation, { limits, requests }, fields, containerResources)
    for (const name of bytes) {
      if (limits?.[name]) warnOfFractionalBytes(validation, limits[name], fields.limits.key(name))
      if (requests?.[name]) warnOfFractionalBytes(validation, requests[name], fields.requests.key(name))
    }
  }
  if (claims) validateClaimReferences(validation, claims, place.child('claims'), context)
}
