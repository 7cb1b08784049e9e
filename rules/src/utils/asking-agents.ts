import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import type { Agents } from './agents.ts'
import { mayRunAnother } from './commands.ts'
import type { KnownAgent } from './known-agents.ts'
import { containersOf, volumesByName } from './mounts.ts'
import { templateOf } from './template.ts'

/** The known agent among a pod's containers that has to ask the API server, as it is started here. */
export function askingAgentOf(template: PodTemplate, { agentOf }: Agents): KnownAgent | undefined {
  for (const container of containersOf(template)) {
    const agent = agentOf(container)
    if (!agent?.asksApiServer) continue
    // In an agent's image another program may run, such as a shell; and what ships logs asks only if told to.
    if (mayRunAnother(container, agent)) continue
    if (agent.kinds.every((kind) => kind === 'logs') && mayHaveOwnConfiguration(container)) continue
    return agent
  }
  return undefined
}

/** True when a container mounts a ConfigMap, or may do. */
function mayHaveOwnConfiguration(container: ContainerNode): boolean {
  const template = templateOf(container)
  if (!template || container.isUnknown('volumeMounts') || template.isUnknown('spec', 'volumes')) return true
  return (container.value.volumeMounts ?? []).some((mount, index) => {
    const volume = volumesByName(template).get(mount?.name)
    return (
      container.isUnknown('volumeMounts', index, 'name') ||
      !volume ||
      !volume.lacks('configMap') ||
      !volume.lacks('projected')
    )
  })
}
