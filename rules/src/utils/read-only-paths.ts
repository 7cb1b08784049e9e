import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import type { Agents } from './agents.ts'
import { containerLogFolders } from './container-logs.ts'
import { isWithin } from './host-paths.ts'
import { mayBeCalled } from './image.ts'
import { type AgentKind, agentKinds } from './known-agents.ts'
import { type HostMount, hostMountsOf, knowsHostMounts, volumesByName } from './mounts.ts'
import { mayBePrivileged } from './pod-security/index.ts'

/**
 * Files that describe the node and that no pod can sensibly write through a mount of the file alone: what changes them
 * (`useradd`, `timedatectl`, systemd) replaces the file, which a bind mount forbids.
 */
const descriptions: readonly string[] = [
  '/etc/group',
  '/etc/hostname',
  '/etc/localtime',
  '/etc/lsb-release',
  '/etc/machine-id',
  '/etc/nsswitch.conf',
  '/etc/os-release',
  '/etc/passwd',
  '/etc/redhat-release',
  '/etc/system-release',
  '/etc/timezone',
  '/usr/lib/os-release',
  '/usr/share/zoneinfo',
  '/var/lib/dbus/machine-id',
]

/** The node's state, which agents that only observe read: node_exporter, cAdvisor and the Datadog chart mount it so. */
const observed: readonly string[] = ['/', '/proc', '/sys', '/sys/fs/cgroup', '/sys/class', '/sys/devices']

/** What a container that builds or installs kernel modules is called; it alone writes below /lib/modules. */
const installs = /driver|install|loader|module|kmod|dkms|build|update|setup|init/i

const onlyRuntimeWrites = 'only the kubelet and the runtime write it'

/** What a container that deletes or cuts logs is called. */
const cleans = /clean|delet|rotat|prun|trunc|trim|purge|gc\b/i

/** Kinds that read the node and change nothing on it. */
const observers: readonly AgentKind[] = ['logs', 'metrics']

/**
 * Why a mount never needs to be writable, as the end of a sentence: "…, and {{reason}}"; undefined when it may need to
 * be. Errs on the side of undefined: an agent that is not known may write where it likes.
 */
export function readOnlyReason(host: HostMount, template: PodTemplate, agents: Agents): string | undefined {
  const { container, hostPath } = host
  if (descriptions.includes(hostPath)) {
    return mayChangeNode(container, template) ? undefined : 'nothing in a pod changes it'
  }
  if (container.list === 'initContainers') return undefined
  if (isWithin(hostPath, '/lib/modules') || hostPath === '/usr/lib/modules') {
    if (mayBeCalled(installs, container) || agents.mayBeOfKind(template, ['security'])) return undefined
    return 'loading a module only reads it'
  }
  const agent = agents.agentOf(container)
  if (!agent) return isPlain(container) ? reasonForAny(host, template, agents) : undefined
  if (!agent.kinds.every((kind) => observers.includes(kind))) return undefined
  if (observed.includes(hostPath)) return `${agent.name} only reads it`
  if (containerLogFolders.includes(hostPath)) return onlyRuntimeWrites
  if (hostPath === '/var/log' && !agent.writesVarLog && keepsStateElsewhere(host)) {
    return `${agent.name} keeps its positions in another mount`
  }
  return undefined
}

/** Folders of the node with which a pod has so much of it that one file more or less is nothing. */
const foldersOfNode: readonly string[] = ['/', '/etc', '/run', '/usr', '/var', '/var/lib']

/** True when a container may change the node whatever becomes of one file: it is privileged, or its pod has more of it. */
function mayChangeNode(container: ContainerNode, template: PodTemplate): boolean {
  if (mayBePrivileged(container) || !knowsHostMounts(template)) return true
  return hostMountsOf(template).some(
    ({ hostPath, mount }) => mount.readOnly !== true && foldersOfNode.includes(hostPath),
  )
}

/** What holds for a container without privileges, whatever it runs. */
function reasonForAny(
  { container, hostPath }: HostMount,
  template: PodTemplate,
  agents: Agents,
): string | undefined {
  if (agents.mayBeOfKind(template, agentKinds)) return undefined
  if (containerLogFolders.includes(hostPath)) {
    const { manifest } = template
    const mayClean = manifest.isUnknown('metadata', 'name') || cleans.test(manifest.name)
    return mayClean || mayBeCalled(cleans, container) ? undefined : onlyRuntimeWrites
  }
  return ['/proc', '/sys', '/boot'].includes(hostPath) ? 'an unprivileged agent has no need to' : undefined
}

/** Not privileged and with no capability added, and all of that is known. */
function isPlain(container: ContainerNode): boolean {
  const path = ['securityContext'] as const
  if (typeof container.value.image !== 'string') return false
  if (container.lacks(...path)) return true
  const { privileged, capabilities } = container.value.securityContext ?? {}
  return container.knows(...path) && !privileged && !capabilities?.add?.length
}

/** True when the container has another writable volume, so that its positions need not lie below /var/log. */
function keepsStateElsewhere({ container, index, volume }: HostMount): boolean {
  const [template] = volume.manifest.children
  return (container.value.volumeMounts ?? []).some((mount, at) => {
    if (at === index || mount?.readOnly || container.isUnknown('volumeMounts', at)) return false
    const source = template && volumesByName(template).get(mount?.name)
    if (!source) return false
    return Boolean(source.value.hostPath || source.value.emptyDir || source.value.persistentVolumeClaim)
  })
}
