import type { ContainerNode, Edit, FixFunction, PodTemplate } from '@daemonlint/core'
import { normaliseHostPath } from './host-paths.ts'
import { volumesByName } from './mounts.ts'

/** A part of the node to mount. */
export interface NewHostMount {
  /** What to call the volume. */
  name: string
  path: string
  type: 'Directory' | 'DirectoryOrCreate' | 'FileOrCreate'
  /** Default: `path` itself. */
  mountPath?: string
  readOnly?: boolean
  mountPropagation?: 'HostToContainer'
}

/** The lock by which programs that change iptables wait for each other; kube-proxy and CNI agents mount it so. */
export const iptablesLock: NewHostMount = {
  name: 'xtables-lock',
  path: '/run/xtables.lock',
  type: 'FileOrCreate',
}

/**
 * Mounts a part of the node in a container: the mount, and a volume of its own.
 * @returns null among the edits where something else is mounted there, or the name cannot be had
 */
export function mountHost(
  fixer: Parameters<FixFunction>[0],
  template: PodTemplate,
  container: ContainerNode,
  { name, path, type, mountPath = path, ...more }: NewHostMount,
): (Edit[] | null)[] {
  const taken = volumesByName(template)
  const own = taken.has(name) ? `${name}-of-node` : name
  const mounts = container.value.volumeMounts ?? []
  if (taken.has(own) || mounts.some((mount) => isSamePath(mount?.mountPath, mountPath))) return [null]
  return [
    fixer.append(['volumeMounts'], { name: own, mountPath, ...more }, container),
    fixer.append(['spec', 'volumes'], { name: own, hostPath: { path, type } }, template),
  ]
}

function isSamePath(one: string | undefined, other: string): boolean {
  return normaliseHostPath(one ?? '') === normaliseHostPath(other)
}
