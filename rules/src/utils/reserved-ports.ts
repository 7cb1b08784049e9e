import type { PodTemplate } from '@daemonlint/core'
import type { Agents } from './agents.ts'
import type { HostPort } from './host-ports.ts'
import { mayBeCalled } from './image.ts'
import { nodeSelectionOf } from './node-selection.ts'
import { controlPlaneTaint, tolerates, tolerationsOf } from './tolerations.ts'

/** Ports that a component of Kubernetes listens on. */
export interface ReservedPorts {
  ports: readonly number[]
  owner: string
  /** What the owner, its replacements and proxies for it are called. */
  called: RegExp
  /** Only control-plane nodes have it. */
  controlPlane?: true
}

/**
 * TCP ports of Kubernetes' own components, by their defaults: pkg/cluster/ports of kubernetes/kubernetes and
 * https://kubernetes.io/docs/reference/networking/ports-and-protocols/. CNI agents that replace kube-proxy answer its
 * health checks in its place.
 */
const reserved: readonly ReservedPorts[] = [
  { ports: [10248, 10250], owner: 'the kubelet', called: /kubelet/ },
  { ports: [10255], owner: 'the read-only server of the kubelet, where that is on,', called: /kubelet/ },
  { ports: [10249, 10256], owner: 'kube-proxy', called: /proxy/ },
  {
    ports: [6443],
    owner: 'the API server',
    called: /api|proxy|vip|lb|balancer|nginx|envoy/,
    controlPlane: true,
  },
  { ports: [2379, 2380], owner: 'etcd', called: /etcd/, controlPlane: true },
  { ports: [10257], owner: 'the controller manager', called: /controller-manager/, controlPlane: true },
  { ports: [10259], owner: 'the scheduler', called: /scheduler/, controlPlane: true },
]

/** The component that a TCP port of the node belongs to. */
export function reservedPort(port: number): ReservedPorts | undefined {
  return reserved.find(({ ports }) => ports.includes(port))
}

/** True for the component itself, what stands in for it, and what may be either. */
export function mayBeOwner(
  host: HostPort,
  { owner, called }: ReservedPorts,
  template: PodTemplate,
  agents: Agents,
): boolean {
  const { manifest } = template
  if (host.address !== '' || manifest.isUnknown('metadata', 'name') || !manifest.name) return true
  if (owner === 'kube-proxy' && agents.mayBeOfKind(template, ['network'])) return true
  return called.test(manifest.name) || mayBeCalled(called, host.container)
}

/** True when the pods tolerate the control plane's taint, and nothing but labels that any node has chooses the nodes. */
export function runsOnControlPlane(template: PodTemplate): boolean {
  const keys = nodeSelectionOf(template)?.terms.flat()
  if (!keys || keys.some((key) => /control-plane|master|role/.test(key))) return false
  return (
    tolerationsOf(template)?.some(({ value, known }) => known && tolerates(value, controlPlaneTaint)) ?? false
  )
}
