import type { PodTemplateSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { validateAnnotations, validateLabels } from './labels.ts'
import { validatePodSpec } from './pod-spec.ts'
import { validateTemplateAnnotations } from './template-annotations.ts'

/**
 * k8s.io/kubernetes pkg/apis/core/validation: ValidatePodTemplateSpec. Of the template's metadata only labels and
 * annotations are looked at, and named as if they stood in the template itself.
 */
export function validatePodTemplate(validation: Validation, template: PodTemplateSpec, field: Field): void {
  const { labels, annotations } = template.metadata ?? {}
  const spec = template.spec ?? {}
  if (labels) validateLabels(validation, labels, templateLabels(field))
  if (annotations) {
    const at = field.child('metadata', 'annotations')
    validateAnnotations(validation, annotations, at.as(field.child('annotations')))
    validateTemplateAnnotations(validation, annotations, field, spec)
  }
  validatePodSpec(validation, spec, field.child('spec'))
}

/** Where a template's labels stand, under the name that the API server has for them. */
export const templateLabels = (template: Field): Field =>
  template.child('metadata', 'labels').as(template.child('labels'))
