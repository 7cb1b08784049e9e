import type { PodTemplate } from '@daemonlint/core'
import { containersOf } from './mounts.ts'
import { runsThroughout } from './resources.ts'

/** A port that a container declares. */
export interface DeclaredPort {
  name: string
  port: number | undefined
  protocol: string
}

/**
 * The ports that the containers and sidecars of a template declare; what is unknown of one is '' or undefined.
 * @returns undefined when it is not known which there are, or what they are called
 */
export function declaredPorts(template: PodTemplate): DeclaredPort[] | undefined {
  if (['containers', 'initContainers'].some((list) => template.isUnknown('spec', list))) return undefined
  const ports: DeclaredPort[] = []
  for (const container of containersOf(template)) {
    if (container.isUnknown('ports') || container.isUnknown('restartPolicy')) return undefined
    if (!runsThroughout(container)) continue
    for (const [index, port] of (container.value.ports ?? []).entries()) {
      if (['name', 'protocol'].some((key) => container.isUnknown('ports', index, key))) return undefined
      const { name, containerPort, protocol } = port ?? {}
      ports.push({ name: name ?? '', port: containerPort, protocol: protocol || 'TCP' })
    }
  }
  return ports
}
