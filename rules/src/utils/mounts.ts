import type { ContainerNode, PodTemplate, VolumeNode } from '@daemonlint/core'
import type { VolumeMount } from 'kubernetes-types/core/v1.js'
import { normaliseHostPath } from './host-paths.ts'

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
export function containersOf(template: PodTemplate): ContainerNode[] {
  return template.children.filter((child) => child.type === 'container')
}

/** The containers of a template that are no init containers. */
export function mainContainersOf(template: PodTemplate): ContainerNode[] {
  return containersOf(template).filter(({ list }) => list === 'containers')
}

/** The volumes of a template. */
export function volumesOf(template: PodTemplate): VolumeNode[] {
  return template.children.filter((child) => child.type === 'volume')
}

const found = new WeakMap<PodTemplate, readonly HostMount[]>()

/**
 * What of the node the containers of a template see, as far as it is known: mounts with an unknown volume, path or
 * `subPathExpr` are left out. Looked up once for all rules.
 */
export function hostMountsOf(template: PodTemplate): readonly HostMount[] {
  let mounts = found.get(template)
  if (!mounts) {
    mounts = findHostMounts(template)
    found.set(template, mounts)
  }
  return mounts
}

function findHostMounts(template: PodTemplate): HostMount[] {
  const volumes = new Map(volumesOf(template).map((volume) => [volume.value.name, volume]))
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
}

/** True when what every container mounts, and which volumes there are, is known in full. */
export function knowsMounts(template: PodTemplate): boolean {
  if (template.manifest.role === 'patch' || template.isUnknown('spec', 'volumes')) return false
  if (template.isUnknown('spec', 'containers') || template.isUnknown('spec', 'initContainers')) return false
  return containersOf(template).every((container) =>
    (['volumeMounts', 'volumeDevices'] as const).every(
      (list) =>
        !container.isUnknown(list) &&
        (container.value[list] ?? []).every((_, index) => !container.isUnknown(list, index, 'name')),
    ),
  )
}

/** True when moreover it is known which part of the node each of them is: {@link hostMountsOf} leaves out none. */
export function knowsHostMounts(template: PodTemplate): boolean {
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
}

const mountFields = ['mountPath', 'subPath', 'subPathExpr', 'mountPropagation'] as const

/** True when what a container mounts below a mount appears on the node, or may do so. */
export function mayPropagate(container: ContainerNode, index: number): boolean {
  return (
    container.value.volumeMounts?.[index]?.mountPropagation === 'Bidirectional' ||
    container.isUnknown('volumeMounts', index, 'mountPropagation')
  )
}
