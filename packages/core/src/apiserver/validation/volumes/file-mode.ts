import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'

export const fileModeRejections = {
  'file-mode': {
    description: 'Refuses permissions of files that are not from 0 to 0777',
    messages: {
      decimal:
        '`{{value}}` is read as a decimal number, which is more than 0777 (511 in decimal), the most a mode can be. Octal numbers begin with a zero: `{{octal}}`.',
      range:
        '`{{value}}` is no mode of a file: it must be from 0 to 0777 (511 in decimal). There is no setuid, setgid or sticky bit in a volume.',
      octal: 'Write `{{octal}}`.',
      json: 'Write `{{decimal}}`, which is {{octal}} in octal; JSON has no octal numbers.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const most = 0o777

/**
 * Permissions of a volume's files.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, fileModeErrorMsg where it is used.
 * @param parent what holds `name`
 */
export function validateFileMode(
  validation: Validation,
  mode: number | null | undefined,
  parent: Field,
  name: 'defaultMode' | 'mode',
): void {
  if (mode === null || mode === undefined || (mode >= 0 && mode <= most)) return
  const at = parent.child(name)
  const { node } = validation
  const written = node.source(...at.path) ?? String(mode)
  const meant = /^[0-7]{3}$/.test(written) ? Number.parseInt(written, 8) : undefined
  if (meant === undefined) {
    validation.report({ id: 'file-mode', at, messageId: 'range', data: { value: excerpt(written) } })
    return
  }
  const octal = `0${written}`
  const place = node.at(...at.path)
  const key = node.keyAt(...at.path)
  const json = lengthOf(key) > name.length
  validation.report({
    id: 'file-mode',
    at,
    messageId: 'decimal',
    data: { value: written, octal },
    suggest: [
      json
        ? {
            messageId: 'json',
            data: { decimal: meant, octal },
            fix: (fixer) => fixer.set(at.path, meant),
          }
        : {
            messageId: 'octal',
            data: { octal },
            // A number is written in decimal by `set`, which still knows where nothing may be written.
            fix: (fixer) => {
              const { start, end } = place ?? {}
              if (start?.offset === undefined || end?.offset === undefined) return null
              return fixer.set(at.path, meant) && fixer.replaceTextRange([start.offset, end.offset], octal)
            },
          },
    ],
  })
}

/** A key in quotes is longer than its name. */
function lengthOf(place: ReturnType<Validation['node']['keyAt']>): number {
  return (place?.end.offset ?? 0) - (place?.start.offset ?? 0)
}
