import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { isWithin, normaliseHostPath } from './host-paths.ts'
import { hostMountsOf } from './mounts.ts'

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
  const own = normaliseHostPath(path)
  let nearest: { at: string; index: number } | undefined
  for (const [index, mount] of (container.value.volumeMounts ?? []).entries()) {
    if (typeof mount?.mountPath !== 'string') continue
    const at = normaliseHostPath(mount.mountPath)
    if (isWithin(own, at) && (!nearest || at.length >= nearest.at.length)) nearest = { at, index }
  }
  const host = hostMountsOf(template).find(
    (one) => one.container === container && one.index === nearest?.index,
  )
  return host && nearest ? normaliseHostPath(`${host.hostPath}/${own.slice(nearest.at.length)}`) : undefined
}

/** True when a container mounts a part of the node that holds `hostPath`, wherever it mounts it. */
export function seesHostPath(template: PodTemplate, container: ContainerNode, hostPath: string): boolean {
  return hostMountsOf(template).some((one) => one.container === container && isWithin(hostPath, one.hostPath))
}
