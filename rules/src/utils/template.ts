import type { ContainerNode, PodTemplate } from '@daemonlint/core'

/** The pod template a container belongs to: its workload's only one. */
export function templateOf(container: ContainerNode): PodTemplate | undefined {
  return container.manifest.children[0]
}
