import type { DaemonSetSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { validatePodTemplate } from './pod-template.ts'
import { validateSelectorMatchesTemplate } from './selector-matches-template.ts'
import { validateUpdateStrategy } from './update-strategy.ts'

export const daemonSetSpecRejections = {} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/apps/validation: ValidateDaemonSetSpec. */
export function validateDaemonSetSpec(validation: Validation, spec: DaemonSetSpec, field: Field): void {
  validateSelectorMatchesTemplate(validation)
  validatePodTemplate(validation, spec.template ?? {}, field.child('template'))
  validateUpdateStrategy(validation, spec.updateStrategy ?? {}, field.child('updateStrategy'))
}
