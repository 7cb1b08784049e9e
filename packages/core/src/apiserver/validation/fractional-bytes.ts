import type { Quantity } from '../../schema/decoded.generated.ts'
import { readQuantity } from '../../schema/quantity.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Finding, Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { isWhole, parseResource, wholeValue } from '../formats/quantities.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const fractionalBytesRejections = {
  'fractional-bytes': {
    description: 'Warns of memory or storage that is not a whole number of bytes',
    messages: {
      milli:
        '`{{value}}` is {{number}} thousandths of a byte: `m` means thousandths. For megabytes write `M` or `Mi`.',
      fraction: '`{{value}}` is not a whole number of bytes: the API server rounds it up.',
      large:
        '`{{value}}` is so large that the API server takes it for a fraction of bytes: no node has that much, so write the amount that is meant, such as `64Mi`.',
      write: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
    accepted: true,
  },
} satisfies RejectionTable

/**
 * k8s.io/kubernetes pkg/api/pod, warningsForPodSpecAndMeta: memory and ephemeral storage, also of the overhead, and
 * pkg/api/persistentvolumeclaim: storage.
 * @param value of a list of resources
 */
export function warnOfFractionalBytes(validation: Validation, value: Quantity | null, at: Field): void {
  const quantity = parseResource(value)
  const parts = readQuantity(value ?? 0)
  if (!parts || isWhole(quantity)) return
  const written = String(value)
  const data = { value: excerpt(written) }
  const finding: Pick<Finding, 'id' | 'at'> = { id: 'fractional-bytes', at }
  const { integer, fraction, suffix } = parts
  const suggest = (...choices: string[]): Finding['suggest'] =>
    choices.map((near) => ({ messageId: 'write', data: { near }, fix: (fixer) => fixer.set(at.path, near) }))
  if (suffix === 'm') {
    const number = fraction === '' ? integer : `${integer}.${fraction}`
    const choices = suggest(`${number}Mi`, `${number}M`)
    validation.report({
      ...finding,
      messageId: 'milli',
      data: { ...data, number: excerpt(number) },
      suggest: choices,
    })
  } else if (quantity.scale >= 0) validation.report({ ...finding, messageId: 'large', data })
  else {
    const near = String(wholeValue(quantity))
    validation.report({
      ...finding,
      messageId: 'fraction',
      data,
      ...(near.length < 16 && { suggest: suggest(near) }),
    })
  }
}
