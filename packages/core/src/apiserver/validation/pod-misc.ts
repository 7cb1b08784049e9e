import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'

export const podMiscRejections = {
  'image-pull-secret-name': {
    description: 'Warns of image pull secrets without a name, or that are stated twice',
    messages: {
      empty: 'This image pull secret has no `name`, so it is none: private images cannot be pulled with it.',
      duplicate: 'The image pull secret `{{name}}` is listed twice: once is enough.',
      remove: 'Remove the second one.',
    },
    hasSuggestions: true,
    accepted: true,
  },
  'negative-grace-period': {
    description: 'Warns of a negative terminationGracePeriodSeconds',
    messages: {
      negative:
        '`terminationGracePeriodSeconds: {{seconds}}` is negative and treated as 1: the daemon is killed one second after it is told to stop.',
    },
    accepted: true,
  },
} satisfies RejectionTable

/** What the server only warns of in the rest of a pod's spec. */
export function validatePodMisc(validation: Validation, spec: PodSpec, pod: Field): void {
  const { imagePullSecrets, terminationGracePeriodSeconds: seconds } = spec
  if (imagePullSecrets) validateImagePullSecrets(validation, spec, pod.child('imagePullSecrets'))
  if (typeof seconds === 'number' || typeof seconds === 'bigint') {
    if (seconds >= 0) return
    const at = pod.child('terminationGracePeriodSeconds')
    const data = { seconds: String(seconds) }
    validation.report({ id: 'negative-grace-period', at, messageId: 'negative', data })
  }
}

/** k8s.io/kubernetes pkg/api/pod: warningsForPodSpecAndMeta. Any name is allowed, even one that no Secret can have. */
function validateImagePullSecrets(validation: Validation, { imagePullSecrets }: PodSpec, list: Field): void {
  const first = new Map<string, Field>()
  const id = 'image-pull-secret-name'
  eachItem(imagePullSecrets, list, ({ name }, field) => {
    const at = field.child('name')
    if (!name) {
      validation.report({ id, at, messageId: 'empty' })
      return
    }
    const other = first.get(name)
    if (!other) {
      first.set(name, at)
      return
    }
    validation.report({
      id,
      at,
      needs: [other],
      messageId: 'duplicate',
      data: { name: excerpt(name) },
      related: relatedTo(validation, other, 'stated here first'),
      suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(field.path) }],
    })
  })
}
