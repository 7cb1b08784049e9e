import type { Settings } from '@daemonlint/core'

/** What people say of their clusters; what they do not say may be either way. */
export interface ClusterSettings {
  /** The operating system of all nodes. */
  os?: 'linux' | 'windows'
  /** False where the provider keeps the control plane: no pod of one's own can run there. */
  controlPlaneNodes?: boolean
  /** Whether there are nodes that only seem to be some, such as Fargate's or virtual-kubelet's. */
  virtualNodes?: boolean
}

/** `settings.cluster` of a configuration. */
export function clusterOf(settings: Settings): ClusterSettings {
  return (settings.cluster ?? {}) as ClusterSettings
}
