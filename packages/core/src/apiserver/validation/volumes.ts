import type { PodSpec, Volume } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import type { VolumeNames } from './volume-names.ts'

export const volumesRejections = {} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateVolumes. */
export function validateVolumes(_validation: Validation, spec: PodSpec, pod: Field): VolumeNames {
  const valid = new Map<string, Volume>()
  const refused = new Set<string>()
  eachItem(spec.volumes, pod.child('volumes'), (volume) => valid.set(volume.name ?? '', volume))
  return { valid, refused }
}
