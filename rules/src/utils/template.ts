import type { ContainerNode, PodTemplate } from '@daemonlint/core'

/** The pod template a container belongs to: its workload's only one. */
export function templateOf(container: ContainerNode): PodTemplate | undefined {
  return container.manifest.children[0]
}

/** True for a pod that surely has no containers: the API server refuses it, and whatever else it lacks is no matter. */
export function hasNoContainers(template: PodTemplate): boolean {
  const path = ['spec', 'containers'] as const
  return template.lacks(...path) || (template.knows(...path) && !template.value.spec?.containers?.length)
}
