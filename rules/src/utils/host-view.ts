import type { ContainerNode, PodTemplate, VolumeNode } from '@daemonlint/core'
import { isWithin, normaliseHostPath } from './host-paths.ts'
import { type HostMount, hostMountsOf, volumesByName } from './mounts.ts'

/** A part of the node, as a container sees it. */
export interface HostPlace {
  mount: HostMount
  /** Where it lies on the node, normalised. */
  path: string
}

/**
 * What of the node stands at a path in a container.
 * @param path `/var/log/pods`
 * @returns undefined when nothing of it does, or another volume may be mounted in between
 */
export function hostPlaceAt(
  template: PodTemplate,
  container: ContainerNode,
  path: string,
): HostPlace | undefined {
  const mounts = container.value.volumeMounts ?? []
  if (mounts.some((_, index) => container.isUnknown('volumeMounts', index, 'mountPath'))) return undefined
  const nearest = nearestMount(container, path)
  const mount = hostMountsOf(template).find(
    (one) => one.container === container && one.index === nearest?.index,
  )
  return mount && nearest && { mount, path: normaliseHostPath(`${mount.hostPath}/${nearest.below}`) }
}

/** The volume that a path in a container lies in. */
export function volumeAt(
  template: PodTemplate,
  container: ContainerNode,
  path: string,
): VolumeNode | undefined {
  const nearest = nearestMount(container, path)
  const name = container.value.volumeMounts?.[nearest?.index ?? -1]?.name
  return name === undefined ? undefined : volumesByName(template).get(name)
}

/** Of the mounts that a path may lie in, the one it does, and what of the path is below. */
function nearestMount(container: ContainerNode, path: string) {
  const own = normaliseHostPath(path)
  let nearest: { at: string; index: number } | undefined
  for (const [index, mount] of (container.value.volumeMounts ?? []).entries()) {
    if (typeof mount?.mountPath !== 'string') continue
    const at = normaliseHostPath(mount.mountPath)
    if (isWithin(own, at) && (!nearest || at.length >= nearest.at.length)) nearest = { at, index }
  }
  return nearest && { index: nearest.index, below: own.slice(nearest.at.length) }
}

/** True when a container mounts a part of the node that holds `hostPath`, wherever it mounts it. */
export function seesHostPath(template: PodTemplate, container: ContainerNode, hostPath: string): boolean {
  return hostMountsOf(template).some((one) => one.container === container && isWithin(hostPath, one.hostPath))
}
