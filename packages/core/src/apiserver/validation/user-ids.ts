import type { Int64 } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const userIdsRejections = {
  'user-id': {
    description: 'Refuses user and group ids that are negative or beyond 2147483647',
    messages: {
      range: '`{{name}}` must be from 0 to 2147483647, not {{value}}.',
    },
  },
} satisfies RejectionTable

const most = 2147483647

/** k8s.io/apimachinery pkg/util/validation: IsValidUserID and IsValidGroupID. */
export function validateUserId(
  validation: Validation,
  id: Int64 | null | undefined,
  parent: Field,
  name: string,
  index?: number,
): void {
  if (id === null || id === undefined || (id >= 0 && id <= most)) return
  const field = parent.child(name)
  validation.report({
    id: 'user-id',
    at: index === undefined ? field : field.index(index),
    messageId: 'range',
    data: { name, value: String(id) },
  })
}
