import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { LabelMap } from '../label-map.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const templateGenerationRejections = {
  'template-generation': {
    description: 'Refuses a template generation that is no whole number',
    messages: {
      number:
        '`{{value}}` is no whole number of 64 bits, as this annotation must be. The API server counts in it how often the template changed, so it need not be written.',
      remove: 'Remove the annotation.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** The annotation that counts changes of the pod template; it was a field once. */
export const templateGeneration = 'deprecated.daemonset.template.generation'

/**
 * An annotation that the API server makes a field of, when it converts the DaemonSet.
 * Source: k8s.io/kubernetes pkg/apis/apps/v1/conversion.go, Convert_v1_DaemonSet_To_apps_DaemonSet.
 */
export function validateTemplateGeneration(
  validation: Validation,
  annotations: LabelMap,
  field: Field,
): void {
  if (!Object.hasOwn(annotations, templateGeneration)) return
  const value = annotations[templateGeneration] ?? ''
  if (isInt64(value)) return
  const at = field.key(templateGeneration)
  validation.report({
    id: 'template-generation',
    at,
    messageId: 'number',
    data: { value: excerpt(value) },
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}

/** The annotations that are left once that one was made a field, whose bytes then do not count. */
export function withoutTemplateGeneration(annotations: LabelMap): LabelMap {
  if (!Object.hasOwn(annotations, templateGeneration)) return annotations
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => name !== templateGeneration))
}

/** As Go's strconv.ParseInt with base 10. */
function isInt64(text: string): boolean {
  const parts = /^([+-]?)(\d+)$/.exec(text)
  if (!parts) return false
  const [, sign, written] = parts
  const digits = written!.replace(/^0+/, '')
  if (digits.length !== 19) return digits.length < 19
  return BigInt(digits) <= 2n ** 63n - (sign === '-' ? 0n : 1n)
}
