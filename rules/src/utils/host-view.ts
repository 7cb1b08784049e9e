import type { ContainerNode, PodTemplate, VolumeNode } from '@daemonlint/core'
import { isWithin, normaliseHostPath } from './host-paths.ts'
import { hostMountsOf, volumesByName } from './mounts.ts'

/**
 * What of the node stands at a path in a container, normalised; undefined where nothing of it does. To be asked only
 * where all mounts are known (`knowsHostMounts`).
 * @param path `/var/log/pods`
 */
export function hostPathAt(
  template: PodTemplate,
  container: ContainerNode,
  path: string,
): string | undefined {
  const nearest = nearestMount(container, path)
  const host = hostMountsOf(template).find(
    (one) => one.container === container && one.index === nearest?.index,
  )
  return host && nearest && normaliseHostPath(`${host.hostPath}/${nearest.below}`)
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
