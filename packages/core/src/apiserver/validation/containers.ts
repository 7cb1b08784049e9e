import type { Container, PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { validateContainerImage } from './container-image.ts'
import { validateContainerNames } from './container-names.ts'
import { validateContainerPorts } from './container-ports.ts'
import { validateContainerResources } from './container-resources.ts'
import { validateContainerRestart } from './container-restart.ts'
import { validateEnv } from './env.ts'
import { validateEnvFrom } from './env-from.ts'
import { validateHostPorts } from './host-ports.ts'
import { validateLifecycle } from './lifecycle.ts'
import { warnOfPorts } from './port-warnings.ts'
import { validateProbes } from './probes.ts'
import { validateResizePolicy } from './resize-policy.ts'
import { validateSecurityContext } from './security-context.ts'
import { validateTerminationMessage } from './termination-message.ts'
import { validateVolumeDevices } from './volume-devices.ts'
import { validateVolumeMounts } from './volume-mounts.ts'
import type { VolumeNames } from './volume-names.ts'

/** k8s.io/kubernetes pkg/apis/core/validation: validateContainers and validateInitContainers. */
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
  validateHostPorts(validation, spec, pod)
  warnOfPorts(validation, spec, pod)
}

function validateContainer(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  validateContainerImage(validation, container, field)
  validateTerminationMessage(validation, container, field)
  validateLifecycle(validation, container, field, context)
  validateProbes(validation, container, field, context)
  validateContainerPorts(validation, container, field)
  validateEnv(validation, container, field, context)
  validateEnvFrom(validation, container, field)
  validateVolumeMounts(validation, container, field, context)
  validateVolumeDevices(validation, container, field, context)
  validateContainerResources(validation, container, field, context)
  validateResizePolicy(validation, container, field, context)
  validateContainerRestart(validation, container, field, context)
  validateSecurityContext(validation, container, field, context)
}
