import type { Container, PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { validateContainerCommon } from './container-common.ts'
import { validateContainerNames } from './container-names.ts'
import { validateContainerRestart } from './container-restart.ts'
import { validateEphemeralContainers } from './ephemeral-containers.ts'
import { validateHostPorts } from './host-ports.ts'
import { validateLifecycle } from './lifecycle.ts'
import { warnOfPorts } from './port-warnings.ts'
import { validateProbes } from './probes.ts'
import type { VolumeNames } from './volume-names.ts'

/** k8s.io/kubernetes pkg/apis/core/validation: validateContainers, validateInitContainers, validateEphemeralContainers. */
export function validateContainers(
  validation: Validation,
  spec: PodSpec,
  pod: Field,
  volumes: VolumeNames,
): void {
  validateContainerNames(validation, spec, pod)
  for (const list of ['containers', 'initContainers'] as const) {
    const context: ContainerContext = { spec, pod, list, volumes }
    eachItem(spec[list], pod.child(list), (container, field) =>
      validateContainer(validation, container, field, context),
    )
  }
  validateEphemeralContainers(validation, spec, { spec, pod, list: 'containers', volumes })
  validateHostPorts(validation, spec, pod)
  warnOfPorts(validation, spec, pod)
}

function validateContainer(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  validateContainerCommon(validation, container, field, context)
  validateLifecycle(validation, container, field, context)
  validateProbes(validation, container, field, context)
  validateContainerRestart(validation, container, field, context)
}
