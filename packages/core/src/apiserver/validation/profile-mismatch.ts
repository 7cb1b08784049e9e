import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import type { TemplateAnnotation } from './template-annotation.ts'

export const profileMismatchRejections = {
  'profile-mismatch': {
    description: 'Refuses a seccomp or AppArmor profile that an annotation contradicts',
    messages: {
      differs:
        'The annotation `{{key}}` says `{{value}}`, and this field another {{kind}} profile. The field alone is enough.',
      remove: 'Remove the annotation.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/**
 * The profile of a field and that of an annotation differ.
 * @param place `at`: what differs; `field`: as the server names it, where that is another; `needs`: what else matters
 */
export function reportMismatch(
  validation: Validation,
  { key, value, at }: TemplateAnnotation,
  place: { kind: 'seccomp' | 'AppArmor'; at: Field; field?: Field; needs: readonly Field[] },
): void {
  validation.report({
    id: 'profile-mismatch',
    at: place.at,
    ...(place.field && { field: place.field }),
    needs: [...place.needs, at],
    messageId: 'differs',
    data: { key: excerpt(key), value: excerpt(value), kind: place.kind },
    related: relatedTo(validation, at, 'the annotation'),
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}
