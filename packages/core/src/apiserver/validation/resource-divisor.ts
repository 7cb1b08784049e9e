import type { Quantity } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { parseQuantity, signOf } from '../formats/quantities.ts'
import { quantityText } from '../formats/quantity-text.ts'
import { enumerate } from '../report-unsupported.ts'

const forCpu = ['1', '1m']
const forBytes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateContainerResourceDivisor. It is known by its text, once the
 * server has written it in its own way: `1000m` is `1`. 0 stands for the default.
 * @param resource such as `limits.cpu`, known to be one that can be read
 * @param field where the `resourceFieldRef` stands
 */
export function validateDivisor(
  validation: Validation,
  resource: string,
  divisor: Quantity,
  field: Field,
): void {
  const quantity = parseQuantity(divisor)
  if (signOf(quantity) === 0) return
  const allowed = resource.endsWith('.cpu') ? forCpu : forBytes
  if (allowed.includes(quantityText(quantity))) return
  validation.report({
    id: 'resource-field-ref',
    at: field.child('divisor'),
    messageId: 'divisor',
    data: { divisor: excerpt(String(divisor)), resource: excerpt(resource), allowed: enumerate(allowed) },
    needs: [field.child('resource')],
  })
}
