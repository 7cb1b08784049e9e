import type { Volume } from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { cloudVolumeSources } from './cloud.ts'
import { validateClaimVolume, validateConfigMapVolume, validateSecretVolume } from './config.ts'
import { validateCsiVolume } from './csi.ts'
import { validateDownwardApiVolume } from './downward-api.ts'
import { validateEmptyDir } from './empty-dir.ts'
import { validateEphemeralVolume } from './ephemeral.ts'
import { validateHostPath } from './host-path.ts'
import { validateImageVolume } from './image.ts'
import { validateIscsiInterface } from './iscsi.ts'
import { networkVolumeSources } from './network.ts'
import { validateProjectedVolume } from './projected.ts'
import { warnOfRemovedVolume } from './removed.ts'
import type { VolumeSourceCheck, VolumeSourceChecks } from './source-checks.ts'

export const volumeSourceRejections = {
  'volume-source': {
    description: 'Refuses a volume that has several sources',
    messages: {
      several:
        'A volume has one source, and this one has `{{first}}` and `{{name}}`. Make them two volumes, or remove one.',
      remove: 'Remove `{{name}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

type SourceName = Exclude<keyof Volume, 'name'>

const { gcePersistentDisk, awsElasticBlockStore, cinder, azureFile, azureDisk } = cloudVolumeSources
const { vsphereVolume, photonPersistentDisk, portworxVolume } = cloudVolumeSources
const { gitRepo, nfs, iscsi, glusterfs, flocker, rbd, cephfs } = networkVolumeSources
const { quobyte, fc, flexVolume, storageos, scaleIO } = networkVolumeSources

/** How each kind of source is checked, in the order in which the API server looks for them. */
const checks = {
  emptyDir: validateEmptyDir,
  hostPath: validateHostPath,
  gitRepo,
  gcePersistentDisk,
  awsElasticBlockStore,
  secret: validateSecretVolume,
  nfs,
  iscsi,
  glusterfs,
  flocker,
  persistentVolumeClaim: validateClaimVolume,
  rbd,
  cinder,
  cephfs,
  quobyte,
  downwardAPI: validateDownwardApiVolume,
  fc,
  flexVolume,
  configMap: validateConfigMapVolume,
  azureFile,
  vsphereVolume,
  photonPersistentDisk,
  portworxVolume,
  azureDisk,
  storageos,
  projected: validateProjectedVolume,
  scaleIO,
  csi: validateCsiVolume,
  ephemeral: validateEphemeralVolume,
  image: validateImageVolume,
} satisfies Required<VolumeSourceChecks>

const order = Object.keys(checks) as SourceName[]

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateVolumeSource. Only the first source is checked. A volume without
 * any is an emptyDir.
 * @param field the volume
 */
export function validateVolumeSource(validation: Validation, volume: Volume, field: Field): void {
  const names = sourcesOf(volume)
  const [first] = names
  if (first === undefined) return
  checkSource(validation, volume, first, field)
  if (names.length > 1) reportSeveral(validation, volume, names, field)
  validateIscsiInterface(validation, volume, field)
}

function checkSource(validation: Validation, volume: Volume, name: SourceName, field: Field): void {
  const check = checks[name] as VolumeSourceCheck<unknown>
  check(validation, volume[name], field.child(name))
}

/** The sources a volume has, in the API server's order. */
function sourcesOf(volume: Volume): SourceName[] {
  const names: SourceName[] = []
  for (const name in volume) {
    if (Object.hasOwn(checks, name) && volume[name as SourceName] != null) names.push(name as SourceName)
  }
  return names.length > 1 ? names.sort((one, other) => order.indexOf(one) - order.indexOf(other)) : names
}

/** What the API server calls sources where there is one too many. */
const printed: { readonly [Name in SourceName]?: string } = {
  cephfs: 'cephFS',
  downwardAPI: 'downwarAPI',
}

function reportSeveral(validation: Validation, volume: Volume, names: SourceName[], field: Field): void {
  const [first, second, ...others] = names as [SourceName, SourceName, ...SourceName[]]
  const firstMayGo = isSound(validation, volume, second, field)
  for (const name of [second, ...others]) {
    validation.report({
      id: 'volume-source',
      at: field.child(name),
      field: field.child(printed[name] ?? name),
      needs: [field.child(first)],
      messageId: 'several',
      data: { first, name },
      suggest: (firstMayGo ? [name, first] : [name]).map((name) => ({
        messageId: 'remove',
        data: { name },
        fix: (fixer) => fixer.remove(field.child(name).path),
      })),
    })
  }
}

/** True when nothing would be found in a source that has not been looked at. */
function isSound(validation: Validation, volume: Volume, name: SourceName, field: Field): boolean {
  let sound = true
  const silent: Validation = {
    ...validation,
    report() {
      sound = false
      return false
    },
  }
  checkSource(silent, volume, name, field)
  warnOfRemovedVolume(silent, { [name]: volume[name] }, field)
  return sound
}
