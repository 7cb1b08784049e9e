import type { SuggestionDescriptor } from '../report/descriptor.ts'
import { excerpt } from '../text/excerpt.ts'
import type { Finding } from './check.ts'
import type { Field } from './field.ts'

/** A change of which a person decides. */
export type Suggestion = SuggestionDescriptor<string>

/**
 * Suggests a value near the one that is refused, where there is one.
 * @param messageId its message needs `{{near}}`
 */
export function suggestNear(
  at: Field,
  near: string | false | undefined,
  messageId: string,
): Pick<Finding, 'suggest'> {
  if (!near) return {}
  return { suggest: [{ messageId, data: { near: excerpt(near) }, fix: (fixer) => fixer.set(at.path, near) }] }
}
