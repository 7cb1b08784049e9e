import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { mayRunWait, onlyWaits } from './commands.ts'
import { containersOf, mainContainersOf } from './mounts.ts'

/**
 * The first container of a pod that nothing asks whether it works: no container has a readiness probe, and the pod no
 * readiness gate, so that it counts as ready once its processes run. A pod whose main containers only wait is ready
 * when its init containers have done the work.
 */
export function ungatedContainerOf(template: PodTemplate): ContainerNode | undefined {
  if (!template.lacks('spec', 'readinessGates')) return undefined
  if (!containersOf(template).every((container) => container.lacks('readinessProbe'))) return undefined
  const first = mainContainersOf(template).find((container) => !onlyWaits(container))
  return first && !mayRunWait(first) ? first : undefined
}
