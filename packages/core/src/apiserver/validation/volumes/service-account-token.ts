import type { ServiceAccountTokenProjection } from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { checkFilePath, filePathMessages } from './file-path.ts'

export const serviceAccountTokenRejections = {
  'service-account-token': {
    description: 'Refuses a token without a path of its own, or of an impossible lifetime',
    messages: {
      noPath: 'A service account token needs a `path`: the name of its file in the volume.',
      ...filePathMessages,
      short:
        '`expirationSeconds` is {{seconds}}: a token lives at least 600 seconds (10 minutes). The kubelet renews it before it expires.',
      long: '`expirationSeconds` is {{seconds}}: a token lives at most 4294967296 seconds (2³²).',
      shortest: 'Write `600`, the shortest.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'service-account-token'
const shortest = 600
const longest = 2 ** 32

/**
 * What k8s.io/kubernetes pkg/apis/core/validation, validateProjectionSources checks of a service account's token.
 * @param volume the projected volume, whose `path` it is that the API server names
 */
export function validateServiceAccountToken(
  validation: Validation,
  { expirationSeconds, path }: ServiceAccountTokenProjection,
  field: Field,
  volume: Field,
): void {
  if (expirationSeconds !== null && expirationSeconds !== undefined) {
    const at = field.child('expirationSeconds')
    const data = { seconds: String(expirationSeconds) }
    if (expirationSeconds < shortest) {
      validation.report({
        id,
        at,
        messageId: 'short',
        data,
        suggest: [{ messageId: 'shortest', fix: (fixer) => fixer.set(at.path, shortest) }],
      })
    } else if (expirationSeconds > longest) validation.report({ id, at, messageId: 'long', data })
  }
  const at = field.child('path')
  const printed = volume.child('path')
  if (!path) validation.report({ id, at, field: printed, messageId: 'noPath' })
  else if (validation.somewhere('ServiceAccountTokenPaths')) checkFilePath(validation, id, path, at, printed)
}
