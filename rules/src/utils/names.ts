import type { ContainerNode, Manifest, VolumeNode } from '@daemonlint/core'
import { writtenAt } from './written.ts'

/**
 * What to call a resource, a container or a volume in a message: its name, or, where that is templated, the template
 * as it is written. A container or a volume without a name is called by its place: `containers[0]`; a resource ''.
 */
export function nameOf(node: Manifest | ContainerNode | VolumeNode): string {
  if (node.type !== 'container' && node.type !== 'volume')
    return node.name || writtenAt(node, 'metadata', 'name')
  return writtenAt(node, 'name') || `${node.path.at(-2)}[${node.path.at(-1)}]`
}

/** Names in a sentence, each once: `a`, `b` and `c`. */
export function listed(names: readonly string[]): string {
  const quoted = [...new Set(names)].map((name) => `\`${name}\``)
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : (quoted[0] ?? '')
}

/** The same after the word for one of them: ConfigMap `a`, ConfigMaps `a` and `b`. */
export function counted(word: string, names: readonly string[]): string {
  return `${word}${new Set(names).size > 1 ? 's' : ''} ${listed(names)}`
}
