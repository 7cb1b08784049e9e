import type { Container, PodSpec } from 'kubernetes-types/core/v1.js'

/** The Pod Security Standards. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged'

/** What `baseline` lets a container add (policy/check_capabilities_baseline.go of k8s.io/pod-security-admission). */
const baselineCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])

/** The strictest level that admits a pod. */
export function podSecurityLevel(pod: PodSpec): PodSecurityLevel {
  const containers = [...(pod.initContainers ?? []), ...pod.containers]
  if (needsPrivileged(pod, containers)) return 'privileged'
  return containers.every((container) => isRestricted(container, pod)) ? 'restricted' : 'baseline'
}

function needsPrivileged(pod: PodSpec, containers: Container[]): boolean {
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) return true
  if (pod.volumes?.some((volume) => volume.hostPath)) return true
  if (pod.securityContext?.windowsOptions?.hostProcess) return true
  return containers.some(
    ({ ports, securityContext: context }) =>
      ports?.some((port) => port.hostPort) ||
      context?.privileged ||
      context?.seccompProfile?.type === 'Unconfined' ||
      appArmorOf(context) === 'Unconfined' ||
      context?.capabilities?.add?.some((name) => !baselineCapabilities.has(name)),
  )
}

function isRestricted({ securityContext: context }: Container, pod: PodSpec): boolean {
  const runAsNonRoot = context?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot
  const user = context?.runAsUser ?? pod.securityContext?.runAsUser
  const seccomp = context?.seccompProfile ?? pod.securityContext?.seccompProfile
  return (
    runAsNonRoot === true &&
    user !== 0 &&
    context?.allowPrivilegeEscalation === false &&
    context.capabilities?.drop?.includes('ALL') === true &&
    (context.capabilities.add ?? []).every((name) => name === 'NET_BIND_SERVICE') &&
    (seccomp?.type === 'RuntimeDefault' || seccomp?.type === 'Localhost')
  )
}

/** Younger than the types of `kubernetes-types`. */
function appArmorOf(context: unknown): string | undefined {
  return (context as { appArmorProfile?: { type?: string } } | undefined)?.appArmorProfile?.type
}
