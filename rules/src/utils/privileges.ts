import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { type Agents, setsUpNode } from './agents.ts'
import { nodeChangingKinds } from './allow-kinds.ts'
import { isPause } from './image.ts'
import type { AgentKind } from './known-agents.ts'
import { mayPropagate } from './mounts.ts'
import { mayBePrivileged } from './pod-security/index.ts'

/**
 * True when a container may be privileged for its work: by the kind of its agent, for a mount that the API server
 * refuses otherwise, or because too little is known of it.
 * @param allowed kinds of agents that may be
 */
export function mayNeedPrivileges(
  container: ContainerNode,
  template: PodTemplate,
  agents: Agents,
  allowed: readonly AgentKind[] = nodeChangingKinds,
): boolean {
  if (agents.mayBeOfKind(template, allowed)) return true
  if (allowed.includes('node') && setsUpNode(template)) return true
  if ((container.value.volumeMounts ?? []).some((_, index) => mayPropagate(container, index))) return true
  // A patch does not say what it is part of.
  return container.manifest.role === 'patch' && !agents.agentOf(container)
}

/**
 * True when hardening is of no use to a container: it is privileged for its work, or may be. Of one that is privileged
 * for nothing the rule `privileged` speaks, in the place of those that ask this.
 */
export function isBeyondHardening(container: ContainerNode, template: PodTemplate, agents: Agents): boolean {
  if (!mayBePrivileged(container)) return false
  return (
    container.value.securityContext?.privileged !== true || mayNeedPrivileges(container, template, agents)
  )
}

/**
 * True when nothing is asked of a container: hardening is of no use to it, or it runs `pause`, which does nothing.
 */
export function needsNoHardening(container: ContainerNode, template: PodTemplate, agents: Agents): boolean {
  return isPause(container) || isBeyondHardening(container, template, agents)
}
