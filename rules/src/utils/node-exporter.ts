import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import type { Flag } from './flags.ts'
import { normaliseHostPath } from './host-paths.ts'
import { hostPlaceAt, volumeAt } from './host-view.ts'
import { parseImage } from './image.ts'
import { hostMountsOf } from './mounts.ts'
import { mayShare } from './template.ts'
import { writtenAt } from './written.ts'

/** node_exporter's flags for what it reads, each with its default, which is the node's path. */
const places = [
  ['path.rootfs', '/'],
  ['path.procfs', '/proc'],
  ['path.sysfs', '/sys'],
] as const

/** Where a container is told of the node, or by default looks for it, and the node is not; and where it mounts it. */
export function wrongPlaces(
  template: PodTemplate,
  container: ContainerNode,
  flags: ReadonlyMap<string, Flag>,
) {
  return places.flatMap(([flag, path]) => {
    const given = flags.get(flag)
    const place = normaliseHostPath(given?.value || path)
    if ((given && !given.known) || hostPlaceAt(template, container, place)?.path === path) return []
    // On the node's network a container's own /sys shows the node's interfaces.
    const shared = path === '/sys' && mayShare(template, 'hostNetwork')
    const mount = shared ? undefined : mountOf(template, container, path)
    return [{ flag, path, place, given, mount, instead: insteadAt(template, container, place, path) }]
  })
}

/**
 * True for versions before 0.18, which know no `--path.rootfs` or only strip it from names, and where the tag tells no
 * version: what stands there is filled in later.
 */
export function mayBeOld(container: ContainerNode): boolean {
  const { tag, digest } = parseImage(writtenAt(container, 'image'))
  if (tag === undefined || /^(latest|main|master)$/.test(tag)) return false
  return /^v?0\.(\d|1[0-7])\./.test(tag) || (digest === undefined && !/\d/.test(tag))
}

/** True when the collector of file systems is on, as it is by default: DisableDefaultCollectors in collector/collector.go. */
export function measuresFileSystems(flags: ReadonlyMap<string, Flag>): boolean {
  if (flags.has('no-collector.filesystem')) return false
  return !flags.has('collector.disable-defaults') || flags.has('collector.filesystem')
}

/** What stands at a place where a part of the node should. */
function insteadAt(template: PodTemplate, container: ContainerNode, place: string, path: string): string {
  const host = hostPlaceAt(template, container, place)
  if (host) return `the node's \`${host.path}\` is mounted, not its \`${path}\``
  const { name = '', ...sources } = volumeAt(template, container, place)?.value ?? {}
  const [source] = Object.keys(sources)
  if (!source || source === 'hostPath') return `the node's \`${path}\` is not mounted`
  return `the volume \`${name}\` (\`${source}\`) is mounted, not the node's \`${path}\``
}

/** Where a container mounts a part of the node: the place in its `volumeMounts`, and the path, normalised. */
export function mountOf(template: PodTemplate, container: ContainerNode, hostPath: string) {
  const host = hostMountsOf(template).find((one) => one.container === container && one.hostPath === hostPath)
  return host && { index: host.index, place: normaliseHostPath(host.mount.mountPath) }
}
