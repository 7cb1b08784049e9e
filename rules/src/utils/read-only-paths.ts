import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { type AgentKind, agentKindsOf, agentOf } from './agents.ts'
import { isWithin } from './host-paths.ts'
import type { HostMount } from './mounts.ts'

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

/** Logs that the kubelet and the runtime alone write. https://kubernetes.io/docs/concepts/cluster-administration/logging/ */
const containerLogs: readonly string[] = [
  '/var/log/pods',
  '/var/log/containers',
  '/var/lib/docker/containers',
]

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
export function readOnlyReason(host: HostMount, template: PodTemplate): string | undefined {
  const { container, hostPath } = host
  if (descriptions.includes(hostPath)) return 'nothing in a pod changes it'
  if (container.list === 'initContainers') return undefined
  if (isWithin(hostPath, '/lib/modules') || hostPath === '/usr/lib/modules') {
    const name = `${container.value.name} ${container.value.image}`
    return installs.test(name) || isOf(template, ['security']) ? undefined : 'loading a module only reads it'
  }
  const agent = agentOf(container)
  if (!agent) return isPlain(container) ? reasonForAny(host, template) : undefined
  if (!agent.kinds.every((kind) => observers.includes(kind))) return undefined
  if (observed.includes(hostPath)) return `${agent.name} only reads it`
  if (containerLogs.includes(hostPath)) return onlyRuntimeWrites
  if (hostPath === '/var/log' && !agent.writesVarLog && keepsStateElsewhere(host)) {
    return `${agent.name} keeps its positions in another mount`
  }
  return undefined
}

/** What holds for a container without privileges, whatever it runs. */
function reasonForAny({ container, hostPath }: HostMount, template: PodTemplate): string | undefined {
  if (agentKindsOf(template).size > 0) return undefined
  const { name, image } = container.value
  if (containerLogs.includes(hostPath)) {
    return cleans.test(`${name} ${image} ${template.manifest.name}`) ? undefined : onlyRuntimeWrites
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

function isOf(template: PodTemplate, kinds: readonly AgentKind[]): boolean {
  const found = agentKindsOf(template)
  return kinds.some((kind) => found.has(kind))
}

/** True when the container has another writable volume, so that its positions need not lie below /var/log. */
function keepsStateElsewhere({ container, index, volume }: HostMount): boolean {
  const volumes = volume.manifest.children[0]?.children ?? []
  return (container.value.volumeMounts ?? []).some((mount, at) => {
    if (at === index || mount?.readOnly || container.isUnknown('volumeMounts', at)) return false
    const source = volumes.find((child) => child.type === 'volume' && child.value.name === mount.name)
    if (source?.type !== 'volume') return false
    return Boolean(source.value.hostPath || source.value.emptyDir || source.value.persistentVolumeClaim)
  })
}
