import type { ContainerNode, Path, PodTemplate } from '@daemonlint/core'
import { containersOf } from './mounts.ts'
import { once } from './once.ts'
import { runsThroughout } from './resources.ts'

/** A port of the node that a pod takes. */
export interface HostPort {
  container: ContainerNode
  /** Where the port is stated, from the container. */
  path: Path
  port: number
  protocol: string
  /** The one address of the node, or '' for all of them. */
  address: string
  /** True where the pod is on the host network and listens itself; else its traffic is forwarded to the pod. */
  listens: boolean
}

/**
 * The ports of the node that a pod template takes, as far as they are known. On the host network every `containerPort`
 * is one: SetDefaults_PodSpec of kubernetes/kubernetes makes a `hostPort` of it, and the scheduler counts those of
 * containers and sidecars (pkg/scheduler/util, GetHostPorts).
 */
export const hostPortsOf: (template: PodTemplate) => readonly HostPort[] = once((template) =>
  containersOf(template)
    .filter(runsThroughout)
    .flatMap((container) =>
      (container.value.ports ?? []).flatMap((_, index) => hostPortOf(template, container, index)),
    ),
)

function hostPortOf(template: PodTemplate, container: ContainerNode, index: number): HostPort[] {
  const path = ['ports', index] as const
  const { hostPort, containerPort, protocol, hostIP } = container.value.ports?.[index] ?? {}
  if (['hostPort', 'protocol', 'hostIP'].some((field) => container.isUnknown(...path, field))) return []
  const listens = template.value.spec?.hostNetwork === true
  const port = hostPort || (listens ? containerPort : undefined)
  if (typeof port !== 'number' || port <= 0) return []
  const isEvery = !hostIP || hostIP === '0.0.0.0' || hostIP === '::'
  return [
    {
      container,
      path: [...path, hostPort ? 'hostPort' : 'containerPort'],
      port,
      protocol: protocol || 'TCP',
      address: isEvery ? '' : hostIP,
      listens,
    },
  ]
}
