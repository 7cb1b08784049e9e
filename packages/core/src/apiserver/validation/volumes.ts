import type { PodSpec, Volume } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { dnsLabelFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import type { VolumeNames } from './volume-names.ts'
import { warnOfFractionalStorage } from './volumes/claim-spec.ts'
import { configVolumesRejections } from './volumes/config.ts'
import { csiRejections } from './volumes/csi.ts'
import { downwardApiRejections } from './volumes/downward-api.ts'
import { emptyDirRejections } from './volumes/empty-dir.ts'
import { ephemeralRejections } from './volumes/ephemeral.ts'
import { fileModeRejections } from './volumes/file-mode.ts'
import { hostPathRejections } from './volumes/host-path.ts'
import { imageVolumeRejections } from './volumes/image.ts'
import { overlappingPathsRejections, warnOfOverlappingPaths } from './volumes/overlapping-paths.ts'
import { projectedRejections } from './volumes/projected.ts'
import { warnOfRemovedVolume } from './volumes/removed.ts'
import { nearVolumeName, renameVolume } from './volumes/rename.ts'
import { serviceAccountTokenRejections } from './volumes/service-account-token.ts'
import { validateVolumeSource, volumeSourceRejections } from './volumes/source.ts'

export const volumesRejections = {
  'volume-name': {
    description: 'Refuses a volume without a name, or with one that is no DNS label',
    messages: {
      missing: 'A volume needs a `name`, by which containers mount it.',
      fault: '`{{name}}` cannot be the name of a volume: {{fault}}.',
      rename: 'Name it `{{near}}`, here and where it is mounted.',
    },
    hasSuggestions: true,
  },
  'volume-name-unique': {
    description: 'Refuses two volumes of one name in a pod',
    messages: {
      duplicate: 'Another volume of this pod is named `{{name}}` too, and mounts can only mean one of them.',
    },
  },
  ...configVolumesRejections,
  ...csiRejections,
  ...downwardApiRejections,
  ...emptyDirRejections,
  ...ephemeralRejections,
  ...fileModeRejections,
  ...hostPathRejections,
  ...imageVolumeRejections,
  ...overlappingPathsRejections,
  ...projectedRejections,
  ...serviceAccountTokenRejections,
  ...volumeSourceRejections,
} satisfies RejectionTable

/**
 * k8s.io/kubernetes pkg/apis/core/validation: ValidateVolumes.
 * @param pod where the pod's spec stands
 */
export function validateVolumes(validation: Validation, spec: PodSpec, pod: Field): VolumeNames {
  const valid = new Map<string, Volume>()
  const refused = new Set<string>()
  if (!spec.volumes || spec.volumes.length === 0) return { valid, refused }
  const fields = new Map<string, Field>()
  let faults = 0
  // What rests on something that is not known is no fault.
  const counting: Validation = {
    ...validation,
    report(finding) {
      const reported = validation.report(finding)
      if (reported) faults++
      return reported
    },
  }
  eachItem(spec.volumes, pod.child('volumes'), (volume, field) => {
    const name = volume.name ?? ''
    const at = field.child('name')
    if (isDropped(validation, volume)) {
      valid.set(name, volume)
      return
    }
    faults = 0
    validateVolumeSource(counting, volume, field)
    validateName(counting, name, at, spec, pod)
    const first = fields.get(name)
    if (first) reportDuplicate(counting, name, at, first)
    if (faults > 0) {
      refused.add(name)
      return
    }
    valid.set(name, volume)
    fields.set(name, at)
    warnOfVolume(validation, volume, field)
  })
  return { valid, refused }
}

/** Before image volumes are on, the server drops them, and what mounts them: dropImageVolumes in pkg/api/pod/util.go. */
const isDropped = (validation: Validation, { image }: Volume) =>
  image !== null && image !== undefined && !validation.somewhere('ImageVolume')

function validateName(validation: Validation, name: string, at: Field, spec: PodSpec, pod: Field): void {
  if (name === '') {
    validation.report({ id: 'volume-name', at, messageId: 'missing' })
    return
  }
  const fault = dnsLabelFault(name)
  if (!fault) return
  const near = nearVolumeName(name, spec)
  validation.report({
    id: 'volume-name',
    at,
    messageId: 'fault',
    data: { name: excerpt(name), fault },
    ...(near && {
      suggest: [{ messageId: 'rename', data: { near }, fix: renameVolume(name, near, at, spec, pod) }],
    }),
  })
}

function reportDuplicate(validation: Validation, name: string, at: Field, first: Field): void {
  validation.report({
    id: 'volume-name-unique',
    at,
    needs: [first],
    messageId: 'duplicate',
    data: { name: excerpt(name) },
    related: relatedTo(validation, first, 'the first of that name'),
  })
}

/** What k8s.io/kubernetes pkg/api/pod/warnings.go, warningsForPodSpecAndMeta says of a volume that is accepted. */
function warnOfVolume(validation: Validation, volume: Volume, field: Field): void {
  warnOfRemovedVolume(validation, volume, field)
  const { spec } = volume.ephemeral?.volumeClaimTemplate ?? {}
  if (spec) {
    const at = field.child('ephemeral', 'volumeClaimTemplate', 'spec')
    warnOfFractionalStorage(validation, spec, at)
  }
  warnOfOverlappingPaths(validation, volume, field)
}
