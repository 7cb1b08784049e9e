import {
  baselineCapabilities,
  restrictedVolumes,
  safeSysctls,
  seLinuxTypes,
} from '@daemonlint/rules/pod-security'
import type { Container, PodSecurityContext, PodSpec, SecurityContext } from 'kubernetes-types/core/v1.js'

/** The Pod Security Standards. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged'

/**
 * The strictest level of the Pod Security Standards that admits a pod, after k8s.io/pod-security-admission of
 * Kubernetes 1.36.
 */
export function podSecurityLevel(pod: PodSpec): PodSecurityLevel {
  const containers = [...(pod.initContainers ?? []), ...pod.containers]
  if (needsPrivileged(pod, containers)) return 'privileged'
  const hasOnlySafeVolumes = (pod.volumes ?? []).every(({ name, ...source }) =>
    Object.keys(source).every((kind) => !restrictedVolumes.includes(kind)),
  )
  return hasOnlySafeVolumes && containers.every((container) => isRestricted(container, pod))
    ? 'restricted'
    : 'baseline'
}

function needsPrivileged(pod: PodSpec, containers: Container[]): boolean {
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) return true
  if (pod.volumes?.some((volume) => volume.hostPath)) return true
  if (pod.securityContext?.sysctls?.some(({ name }) => !Object.hasOwn(safeSysctls, name))) return true
  const contexts = [pod.securityContext, ...containers.map(({ securityContext }) => securityContext)]
  if (contexts.some(isUnconfined)) return true
  return containers.some(
    ({ ports, securityContext: context, livenessProbe, readinessProbe, startupProbe, lifecycle }) =>
      ports?.some((port) => port.hostPort) ||
      context?.privileged ||
      (context?.procMount !== undefined && context.procMount !== 'Default') ||
      context?.capabilities?.add?.some((name) => !baselineCapabilities.includes(name)) ||
      // Since 1.34.
      [livenessProbe, readinessProbe, startupProbe, lifecycle?.preStop, lifecycle?.postStart].some(
        (handler) => handler?.httpGet?.host || handler?.tcpSocket?.host,
      ),
  )
}

function isUnconfined(context: PodSecurityContext | SecurityContext | undefined): boolean {
  const { seLinuxOptions, seccompProfile, windowsOptions } = context ?? {}
  return (
    seccompProfile?.type === 'Unconfined' ||
    appArmorOf(context) === 'Unconfined' ||
    windowsOptions?.hostProcess === true ||
    Boolean(seLinuxOptions?.type && !Object.hasOwn(seLinuxTypes, seLinuxOptions.type)) ||
    Boolean(seLinuxOptions?.user || seLinuxOptions?.role)
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
