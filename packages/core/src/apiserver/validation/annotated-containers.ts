import type { Container, EphemeralContainer, PodSpec } from '../../schema/decoded.generated.ts'
import { containerLists, eachContainer } from '../each-container.ts'
import type { Field } from '../field.ts'
import { listedNames } from '../listed-names.ts'
import type { TemplateAnnotation } from './template-annotation.ts'

type Visited = readonly [Container | EphemeralContainer, Field]

/** The containers of a pod by name: thousands of annotations may speak of thousands of containers. */
const known = new WeakMap<PodSpec, ReadonlyMap<string, readonly Visited[]>>()

function byName(spec: PodSpec, pod: Field): ReadonlyMap<string, readonly Visited[]> {
  const before = known.get(spec)
  if (before) return before
  const named = new Map<string, Visited[]>()
  eachContainer(spec, pod, (container, field) => {
    const name = container.name ?? ''
    const others = named.get(name)
    if (others) others.push([container, field])
    else named.set(name, [[container, field]])
  })
  known.set(spec, named)
  return named
}

/**
 * Visits the containers that an annotation speaks of: those of a name.
 * @returns whether there is one
 */
export function eachAnnotated(
  { spec, pod }: TemplateAnnotation,
  name: string,
  visit?: (container: Container | EphemeralContainer, field: Field) => void,
): boolean {
  const found = byName(spec, pod).get(name) ?? []
  if (visit) for (const [container, field] of found) visit(container, field)
  return found.length > 0
}

/** What must be known to say that no container has a name. */
export const containerNames = ({ pod }: TemplateAnnotation): Field[] =>
  containerLists.flatMap((list) => listedNames(pod.child(list)))
