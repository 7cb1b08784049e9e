import type { AzureDiskVolumeSource } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { reportUnsupported } from '../../report-unsupported.ts'
import { checkRequired, requiredMessage } from './source-checks.ts'

export const azureDiskRejections = {
  'azure-disk': {
    description: 'Refuses an Azure disk whose kind, caching or URI do not fit',
    messages: {
      required: requiredMessage,
      unsupported: '`{{value}}` is no `{{name}}` of an Azure disk. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      managed: 'The URI of a managed disk begins with `/subscriptions/`, and this is `{{uri}}`.',
      blob: 'A disk of any kind but `Managed` is a blob, whose URI begins with `https://`, and this is `{{uri}}`.',
      unstated:
        'Without `kind: Managed` the disk is taken for a blob, whose URI begins with `https://`, and this is `{{uri}}`.',
      setManaged: 'Write `kind: Managed`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'azure-disk'
const cachingModes = ['None', 'ReadOnly', 'ReadWrite'] as const
const kinds = ['Dedicated', 'Managed', 'Shared'] as const
const managedPrefix = '/subscriptions/'

/** validateAzureDisk; without a kind it is defaulted to Shared. */
export function validateAzureDisk(validation: Validation, source: AzureDiskVolumeSource, field: Field): void {
  checkRequired(validation, id, source, field, {
    diskName: 'the name of the disk in Azure',
    diskURI: 'the URI of the disk in Azure',
  })
  validateEnum(validation, source.cachingMode, cachingModes, field.child('cachingMode'), 'cachingMode')
  validateEnum(validation, source.kind, kinds, field.child('kind'), 'kind')
  if (source.diskURI) validateUri(validation, source.diskURI, source.kind, field)
}

function validateEnum(
  validation: Validation,
  value: string | null | undefined,
  allowed: readonly string[],
  at: Field,
  name: string,
): void {
  if (value == null || allowed.includes(value)) return
  reportUnsupported(validation, { id, at, value, allowed, data: { name } })
}

function validateUri(
  validation: Validation,
  uri: string,
  kind: string | null | undefined,
  field: Field,
): void {
  const managed = kind === 'Managed'
  if (uri.startsWith(managed ? managedPrefix : 'https://')) return
  const place = field.child('kind')
  validation.report({
    id,
    at: field.child('diskURI'),
    needs: [place],
    messageId: managed ? 'managed' : kind ? 'blob' : 'unstated',
    data: { uri: excerpt(uri) },
    ...(!managed &&
      uri.startsWith(managedPrefix) && {
        suggest: [{ messageId: 'setManaged', fix: (fixer) => fixer.set(place.path, 'Managed') }],
      }),
  })
}
