import type { Fixer, NewValue } from '../../fix/types.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import type { TemplateAnnotation } from './template-annotation.ts'

export const deprecatedAnnotationRejections = {
  'deprecated-annotation': {
    description: 'Warns of annotations that fields have taken the place of',
    messages: {
      ignored: '`{{key}}` has had no effect since Kubernetes {{version}}; use the field `{{name}}`.',
      deprecated: '`{{key}}` is deprecated since Kubernetes {{version}}; use the field `{{name}}`.',
      remove: 'Remove the annotation.',
      move: 'Write `{{name}}` instead of the annotation.',
    },
    hasSuggestions: true,
    accepted: true,
  },
} satisfies RejectionTable

/** What has taken the place of an annotation. */
export interface Replacement {
  messageId: 'ignored' | 'deprecated'
  version: string
  /** The field's name, as a person would say it. */
  name: string
  /** Where it is to be written, and what; absent where that is not known. */
  field?: Field
  value?: NewValue | undefined
  /** What the verdict rests on, too. */
  needs?: readonly Field[]
}

/** k8s.io/kubernetes pkg/api/pod: warningsForPodSpecAndMeta. */
export function warnOfAnnotation(
  validation: Validation,
  { key, at }: TemplateAnnotation,
  { messageId, version, name, field, value, needs = [] }: Replacement,
): void {
  const move = field && value !== undefined
  validation.report({
    id: 'deprecated-annotation',
    at,
    on: 'key',
    needs,
    messageId,
    data: { key: excerpt(key), version, name },
    suggest: [
      ...(move
        ? [
            {
              messageId: 'move',
              data: { name },
              fix: (fixer: Fixer) => [fixer.set(field.path, value), fixer.remove(at.path)],
            },
          ]
        : []),
      ...(messageId === 'ignored'
        ? [{ messageId: 'remove', fix: (fixer: Fixer) => fixer.remove(at.path) }]
        : []),
    ],
  })
}
