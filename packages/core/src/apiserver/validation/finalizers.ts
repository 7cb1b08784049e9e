import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { qualifiedNameFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const finalizersRejections = {
  finalizer: {
    description: 'Refuses finalizers whose names are malformed or contradict each other',
    messages: {
      name: '`{{name}}` cannot be the name of a finalizer: {{fault}}.',
      domain:
        'A finalizer is named after who removes it, such as `example.com/{{example}}`; only `foregroundDeletion`, `orphan` and `kubernetes` go without a domain.',
      both: '`foregroundDeletion` deletes the pods first and `orphan` leaves them running: only one of them can stand here.',
      remove: 'Remove `{{name}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const standard: ReadonlySet<string> = new Set(['foregroundDeletion', 'kubernetes', 'orphan'])

/**
 * Names of finalizers, and two that exclude each other.
 * Source: k8s.io/apimachinery pkg/api/validation, ValidateFinalizers; k8s.io/kubernetes pkg/apis/core/validation,
 * validateKubeFinalizerName.
 */
export function validateFinalizers(
  validation: Validation,
  finalizers: readonly (string | null)[],
  field: Field,
): void {
  for (let index = 0; index < finalizers.length; index++) {
    const name = finalizers[index] ?? ''
    const fault = qualifiedNameFault(name)
    const at = field.index(index)
    if (fault) {
      validation.report({
        id: 'finalizer',
        at,
        field,
        messageId: 'name',
        data: { name: excerpt(name), fault },
      })
    }
    if (!name.includes('/') && !standard.has(name)) {
      const example = fault ? 'cleanup' : name
      validation.report({ id: 'finalizer', at, messageId: 'domain', data: { example } })
    }
  }
  validateConflict(validation, finalizers, field)
}

function validateConflict(
  validation: Validation,
  finalizers: readonly (string | null)[],
  field: Field,
): void {
  const orphan = finalizers.indexOf('orphan')
  const foreground = finalizers.indexOf('foregroundDeletion')
  if (orphan < 0 || foreground < 0) return
  validation.report({
    id: 'finalizer',
    at: field.index(Math.max(orphan, foreground)),
    field,
    needs: [field.index(Math.min(orphan, foreground))],
    messageId: 'both',
    suggest: [orphan, foreground].map((index) => ({
      messageId: 'remove',
      data: { name: finalizers[index]! },
      fix: (fixer) => fixer.remove(field.index(index).path),
    })),
  })
}
