import type {
  FlockerVolumeSource,
  QuobyteVolumeSource,
  StorageOSVolumeSource,
} from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { byteLength } from '../../formats/bytes.ts'
import { hasHostAndPort } from '../../formats/host-and-port.ts'
import { dnsLabelFault } from '../../formats/names.ts'
import { descendingPathFault } from '../../formats/paths.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { checkRequired, checkSecretName, requiredMessage, type VolumeSourceChecks } from './source-checks.ts'

export const legacyVolumesRejections = {
  'legacy-volume': {
    description:
      'Refuses volumes of plugins that Kubernetes has given up when they are incomplete or malformed',
    messages: {
      required: requiredMessage,
      directory: '`{{directory}}` is no directory to clone into: {{fault}}.',
      dataset: 'A `flocker` volume needs the dataset by `datasetUUID` or by `datasetName`.',
      datasets: 'A `flocker` volume names its dataset by `datasetUUID` or by `datasetName`, not by both.',
      slash: "`{{name}}` has a `/`, and a dataset's name may have none.",
      tenant: 'The id of a tenant has at most 64 bytes; this has {{length}}.',
      registry: '`{{registry}}` is no list of registries: each is `host:port`, with commas between them.',
      label: '`{{value}}` cannot be the name of a {{what}} in StorageOS: {{fault}}.',
    },
  },
} satisfies RejectionTable

const id = 'legacy-volume'

/** The functions that validateVolumeSource calls for the plugins that are gone. */
export const legacyVolumeSources = {
  gitRepo(validation, source, field) {
    checkRequired(validation, id, source, field, { repository: 'the URL of the repository' })
    const directory = source.directory ?? ''
    const fault = descendingPathFault(directory)
    if (fault) {
      const data = { directory: excerpt(directory), fault }
      validation.report({ id, at: field.child('directory'), messageId: 'directory', data })
    }
  },
  glusterfs(validation, source, field) {
    checkRequired(validation, id, source, field, {
      endpoints: 'the name of the Endpoints with the servers',
      path: 'the name of the volume',
    })
  },
  flocker: validateFlocker,
  rbd(validation, source, field) {
    checkRequired(validation, id, source, field, {
      monitors: 'the addresses of the Ceph monitors',
      image: 'the name of the image',
    })
  },
  cephfs(validation, source, field) {
    checkRequired(validation, id, source, field, { monitors: 'the addresses of the Ceph monitors' })
  },
  quobyte: validateQuobyte,
  scaleIO(validation, source, field) {
    checkRequired(validation, id, source, field, {
      gateway: 'the address of the API gateway',
      system: 'the name of the storage system',
      volumeName: 'the name of the volume',
    })
  },
  storageos: validateStorageOs,
} satisfies VolumeSourceChecks

/** validateFlockerVolumeSource. */
function validateFlocker(validation: Validation, source: FlockerVolumeSource, field: Field): void {
  const { datasetName, datasetUUID } = source
  const needs = [field.child('datasetName'), field.child('datasetUUID')]
  if (!datasetName === !datasetUUID) {
    validation.report({ id, at: field, needs, messageId: datasetName ? 'datasets' : 'dataset' })
  }
  if (datasetName?.includes('/')) {
    validation.report({ id, at: needs[0]!, messageId: 'slash', data: { name: excerpt(datasetName) } })
  }
}

/** validateQuobyteVolumeSource: the registry's form is looked at only where the tenant is right. */
function validateQuobyte(validation: Validation, source: QuobyteVolumeSource, field: Field): void {
  const { registry, tenant } = source
  const length = tenant ? byteLength(tenant) : 0
  const places = [field.child('registry'), field.child('tenant')] as const
  checkRequired(validation, id, source, field, {
    registry: 'the registries, each `host:port`, with commas between them',
    volume: 'the name of the volume',
  })
  if (!registry) return
  if (length > 64) {
    validation.report({ id, at: places[1], needs: [places[0]], messageId: 'tenant', data: { length } })
  } else if (!registry.split(',').every(hasHostAndPort)) {
    const data = { registry: excerpt(registry) }
    validation.report({ id, at: places[0], needs: [places[1]], messageId: 'registry', data })
  }
}

/** validateStorageOSVolumeSource. */
function validateStorageOs(validation: Validation, source: StorageOSVolumeSource, field: Field): void {
  checkRequired(validation, id, source, field, { volumeName: 'the name of the volume' })
  for (const [name, what] of storageOsNames) {
    const value = source[name]
    const fault = value ? dnsLabelFault(value) : undefined
    if (!value || !fault) continue
    const data = { value: excerpt(value), what, fault }
    validation.report({ id, at: field.child(name), messageId: 'label', data })
  }
  checkSecretName(validation, id, source.secretRef, field)
}

const storageOsNames = [
  ['volumeName', 'volume'],
  ['volumeNamespace', 'namespace'],
] as const
