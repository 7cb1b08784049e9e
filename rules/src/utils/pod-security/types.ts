import type { ContainerNode, Path, PodTemplate, VolumeNode } from '@daemonlint/core'

/** The levels of the Pod Security Standards that forbid something. */
export type Level = 'baseline' | 'restricted'

/** The controls of the Pod Security Standards. */
export type Control =
  | 'hostProcess'
  | 'hostNamespaces'
  | 'privileged'
  | 'capabilities'
  | 'hostPathVolumes'
  | 'hostPorts'
  | 'probeHosts'
  | 'appArmor'
  | 'seLinux'
  | 'procMount'
  | 'seccomp'
  | 'sysctls'
  | 'volumeTypes'
  | 'privilegeEscalation'
  | 'runAsNonRoot'
  | 'runAsUser'

/** One field of a pod that a level forbids, or asks for in vain. */
export interface Violation {
  control: Control
  /** The lower of the levels that forbid it. */
  level: Level
  node: PodTemplate | ContainerNode | VolumeNode
  /** From the node. */
  path: Path
  /** What is written there; undefined where a field is missing. */
  value?: string | number | boolean
}

/** What is forbidden by a control: the first argument is the pod, the second the minor version of the standard. */
export type Check = (template: PodTemplate, minor: number) => Violation[]
