import type { ContainerNode, PodTemplate } from '@daemonlint/core'

/** Kinds of resources that run pods. */
export const workloadKinds = [
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
] as const

/** The pod template a container belongs to: its workload's only one. */
export function templateOf(container: ContainerNode): PodTemplate | undefined {
  return container.manifest.children[0]
}

/** True unless a pod surely has a network, or process table, of its own: it is on its node's, or may be. */
export function mayShare(template: PodTemplate, field: 'hostNetwork' | 'hostPID'): boolean {
  return !template.lacks('spec', field) && template.value.spec?.[field] !== false
}

/** True for a pod that surely has no containers: the API server refuses it, and whatever else it lacks is no matter. */
export function hasNoContainers(template: PodTemplate): boolean {
  const path = ['spec', 'containers'] as const
  return template.lacks(...path) || (template.knows(...path) && !template.value.spec?.containers?.length)
}
