import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'

/** One annotation of a pod template, and where to find what it may have to agree with. */
export interface TemplateAnnotation {
  readonly key: string
  readonly value: string
  readonly at: Field
  readonly template: Field
  readonly spec: PodSpec
  /** Where `spec` stands. */
  readonly pod: Field
}

export type AnnotationCheck = (validation: Validation, annotation: TemplateAnnotation) => void

/** An annotation as the server names what it refuses: `spec.template.annotations[example.com/a]`. */
export const refusedField = ({ template, key }: TemplateAnnotation): Field =>
  template.child('annotations').key(key)

/** As above, where the server writes the key as if it were a field: `spec.template.annotations.example.com/a`. */
export const refusedChild = ({ template, key }: TemplateAnnotation): Field =>
  template.child('annotations', key)
