import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { validateAzureDisk } from './azure-disk.ts'
import { checkRequired, checkSecretName, requiredMessage, type VolumeSourceChecks } from './source-checks.ts'

export const cloudVolumesRejections = {
  'cloud-disk': {
    description: 'Refuses a cloud disk without what names it, or with an impossible partition',
    messages: {
      required: requiredMessage,
      partition:
        'Partitions are numbered from 0, which is the whole disk, to 255: `partition` cannot be {{partition}}.',
    },
  },
} satisfies RejectionTable

const id = 'cloud-disk'

/**
 * The disks and shares of clouds.
 * Source: k8s.io/kubernetes pkg/apis/core/validation, the functions that validateVolumeSource calls for them.
 */
export const cloudVolumeSources = {
  gcePersistentDisk(validation, source, field) {
    // The API server names this source by another name within errors.
    const printed = (name: string) => `${field}`.replace(/gcePersistentDisk$/, `persistentDisk.${name}`)
    if (!source.pdName) {
      validation.report({
        id,
        at: field.child('pdName'),
        field: printed('pdName'),
        messageId: 'required',
        data: { source: 'gcePersistentDisk', name: 'pdName', what: 'the name of the disk in Google Cloud' },
      })
    }
    validatePartition(validation, source.partition, field, printed('partition'))
  },
  awsElasticBlockStore(validation, source, field) {
    checkRequired(validation, id, source, field, { volumeID: 'the id of the disk in AWS' })
    validatePartition(validation, source.partition, field)
  },
  azureDisk: validateAzureDisk,
  azureFile(validation, source, field) {
    checkRequired(validation, id, source, field, {
      secretName: 'the Secret with the name and key of the storage account',
      shareName: 'the name of the share',
    })
  },
  vsphereVolume(validation, source, field) {
    checkRequired(validation, id, source, field, { volumePath: 'the path of the disk in its datastore' })
  },
  photonPersistentDisk(validation, source, field) {
    checkRequired(validation, id, source, field, { pdID: 'the id of the disk' })
  },
  portworxVolume(validation, source, field) {
    checkRequired(validation, id, source, field, { volumeID: 'the id of the volume in Portworx' })
  },
  cinder(validation, source, field) {
    checkRequired(validation, id, source, field, { volumeID: 'the id of the volume in OpenStack' })
    checkSecretName(validation, id, source.secretRef, field)
  },
} satisfies VolumeSourceChecks

function validatePartition(
  validation: Validation,
  partition: number | null | undefined,
  field: Field,
  printed?: string,
): void {
  if (!partition || (partition >= 0 && partition <= 255)) return
  validation.report({
    id,
    at: field.child('partition'),
    ...(printed && { field: printed }),
    messageId: 'partition',
    data: { partition },
  })
}
