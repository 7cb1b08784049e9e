import type { ContainerNode, Path, PodTemplate } from '@daemonlint/core'
import { containersOf, volumesOf } from '../mounts.ts'
import { found, procMounts } from './baseline.ts'
import {
  hasUsersOfNode,
  itemsAt,
  knownAt,
  podContext,
  securityContextsOf,
  surelyLacksItem,
} from './fields.ts'
import { baselineCapabilities, restrictedVolumes } from './standards.ts'
import type { Check, Control, Violation } from './types.ts'

/** What `restricted` forbids or asks for beyond `baseline`, control by control. */
export const restrictedChecks: Partial<Record<Control, Check>> = {
  capabilities: (template, minor) =>
    containersOf(template).flatMap((node) => [
      ...addedBeyond(node),
      ...(isExemptWindows(template, minor) ||
      !surelyLacksItem(node, ['securityContext', 'capabilities', 'drop'], 'ALL')
        ? []
        : [missing('capabilities', node, ['securityContext', 'capabilities', 'drop'])]),
    ]),

  procMount: (template, minor) =>
    minor >= 35 && !hasUsersOfNode(template) ? procMounts('restricted')(template, minor) : [],

  seccomp: (template, minor) => {
    if (isExemptWindows(template, minor) || !template.lacks(...podContext, 'seccompProfile')) return []
    return containersOf(template).flatMap((node) =>
      node.lacks('securityContext', 'seccompProfile')
        ? [missing('seccomp', node, ['securityContext', 'seccompProfile'])]
        : [],
    )
  },

  volumeTypes: (template) =>
    volumesOf(template).flatMap((node) =>
      restrictedVolumes
        .filter((type) => typeof knownAt(node, type) === 'object')
        .map((type) => ({ control: 'volumeTypes', level: 'restricted', node, path: [type], value: type })),
    ),

  privilegeEscalation: (template, minor) =>
    containersOf(template).flatMap((node) => {
      const path = ['securityContext', 'allowPrivilegeEscalation'] as const
      const allowed = found('privilegeEscalation', node, path, (value) => value === true, 'restricted')
      if (allowed.length > 0 || !node.lacks(...path) || isExemptWindows(template, minor)) return allowed
      return [missing('privilegeEscalation', node, path)]
    }),

  runAsNonRoot: (template, minor) => {
    if (minor >= 35 && !hasUsersOfNode(template)) return []
    const ofPod = [...podContext, 'runAsNonRoot']
    const isLeftOpen = template.lacks(...ofPod) || knownAt(template, ...ofPod) === false
    return securityContextsOf(template).flatMap(({ node, path }) => {
      const own = [...path, 'runAsNonRoot']
      const denied = found('runAsNonRoot', node, own, (value) => value === false, 'restricted')
      if (denied.length > 0 || node === template || !isLeftOpen || !node.lacks(...own)) return denied
      return [missing('runAsNonRoot', node, own)]
    })
  },

  runAsUser: (template, minor) =>
    minor >= 35 && !hasUsersOfNode(template)
      ? []
      : securityContextsOf(template).flatMap(({ node, path }) =>
          found('runAsUser', node, [...path, 'runAsUser'], (value) => value === 0, 'restricted'),
        ),
}

/** What baseline lets a container add and restricted does not. */
function addedBeyond(node: ContainerNode): Violation[] {
  const isForbidden = (value: unknown) =>
    value !== 'NET_BIND_SERVICE' && baselineCapabilities.includes(String(value))
  return itemsAt(node, 'securityContext', 'capabilities', 'add').flatMap(({ path }) =>
    found('capabilities', node, path, isForbidden, 'restricted'),
  )
}

/** True where the standards ask nothing of a pod for Windows, or may not: `spec.os.name`, since 1.25. */
function isExemptWindows(template: PodTemplate, minor: number): boolean {
  if (minor < 25) return false
  const os = knownAt(template, 'spec', 'os', 'name')
  return os === undefined ? !template.lacks('spec', 'os', 'name') : os === 'windows'
}

function missing(control: Control, node: Violation['node'], path: Path): Violation {
  return { control, level: 'restricted', node, path }
}
