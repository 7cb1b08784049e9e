import type { ContainerNode, Manifest, PodTemplate } from '@daemonlint/core'
import { mayRun } from './commands.ts'
import { isCniFolder, isWithin } from './host-paths.ts'
import { repositoryOf } from './image.ts'
import type { AgentKind } from './known-agents.ts'
import { containersOf, hostMountsOf } from './mounts.ts'
import { nameOf } from './names.ts'
import { once } from './once.ts'

/** Words by which images, containers and workloads are called after what they do; of an image the last part counts. */
const nameWords: readonly (readonly [RegExp, AgentKind])[] = [
  [wholeWord('cni'), 'network'],
  [wholeWord('csi'), 'storage'],
  [wholeWord('drivers?|device[-_.](plugin|injector)|dra|firmware|kmod|modprobe'), 'device'],
  [wholeWord('e?bpf'), 'security'],
  [wholeWord('installer|startup[-_.]script|node[-_.](init|setup)|sysctl'), 'node'],
]

/**
 * Folders that are mounted writable to change the node: containers as the runtime makes them (NRI, CDI), services,
 * devices, kernel modules and settings, programs pinned in the kernel, sockets on which a driver asks for secrets.
 * https://secrets-store-csi-driver.sigs.k8s.io/providers, https://github.com/containerd/nri,
 * https://github.com/cncf-tags/container-device-interface, file-hierarchy(7), https://docs.kernel.org/bpf/
 */
const changedFolders: readonly (readonly [string, AgentKind])[] = [
  ['/run/nri', 'device'],
  ['/opt/nri', 'device'],
  ['/etc/cdi', 'device'],
  ['/run/cdi', 'device'],
  ['/etc/modprobe.d', 'device'],
  ['/etc/modules-load.d', 'device'],
  ['/etc/udev', 'node'],
  ['/etc/systemd', 'node'],
  ['/usr/lib/systemd', 'node'],
  ['/lib/systemd', 'node'],
  ['/etc/sysctl.d', 'node'],
  ['/sys/fs/bpf', 'security'],
  ['/run/secrets-store-csi-providers', 'storage'],
  ['/etc/kubernetes/secrets-store-csi-providers', 'storage'],
]

/**
 * What a pod may be for, by the words in its names and those of its images, by what it changes on the node, and by
 * whether it enters the node's own namespaces. Enough to excuse a pod, not to accuse it: an image is called as its
 * author likes.
 */
export const hintsOf: (template: PodTemplate) => ReadonlySet<AgentKind> = once((template) => {
  const kinds = new Set([
    ...hintsOfName(template.manifest, 'metadata', 'name'),
    ...containersOf(template).flatMap(hintsOfContainer),
  ])
  for (const { hostPath, mount } of hostMountsOf(template)) {
    // Some only look at it; that they may be for the network excuses them.
    if (isCniFolder(hostPath)) kinds.add('network')
    if (mount.readOnly === true) continue
    for (const [folder, kind] of changedFolders) if (isWithin(hostPath, folder)) kinds.add(kind)
  }
  return kinds
})

function hintsOfContainer(container: ContainerNode): AgentKind[] {
  const repository = repositoryOf(container)
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  const kinds = [...kindsNamed(name), ...hintsOfName(container, 'name')]
  return mayRun(container, /(^|[\s/;&|(])nsenter(\s|$)/) ? [...kinds, 'node'] : kinds
}

/** By the name of a container or a workload; one that a placeholder hides may hold any of the words. */
function hintsOfName(node: Manifest | ContainerNode, ...path: string[]): AgentKind[] {
  const name = nameOf(node)
  const hidden = node.isUnknown(...path) && !/^[a-z0-9.-]+$/.test(name)
  return hidden ? nameWords.map(([, kind]) => kind) : kindsNamed(name)
}

function kindsNamed(name: string): AgentKind[] {
  return nameWords.filter(([words]) => words.test(name)).map(([, kind]) => kind)
}

function wholeWord(words: string): RegExp {
  return new RegExp(`(^|[-_.])(${words})([-_.]|$)`)
}
