import type { PodSpec } from '../schema/decoded.generated.ts'
import type { Field } from './field.ts'
import type { VolumeNames } from './validation/volume-names.ts'

/** What a check of one container may need to know of its pod. */
export interface ContainerContext {
  readonly spec: PodSpec
  /** Where the pod's spec stands. */
  readonly pod: Field
  readonly list: 'containers' | 'initContainers'
  /** The pod's volumes, which have been validated. */
  readonly volumes: VolumeNames
}
