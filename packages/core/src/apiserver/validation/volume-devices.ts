import type { Container } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const volumeDevicesRejections = {} satisfies RejectionTable

export function validateVolumeDevices(
  _validation: Validation,
  _container: Container,
  _field: Field,
  _context: ContainerContext,
): void {}
