import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import type { Agents } from './agents.ts'
import { isWithin } from './host-paths.ts'
import { hostMountsOf, mainContainersOf } from './mounts.ts'

/**
 * Where the kubelet and the runtimes, and nobody else, write logs.
 * https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export const containerLogFolders: readonly string[] = [
  '/var/log/pods',
  '/var/log/containers',
  '/var/lib/docker/containers',
]

/**
 * True when a container runs a log agent that surely sees the logs of its node's containers. Many agents are for logs
 * and for metrics both, and do what they are set up for.
 */
export function readsContainerLogs(template: PodTemplate, container: ContainerNode, agents: Agents): boolean {
  const agent = agents.agentOf(container)
  if (!agent?.kinds.includes('logs')) return false
  // A folder above tells nothing of others: who has the node's `/` may be there to measure it.
  const top = agent.tailsLogs ? '/' : '/var'
  return hostMountsOf(template).some(
    ({ hostPath, ...host }) =>
      host.container === container &&
      isWithin(hostPath, top) &&
      containerLogFolders.some((path) => isWithin(path, hostPath)),
  )
}

/** True when one of a pod's main containers does so. */
export function shipsLogs(template: PodTemplate, agents: Agents): boolean {
  return mainContainersOf(template).some((container) => readsContainerLogs(template, container, agents))
}
