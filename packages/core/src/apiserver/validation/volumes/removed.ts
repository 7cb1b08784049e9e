import type { Volume } from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import { reaches } from '../../features.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'

export const removedVolumesRejections = {
  'deprecated-volume': {
    description: 'Warns of kinds of volumes that Kubernetes has given up',
    messages: {
      removed:
        '`{{source}}` volumes do nothing since Kubernetes {{removed}}: a pod that has one never starts. {{instead}}',
      disabled:
        '`{{source}}` volumes are off by default since Kubernetes {{removed}}: a pod that has one never starts. {{instead}}',
      deprecated:
        '`{{source}}` volumes are deprecated since Kubernetes {{deprecated}}, and gone from {{removed}} on. {{instead}}',
    },
    accepted: true,
  },
} satisfies RejectionTable

const driver = (name: string) => `Use the CSI driver of ${name} instead.`

/** What became of kinds of volumes: k8s.io/kubernetes pkg/api/pod/warnings.go, warningsForPodSpecAndMeta. */
const fates = {
  photonPersistentDisk: { deprecated: '1.11', removed: '1.16', instead: 'Use a CSI driver instead.' },
  gitRepo: {
    deprecated: '1.11',
    removed: '1.33',
    instead: 'Clone in an init container into an `emptyDir` that both mount.',
  },
  scaleIO: { deprecated: '1.16', removed: '1.22', instead: driver('Dell PowerFlex') },
  flocker: { deprecated: '1.22', removed: '1.25', instead: 'Use a CSI driver instead.' },
  storageos: { deprecated: '1.22', removed: '1.25', instead: 'Use a CSI driver instead.' },
  quobyte: { deprecated: '1.22', removed: '1.25', instead: driver('Quobyte') },
  glusterfs: { deprecated: '1.25', removed: '1.26', instead: 'Use a CSI driver instead.' },
  cephfs: { deprecated: '1.28', removed: '1.31', instead: driver('Ceph') },
  rbd: { deprecated: '1.28', removed: '1.31', instead: driver('Ceph') },
} as const

type Source = keyof typeof fates

/**
 * Warns of sources whose plugin is gone, or is deprecated in all versions that the manifest is for.
 * @param field the volume
 */
export function warnOfRemovedVolume(validation: Validation, volume: Volume, field: Field): void {
  for (const source in fates) {
    if (volume[source as Source] == null) continue
    const fate = fates[source as Source]
    const gone = reaches(validation.kubernetesVersions, fate.removed)
    validation.report({
      id: 'deprecated-volume',
      at: field.child(source),
      // The API server prints this one's name differently.
      ...(source === 'storageos' && { field: field.child('storageOS') }),
      messageId: !gone ? 'deprecated' : source === 'gitRepo' ? 'disabled' : 'removed',
      data: { source, ...fate },
    })
  }
}
