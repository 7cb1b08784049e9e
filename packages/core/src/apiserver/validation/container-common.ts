import type { Container, EphemeralContainer } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import { validateContainerImage } from './container-image.ts'
import { validateContainerPorts } from './container-ports.ts'
import { validateContainerResources } from './container-resources.ts'
import { validateEnv } from './env.ts'
import { validateEnvFrom } from './env-from.ts'
import { validateResizePolicy } from './resize-policy.ts'
import { validateSecurityContext } from './security-context.ts'
import { validateTerminationMessage } from './termination-message.ts'
import { validateVolumeDevices } from './volume-devices.ts'
import { validateVolumeMounts } from './volume-mounts.ts'

/**
 * What is checked of every container, ephemeral ones included; names are looked at together. k8s.io/kubernetes
 * pkg/apis/core/validation: validateContainerCommon.
 */
export function validateContainerCommon(
  validation: Validation,
  container: Container | EphemeralContainer,
  field: Field,
  context: ContainerContext,
): void {
  validateContainerImage(validation, container, field)
  validateTerminationMessage(validation, container, field)
  validateContainerPorts(validation, container, field)
  validateEnv(validation, container, field, context)
  validateEnvFrom(validation, container, field)
  validateVolumeMounts(validation, container, field, context)
  validateVolumeDevices(validation, container, field, context)
  validateContainerResources(validation, container, field, context)
  validateResizePolicy(validation, container, field, context)
  validateSecurityContext(validation, container, field, context)
}
