import type { Volume } from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionId } from '../../rejections.ts'

/** How one kind of source is checked. */
export type VolumeSourceCheck<Source> = (validation: Validation, source: Source, field: Field) => void

/** Checks of a volume's sources, by the source's field in the volume. */
export type VolumeSourceChecks = {
  readonly [Name in Exclude<keyof Volume, 'name'>]?: VolumeSourceCheck<NonNullable<Volume[Name]>>
}

/** The message of what `checkRequired` reports. */
export const requiredMessage = '`{{source}}` needs `{{name}}`, {{what}}.'

/**
 * Reports fields of a source that are absent or empty. The id's messages need `required`.
 * @param required what each field says, by its name
 */
export function checkRequired<Source extends object>(
  validation: Validation,
  id: RejectionId,
  source: Source,
  field: Field,
  required: { readonly [Name in keyof Source]?: string },
): void {
  for (const name in required) {
    const value: unknown = source[name]
    if (Array.isArray(value) ? value.length > 0 : value) continue
    validation.report({
      id,
      at: field.child(name),
      messageId: 'required',
      data: { source: String(field.path.at(-1)), name, what: required[name]! },
    })
  }
}

/** Reports a reference to a Secret that names none. The id's messages need `required`. */
export function checkSecretName(
  validation: Validation,
  id: RejectionId,
  secretRef: { readonly name?: string | null | undefined } | null | undefined,
  field: Field,
): void {
  if (!secretRef || secretRef.name) return
  validation.report({
    id,
    at: field.child('secretRef', 'name'),
    messageId: 'required',
    data: { source: String(field.path.at(-1)), name: 'secretRef.name', what: 'the Secret it refers to' },
  })
}
