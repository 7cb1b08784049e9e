import type { ContainerNode, PodTemplate, VolumeNode } from '@daemonlint/core'
import type { VolumeMount } from 'kubernetes-types/core/v1.js'
import { isWithin, normaliseHostPath } from './host-paths.ts'
import { once } from './once.ts'

/** A part of the node's file system in a container. */
export interface HostMount {
  container: ContainerNode
  /** Place in the container's `volumeMounts`. */
  index: number
  mount: VolumeMount
  volume: VolumeNode
  /** What of the node is mounted, normalised, a `subPath` included. */
  hostPath: string
}

/** The containers and init containers of a template. */
export const containersOf: (template: PodTemplate) => readonly ContainerNode[] = once((template) =>
  template.children.filter((child) => child.type === 'container'),
)

/** The containers of a template that are no init containers. */
export const mainContainersOf: (template: PodTemplate) => readonly ContainerNode[] = once((template) =>
  containersOf(template).filter(({ list }) => list === 'containers'),
)

/** The volumes of a template. */
export const volumesOf: (template: PodTemplate) => readonly VolumeNode[] = once((template) =>
  template.children.filter((child) => child.type === 'volume'),
)

/** The volumes of a template by name; of equal names the last. */
export const volumesByName: (template: PodTemplate) => ReadonlyMap<string, VolumeNode> = once(
  (template) => new Map(volumesOf(template).map((volume) => [volume.value.name, volume])),
)

/** The names of the volumes that are mounted, with a container that does; the last of several. */
export const mountersOf: (template: PodTemplate) => ReadonlyMap<string, ContainerNode> = once(
  (template) =>
    new Map(
      containersOf(template).flatMap((container) =>
        [...(container.value.volumeMounts ?? []), ...(container.value.volumeDevices ?? [])].map(
          (mount) => [mount?.name, container] as const,
        ),
      ),
    ),
)

/**
 * What of the node the containers of a template see, as far as it is known: mounts with an unknown volume, path or
 * `subPathExpr` are left out.
 */
export const hostMountsOf: (template: PodTemplate) => readonly HostMount[] = once((template) => {
  const volumes = volumesByName(template)
  return containersOf(template).flatMap((container) =>
    (container.value.volumeMounts ?? []).flatMap((mount, index) => {
      const volume = volumes.get(mount?.name)
      const path = volume?.value.hostPath?.path
      if (!volume || typeof path !== 'string' || path === '' || typeof mount.mountPath !== 'string') return []
      const own = ['volumeMounts', index] as const
      if (mount.subPathExpr || ['subPath', 'subPathExpr'].some((key) => container.isUnknown(...own, key)))
        return []
      return [
        { container, index, mount, volume, hostPath: normaliseHostPath(`${path}/${mount.subPath ?? ''}`) },
      ]
    }),
  )
})

/** True when what every container mounts, and which volumes there are, is known in full. */
export const knowsMounts: (template: PodTemplate) => boolean = once((template) => {
  if (template.manifest.role === 'patch' || template.isUnknown('spec', 'volumes')) return false
  if (template.isUnknown('spec', 'containers') || template.isUnknown('spec', 'initContainers')) return false
  return containersOf(template).every((container) =>
    (['volumeMounts', 'volumeDevices'] as const).every(
      (list) =>
        !container.isUnknown(list) &&
        (container.value[list] ?? []).every((_, index) => !container.isUnknown(list, index, 'name')),
    ),
  )
})

/** Where a container mounts something, normalised and in order; undefined where that is unknown. */
const mountPathsOf = once((container: ContainerNode): readonly string[] | undefined => {
  const mounts = container.value.volumeMounts ?? []
  if (mounts.some((_, index) => container.isUnknown('volumeMounts', index, 'mountPath'))) return undefined
  return mounts
    .flatMap((mount) => (typeof mount?.mountPath === 'string' ? [normaliseHostPath(mount.mountPath)] : []))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
})

/** True when another volume is, or may be, mounted at or below a mount. */
export function holdsOtherMount({ container, mount }: HostMount): boolean {
  const paths = mountPathsOf(container)
  if (!paths) return true
  const own = normaliseHostPath(mount.mountPath)
  const first = indexFrom(paths, own)
  if (paths[first + 1] === own) return true
  if (own === '/') return paths.length > 1
  const next = paths[indexFrom(paths, `${own}/`)]
  return next !== undefined && isWithin(next, own)
}

/** Index of the first text in order that does not come before another. */
function indexFrom(ordered: readonly string[], text: string): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ordered[middle]! < text) low = middle + 1
    else high = middle
  }
  return low
}

/** True when moreover it is known which part of the node each of them is: {@link hostMountsOf} leaves out none. */
export const knowsHostMounts: (template: PodTemplate) => boolean = once((template) => {
  if (!knowsMounts(template)) return false
  const knowsVolumes = (template.value.spec?.volumes ?? []).every(
    (_, index) =>
      !template.isUnknown('spec', 'volumes', index, 'name') &&
      !template.isUnknown('spec', 'volumes', index, 'hostPath', 'path'),
  )
  return (
    knowsVolumes &&
    containersOf(template).every((container) =>
      (container.value.volumeMounts ?? []).every(
        (mount, index) =>
          !mount?.subPathExpr &&
          mountFields.every((field) => !container.isUnknown('volumeMounts', index, field)),
      ),
    )
  )
})

const mountFields = ['mountPath', 'subPath', 'subPathExpr', 'mountPropagation'] as const

/** True when a container surely mounts a part of the node so that it can write there. */
export function isWritable({ container, index, mount }: HostMount): boolean {
  return mount.readOnly === false || container.lacks('volumeMounts', index, 'readOnly')
}

/** True when what a container mounts below a mount appears on the node, or may do so. */
export function mayPropagate(container: ContainerNode, index: number): boolean {
  return (
    container.value.volumeMounts?.[index]?.mountPropagation === 'Bidirectional' ||
    container.isUnknown('volumeMounts', index, 'mountPropagation')
  )
}
