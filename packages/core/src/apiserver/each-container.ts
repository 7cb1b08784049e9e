import type { Container, EphemeralContainer, PodSpec } from '../schema/decoded.generated.ts'
import { eachItem } from './each-item.ts'
import type { Field } from './field.ts'

/** The lists of a pod's containers, in the server's order. */
export const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** Visits all containers of a pod, in the order of k8s.io/kubernetes pkg/apis/core/pods, VisitContainersWithPath. */
export function eachContainer(
  spec: PodSpec,
  pod: Field,
  visit: (container: Container | EphemeralContainer, field: Field) => void,
): void {
  for (const list of containerLists) {
    if (spec[list]) eachItem<Container | EphemeralContainer>(spec[list], pod.child(list), visit)
  }
}
