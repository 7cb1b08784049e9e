import type { Quantity } from '../../schema/decoded.generated.ts'
import { readQuantity } from '../../schema/quantity.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { compareQuantities, parseResource } from '../formats/quantities.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import type { Suggestion } from '../suggestions.ts'

export const requestsExceedLimitsRejections = {
  'requests-exceed-limits': {
    description: 'Refuses requests above the limit of the same resource',
    messages: {
      exceeds:
        '`{{name}}` is requested as `{{request}}` but limited to `{{limit}}`: a container cannot be promised more than it may use.',
      unit: 'Write `{{near}}`, in the unit of the other.',
      raise: 'Raise the limit to `{{request}}`.',
      lower: 'Lower the request to `{{limit}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** Reports a request above its limit, and what may have been meant. */
export function reportExceedingRequest(
  validation: Validation,
  name: string,
  request: Quantity,
  limit: Quantity,
  fields: { limits: Field; requests: Field },
): void {
  const requestAt = fields.requests.key(name)
  const limitAt = fields.limits.key(name)
  const data = { name: excerpt(name), request: excerpt(String(request)), limit: excerpt(String(limit)) }
  const unit = missingUnit(name, request, limit, requestAt, limitAt)
  const raise: Suggestion = { messageId: 'raise', data, fix: (fixer) => fixer.set(limitAt.path, request) }
  const lower: Suggestion = { messageId: 'lower', data, fix: (fixer) => fixer.set(requestAt.path, limit) }
  validation.report({
    id: 'requests-exceed-limits',
    at: requestAt,
    field: fields.requests,
    messageId: 'exceeds',
    data,
    needs: [limitAt],
    related: relatedTo(validation, limitAt, 'the limit'),
    suggest: [
      ...(unit ? [unit.suggestion] : []),
      // What lacks its unit is nothing to go by.
      ...(unit?.at === requestAt ? [] : [raise]),
      ...(unit?.at === limitAt ? [] : [lower]),
    ],
  })
}

/**
 * A unit that one of them has and the other lacks: `limits.cpu: 200m` beside `requests.cpu: 100`. `m` is none for what
 * is measured in bytes, though it is written for megabytes.
 */
function missingUnit(
  name: string,
  request: Quantity,
  limit: Quantity,
  requestAt: Field,
  limitAt: Field,
): { at: Field; suggestion: Suggestion } | undefined {
  const asked = unitOf(name, request)
  const allowed = unitOf(name, limit)
  if ((asked.unit === '') === (allowed.unit === '')) return undefined
  const [bare, at] = asked.unit === '' ? [asked, requestAt] : [allowed, limitAt]
  const near = `${bare.number}${asked.unit}${allowed.unit}`
  // One core beside 500m is meant.
  if (Number(bare.number) < 10) return undefined
  const value = parseResource(near)
  const agrees =
    at === requestAt
      ? compareQuantities(value, parseResource(limit)) <= 0
      : compareQuantities(parseResource(request), value) <= 0
  if (!agrees) return undefined
  return {
    at,
    suggestion: { messageId: 'unit', data: { near }, fix: (fixer) => fixer.set(at.path, near) },
  }
}

function unitOf(name: string, value: Quantity): { number: string; unit: string } {
  const { text, suffix } = readQuantity(value) ?? { text: '', suffix: '' }
  const number = text.slice(0, text.length - suffix.length)
  return { number, unit: suffix === 'm' && name !== 'cpu' ? '' : suffix }
}
