import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { nearDnsSubdomain } from '../formats/names.ts'
import { suggestNear } from '../suggestions.ts'

/** The name of a ConfigMap or Secret that is malformed. */
export function reportReferredName(
  validation: Validation,
  id: 'config-key-ref' | 'env-from',
  { name, kind, fault }: { name: string; kind: 'ConfigMap' | 'Secret'; fault: string },
  at: Field,
): void {
  validation.report({
    id,
    at,
    messageId: 'name',
    data: { name: excerpt(name), kind, fault },
    ...suggestNear(at, nearDnsSubdomain(name), 'rename'),
  })
}
