import type { Quantity } from '../../schema/decoded.generated.ts'
import { isQuantity } from '../../schema/quantity.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { isWhole, parseQuantity, parseResource, signOf, wholeValue } from '../formats/quantities.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { pageSizeOf } from './resource-names.ts'

export const hugePagesRejections = {
  'huge-pages': {
    description:
      'Refuses huge pages without a size, a limit that equals the request, or cpu or memory beside them',
    messages: {
      size: '`{{name}}` names no size of a page: it must be a whole number of bytes above 0, as in `hugepages-2Mi`.',
      pages: '`{{value}}` is no whole number of pages of {{size}}.',
      compute: 'A container with huge pages must request or limit `cpu` or `memory` as well.',
      limit: 'Huge pages cannot be overcommitted: `{{name}}` is requested, and needs the same limit.',
      unequal:
        'Huge pages cannot be overcommitted: `{{name}}` is requested as `{{request}}` but limited to `{{limit}}`, and both must be equal.',
      round: 'Write `{{near}}`, which is {{count}} pages.',
      raise: 'Limit it to `{{request}}`, too.',
      lower: 'Request `{{limit}}`, too.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'huge-pages'

/** k8s.io/kubernetes pkg/apis/core/helper: IsHugePageResourceValueDivisible. */
export function validateHugePages(
  validation: Validation,
  name: string,
  value: Quantity | null,
  at: Field,
): void {
  const size = pageSizeOf(name)
  const page = parseQuantity(size)
  // A size of which the server's 64 bits show nothing makes it divide by zero.
  if (!isQuantity(size) || signOf(page) <= 0 || !isWhole(page) || wholeValue(page) === 0n) {
    validation.report({ id, at, on: 'key', messageId: 'size', data: { name: excerpt(name) } })
    return
  }
  const quantity = parseResource(value)
  const bytes = wholeValue(quantity)
  const pageBytes = wholeValue(page)
  if (signOf(quantity) < 0 || bytes % pageBytes === 0n) return
  const count = bytes / pageBytes + 1n
  const near = nearPages(size, count)
  validation.report({
    id,
    at,
    messageId: 'pages',
    data: { value: excerpt(String(value)), size },
    ...(near && {
      suggest: [
        {
          messageId: 'round',
          data: { near, count: String(count) },
          fix: (fixer) => fixer.set(at.path, near),
        },
      ],
    }),
  })
}

/** So many pages in the unit of their size: 2 of `2Mi` are `4Mi`. */
function nearPages(size: string, count: bigint): string | undefined {
  const parts = /^(\d{1,6})([KMGTP]i|[kMGTP])$/.exec(size)
  return parts && count > 0n && count < 1_000_000n ? `${BigInt(parts[1]!) * count}${parts[2]}` : undefined
}
