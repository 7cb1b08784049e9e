import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { nonReservedPathFault } from '../../formats/paths.ts'
import type { RejectionId } from '../../rejections.ts'
import { suggestNear } from '../../suggestions.ts'

/** The messages of what `checkFilePath` reports. */
export const filePathMessages = {
  path: '`{{path}}` cannot be a file of a volume: {{fault}}. Paths are relative to where the volume is mounted.',
  relative: 'Write `{{near}}`.',
}

/**
 * Reports where a file of a volume cannot be put. The id's messages need those above.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, ValidateLocalNonReservedPath.
 * @param field as the API server names it
 */
export function checkFilePath(
  validation: Validation,
  id: RejectionId,
  path: string,
  at: Field,
  field: Field = at,
): void {
  const fault = nonReservedPathFault(path)
  if (!fault) return
  const near = path.startsWith('/') ? path.replace(/^\/+/, '') : ''
  validation.report({
    id,
    at,
    field,
    messageId: 'path',
    data: { path: excerpt(path), fault },
    ...suggestNear(at, nonReservedPathFault(near) === undefined && near, 'relative'),
  })
}
