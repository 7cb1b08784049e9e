import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { baselineChecks } from './baseline.ts'
import { knownAt, surelyLacksItem } from './fields.ts'
import { restrictedChecks } from './restricted.ts'
import type { Control, Level, Violation } from './types.ts'

export type { Control, Level, Violation } from './types.ts'

/** The newest minor version of Kubernetes 1 whose standards are known. */
const newest = 36

/**
 * What a level of the Pod Security Standards forbids in a pod, and surely so: what is templated, overlaid, or left out
 * by a patch is no violation, and neither is what such a field may excuse (`spec.os.name`, `hostUsers`). Field for
 * field as the admission plugin judges it, for pods with users of their own and for Windows as well.
 * Source: policy/check_*.go of k8s.io/pod-security-admission, v0.36.
 * @param minor version of the standards: 34 for 1.34
 */
export function violationsOf(template: PodTemplate, level: Level, minor: number = newest): Violation[] {
  const checks = [baselineChecks, ...(level === 'restricted' ? [restrictedChecks] : [])]
  return checks.flatMap((each) => Object.values(each).flatMap((check) => check(template, minor)))
}

/** What one control forbids in a pod, on either level. */
export function violationsOfControl(
  template: PodTemplate,
  control: Control,
  minor: number = newest,
): Violation[] {
  return [baselineChecks, restrictedChecks].flatMap((each) => each[control]?.(template, minor) ?? [])
}

/**
 * True when a container is privileged, or may be: it has every capability whatever else it says, and no seccomp,
 * AppArmor or SELinux profile holds it.
 */
export function mayBePrivileged(container: ContainerNode): boolean {
  const path = ['securityContext', 'privileged'] as const
  return knownAt(container, ...path) === true || container.isUnknown(...path)
}

/** True when a container adds one of these capabilities, or a placeholder may. What a patch does not say is not asked. */
export function mayAdd(container: ContainerNode, names: readonly string[]): boolean {
  const path = ['securityContext', 'capabilities', 'add']
  if (container.manifest.role === 'patch' && knownAt(container, ...path) === undefined) return false
  return names.some((name) => !surelyLacksItem(container, path, name))
}
