import type { Container, EphemeralContainer } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { containerLists, eachContainer } from '../each-container.ts'
import type { Field } from '../field.ts'
import type { TemplateAnnotation } from './template-annotation.ts'

/**
 * Visits the containers that an annotation speaks of: those of a name.
 * @returns whether there is one
 */
export function eachAnnotated(
  { spec, pod }: TemplateAnnotation,
  name: string,
  visit?: (container: Container | EphemeralContainer, field: Field) => void,
): boolean {
  let found = false
  eachContainer(spec, pod, (container, field) => {
    if ((container.name ?? '') !== name) return
    found = true
    visit?.(container, field)
  })
  return found
}

/** What must be known to say that no container has a name. */
export function containerNames({ node }: Validation, { spec, pod }: TemplateAnnotation): Field[] {
  return containerLists.flatMap((list) => {
    const items = spec[list]
    // A patch's list is merged with that of its base.
    if (!items || node.role === 'patch') return [pod.child(list)]
    const names = items.map((item, index) => {
      const field = pod.child(list).index(index)
      return typeof item === 'object' && item !== null ? field.child('name') : field
    })
    // And that no kustomization adds one.
    return [...names, pod.child(list).index(items.length)]
  })
}
