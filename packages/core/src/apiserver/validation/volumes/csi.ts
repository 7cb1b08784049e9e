import type { CSIVolumeSource } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { byteLength } from '../../formats/bytes.ts'
import { lowerCase } from '../../formats/lower-case.ts'
import { dnsSubdomainFault } from '../../formats/names.ts'
import type { RejectionTable } from '../../rejection-meta.ts'

export const csiRejections = {
  'csi-volume': {
    description: 'Refuses a CSI volume without a well-formed driver, or with a malformed Secret',
    messages: {
      missing:
        'A `csi` volume needs a `driver`: the name of the CSI driver on the node, such as `csi.example.com`.',
      long: '`{{driver}}` has {{length}} bytes, and the name of a CSI driver has at most 63.',
      driver: '`{{driver}}` cannot be the name of a CSI driver: {{fault}}.',
      noSecret: '`nodePublishSecretRef` needs the `name` of a Secret.',
      secret: '`{{name}}` cannot be the name of a Secret: {{fault}}.',
    },
  },
} satisfies RejectionTable

const id = 'csi-volume'

/** k8s.io/kubernetes pkg/apis/core/validation: validateCSIVolumeSource and ValidateCSIDriverName. */
export function validateCsiVolume(validation: Validation, source: CSIVolumeSource, field: Field): void {
  validateDriver(validation, source.driver ?? '', field.child('driver'))
  const { nodePublishSecretRef } = source
  if (!nodePublishSecretRef) return
  const at = field.child('nodePublishSecretRef', 'name')
  const { name } = nodePublishSecretRef
  if (!name) {
    validation.report({ id, at, messageId: 'noSecret' })
    return
  }
  const fault = dnsSubdomainFault(name)
  if (!fault) return
  const data = { name: excerpt(name), fault }
  validation.report({ id, at, field: field.child('name'), messageId: 'secret', data })
}

/** Case does not matter in the name of a driver. */
function validateDriver(validation: Validation, driver: string, at: Field): void {
  if (driver === '') {
    validation.report({ id, at, messageId: 'missing' })
    return
  }
  const length = byteLength(driver)
  const fault = dnsSubdomainFault(lowerCase(driver))
  const data = { driver: excerpt(driver) }
  if (length > 63) validation.report({ id, at, messageId: 'long', data: { ...data, length } })
  else if (fault) validation.report({ id, at, messageId: 'driver', data: { ...data, fault } })
}
