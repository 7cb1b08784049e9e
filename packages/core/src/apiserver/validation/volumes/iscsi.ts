import type { ISCSIVolumeSource, Volume } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { byteLength } from '../../formats/bytes.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { checkRequired, requiredMessage } from './source-checks.ts'

export const iscsiVolumesRejections = {
  'iscsi-volume': {
    description: 'Refuses an iSCSI volume without a portal, a well-formed name or a possible unit',
    messages: {
      required: requiredMessage,
      scheme: '`{{name}}` is no iSCSI name: they begin with `iqn`, `eui` or `naa`.',
      iqn: '`{{name}}` is no iSCSI name: an iqn has the form `iqn.2001-04.com.example:storage`.',
      eui: '`{{name}}` is no iSCSI name: `eui.` is followed by 16 letters and digits.',
      naa: '`{{name}}` is no iSCSI name: `naa.` is followed by 32 letters and digits.',
      lun: 'Logical units are numbered from 0 to 255: `lun` cannot be {{lun}}.',
      secret: '`{{name}}` authenticates with CHAP, which needs the Secret with its credentials: `secretRef`.',
      length:
        "With an `initiatorName` the volume's name and the `targetPortal`, joined by `:`, have at most 64 bytes; these have {{length}}. Shorten the name.",
    },
  },
} satisfies RejectionTable

const id = 'iscsi-volume'

/** Whether a name has the form that its scheme asks for. */
const forms = {
  iqn: isQualified,
  eui: (name: string) => /^eui[^\n][A-Za-z0-9]{16}$/u.test(name),
  naa: (name: string) => /^naa[^\n][A-Za-z0-9]{32}$/u.test(name),
} as const

/** No form of an iqn has them after its colon. */
const separators = [...',;*&$|\t\n\f\r ']

/**
 * True for `iqn.2001-04.com.example:storage`, which may stand anywhere as long as it reaches to the end: the API
 * server looks for `iqn\.\d{4}-\d{2}\.[[:alnum:]-.]+:[^,;*&$|\s]+$`. Done in steps, since that takes long on long text.
 */
function isQualified(name: string): boolean {
  const rest = name.slice(Math.max(...separators.map((separator) => name.lastIndexOf(separator))) + 1)
  for (const { 0: authority, index } of rest.matchAll(/iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+/g)) {
    const end = index + authority.length
    if (rest[end] === ':' && end + 1 < rest.length) return true
  }
  return false
}

/** validateISCSIVolumeSource. */
export function validateIscsi(validation: Validation, source: ISCSIVolumeSource, field: Field): void {
  checkRequired(validation, id, source, field, {
    targetPortal: 'the address of the target, with a port unless it is 3260',
    iqn: 'the name of the target',
  })
  if (source.iqn) validateName(validation, source.iqn, field.child('iqn'))
  const { lun, initiatorName } = source
  if (lun && (lun < 0 || lun > 255)) {
    validation.report({ id, at: field.child('lun'), messageId: 'lun', data: { lun } })
  }
  const authenticates = source.chapAuthDiscovery
    ? 'chapAuthDiscovery'
    : source.chapAuthSession && 'chapAuthSession'
  if (authenticates && !source.secretRef) {
    validation.report({
      id,
      at: field.child('secretRef'),
      needs: [field.child(authenticates)],
      messageId: 'secret',
      data: { name: authenticates },
    })
  }
  if (initiatorName == null) return
  // The API server prints this field's name in lower case.
  validateName(validation, initiatorName, field.child('initiatorName'), `${field.child('initiatorname')}`)
}

function validateName(validation: Validation, name: string, at: Field, printed?: string): void {
  const scheme = name.slice(0, 3)
  const known = scheme === 'iqn' || scheme === 'eui' || scheme === 'naa'
  if (known && forms[scheme](name)) return
  validation.report({
    id,
    at,
    ...(printed && { field: printed }),
    messageId: known ? scheme : 'scheme',
    data: { name: excerpt(name) },
  })
}

/**
 * What validateVolumeSource checks of an iSCSI volume that names its initiator: the node's interface is named after
 * the volume and the portal.
 * @param field the volume
 */
export function validateIscsiInterface(validation: Validation, volume: Volume, field: Field): void {
  const { iscsi } = volume
  if (!iscsi || iscsi.initiatorName == null) return
  const length = byteLength(`${volume.name ?? ''}:${iscsi.targetPortal ?? ''}`)
  if (length <= 64) return
  const source = field.child('iscsi')
  validation.report({
    id,
    at: field.child('name'),
    needs: [source.child('initiatorName'), source.child('targetPortal')],
    messageId: 'length',
    data: { length },
  })
}
