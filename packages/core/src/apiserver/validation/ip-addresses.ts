import { excerpt } from '../../text/excerpt.ts'
import type { Finding, Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { canonicalIp, ipFault } from '../formats/ips.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import type { Suggestion } from '../suggestions.ts'

export const ipAddressesRejections = {
  'non-canonical-ip': {
    description: 'Warns of an IP address that is not written in its canonical form',
    messages: {
      canonical:
        '`{{value}}` is usually written `{{canonical}}`: searches and comparisons of text miss any other form.',
      ambiguous:
        '`{{value}}` is read as another address by some programs and is refused since Kubernetes 1.36; write `{{canonical}}`.',
      choose: 'Write `{{canonical}}`.',
    },
    hasSuggestions: true,
    accepted: true,
  },
} satisfies RejectionTable

/**
 * An IP address in a field that is older than the strict rules for them.
 * Source: k8s.io/apimachinery pkg/util/validation, IsValidIPForLegacyField and GetWarningsForIP.
 * The server warns since 1.33.
 * @param field as the server names it where it refuses the address
 * @param id its messages need `ip` with `{{value}}` and `{{fault}}`, and `canonical` with `{{canonical}}`
 */
export function validateIp(
  validation: Validation,
  id: Finding['id'],
  value: string,
  at: Field,
  field: Field = at,
): void {
  const fault = ipFault(value, validation.somewhere('StrictIPCIDRValidation'))
  const canonical = canonicalIp(value)
  if (fault) {
    validation.report({
      id,
      at,
      field,
      messageId: 'ip',
      data: { value: excerpt(value), fault },
      ...(canonical && { suggest: suggest('canonical', canonical, at) }),
    })
  } else if (
    canonical !== undefined &&
    canonical !== value &&
    validation.somewhere('NonCanonicalIPWarnings')
  ) {
    validation.report({
      id: 'non-canonical-ip',
      at,
      messageId: ipFault(value, true) ? 'ambiguous' : 'canonical',
      data: { value: excerpt(value), canonical },
      suggest: suggest('choose', canonical, at),
    })
  }
}

const suggest = (messageId: string, canonical: string, at: Field): Suggestion[] => [
  { messageId, data: { canonical }, fix: (fixer) => fixer.set(at.path, canonical) },
]
