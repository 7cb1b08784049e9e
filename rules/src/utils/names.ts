import type { ContainerNode, Manifest, VolumeNode } from '@daemonlint/core'

/**
 * What to call a resource, a container or a volume in a message: its name, or, where that is templated, the template
 * as it is written. '' where there is none.
 */
export function nameOf(node: Manifest | ContainerNode | VolumeNode): string {
  if (node.type !== 'container' && node.type !== 'volume') {
    return node.name || written(node.source('metadata', 'name'))
  }
  return node.value.name || written(node.source('name'))
}

function written(source: string | undefined): string {
  return source?.replace(/^(["'])(.*)\1$/s, '$2') ?? ''
}
