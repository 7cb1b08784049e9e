import type { PodTemplate } from '@daemonlint/core'
import { type Agents, setsUpNode } from './agents.ts'
import { isWithin } from './host-paths.ts'
import { type AgentKind, agentKinds } from './known-agents.ts'
import { hostMountsOf } from './mounts.ts'

/** Options of a rule that lets kinds of agents do what it forbids others. */
export interface AllowKinds {
  allowKinds?: AgentKind[]
}

/** The schema of {@link AllowKinds}. */
export const allowKindsSchema: object[] = [
  {
    type: 'object',
    properties: { allowKinds: { type: 'array', items: { enum: agentKinds }, uniqueItems: true } },
    additionalProperties: false,
  },
]

/** Kinds of agents that change the node or look into its kernel. */
export const nodeChangingKinds: AgentKind[] = ['network', 'storage', 'device', 'security', 'node']

/** Mounts that tell what a pod is for when its images do not: logs, and the kernel's own events. */
const telling: readonly (readonly [string, AgentKind])[] = [
  ['/var/log', 'logs'],
  ['/var/lib/docker/containers', 'logs'],
  ['/sys/kernel/debug', 'security'],
  ['/sys/kernel/tracing', 'security'],
  ['/sys/fs/bpf', 'security'],
]

/**
 * True when a pod is of one of these kinds, or may be, by what it mounts only to read as well: enough to excuse it from
 * hardening.
 */
export function mayDoWorkOf(template: PodTemplate, kinds: readonly AgentKind[], agents: Agents): boolean {
  if (agents.mayBeOfKind(template, kinds)) return true
  if (kinds.includes('node') && setsUpNode(template)) return true
  return hostMountsOf(template).some(({ hostPath }) =>
    telling.some(([folder, kind]) => kinds.includes(kind) && isWithin(hostPath, folder)),
  )
}
