import type { Container } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

export const containerImageRejections = {
  'image-required': {
    description: 'Refuses a container without an image',
    messages: {
      missing: 'This container has no `image`, so there is nothing to run.',
    },
  },
  'image-pull-policy': {
    description: 'Refuses an unknown imagePullPolicy',
    messages: {
      unsupported: '`{{value}}` is no `imagePullPolicy`. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

export const pullPolicies = ['Always', 'IfNotPresent', 'Never']

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateContainerCommon and validatePullPolicy. An image's name is not
 * looked at; an empty policy is defaulted.
 */
export function validateContainerImage(validation: Validation, container: Container, field: Field): void {
  const { image, imagePullPolicy } = container
  if (!image) validation.report({ id: 'image-required', at: field.child('image'), messageId: 'missing' })
  if (imagePullPolicy && !pullPolicies.includes(imagePullPolicy)) {
    reportUnsupported(validation, {
      id: 'image-pull-policy',
      at: field.child('imagePullPolicy'),
      value: imagePullPolicy,
      allowed: pullPolicies,
    })
  }
}
