import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const deprecatedAnnotationRejections = {
  'deprecated-annotation': {
    description: 'Warns of annotations that fields have taken the place of',
    messages: {
      ignored: '`{{key}}` has had no effect since Kubernetes {{version}}; use the field `{{field}}`.',
      deprecated: '`{{key}}` is deprecated since Kubernetes {{version}}; use the field `{{field}}`.',
    },
    accepted: true,
  },
} satisfies RejectionTable

/** What is said of an annotation that a field has taken the place of. */
export interface DeprecatedAnnotation {
  messageId: keyof (typeof deprecatedAnnotationRejections)['deprecated-annotation']['messages']
  key: string
  version: string
  /** What to use. */
  field: string
  at: Field
  /** What the verdict rests on, too. */
  needs?: readonly Field[]
}

/** k8s.io/kubernetes pkg/api/pod: warningsForPodSpecAndMeta. */
export function warnOfAnnotation(
  validation: Validation,
  { at, needs = [], messageId, ...data }: DeprecatedAnnotation,
): void {
  validation.report({ id: 'deprecated-annotation', at, on: 'key', needs, messageId, data })
}
