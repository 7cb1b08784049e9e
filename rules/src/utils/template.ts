import type { ContainerNode, PodTemplate } from '@daemonlint/core'

/** The pod template a container belongs to. */
export function templateOf(container: ContainerNode): PodTemplate | undefined {
  return container.manifest.children.find((template) => template.children.includes(container))
}
