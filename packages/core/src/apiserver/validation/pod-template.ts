import type { PodTemplateSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { validateAnnotations, validateLabels } from './labels.ts'
import { validatePodSpec } from './pod-spec.ts'
import { validateTemplateAnnotations } from './template-annotations.ts'

/**
 * k8s.io/kubernetes pkg/apis/core/validation: ValidatePodTemplateSpec. Of the template's metadata only labels and
 * annotations are looked at.
 */
export function validatePodTemplate(validation: Validation, template: PodTemplateSpec, field: Field): void {
  const { labels, annotations } = template.metadata ?? {}
  const metadata = field.child('metadata')
  const spec = template.spec ?? {}
  const pod = field.child('spec')
  if (labels) validateLabels(validation, labels, metadata.child('labels'))
  if (annotations) {
    const at = metadata.child('annotations')
    validateAnnotations(validation, annotations, at)
    validateTemplateAnnotations(validation, annotations, at, spec, pod)
  }
  validatePodSpec(validation, spec, pod)
}
