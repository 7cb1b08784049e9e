import type { Path, PodTemplate } from '@daemonlint/core'
import { handlerPaths } from '../handlers.ts'
import { containersOf, volumesOf } from '../mounts.ts'
import { hasUsersOfNode, itemsAt, knownAt, podContext, securityContextsOf } from './fields.ts'
import { baselineCapabilities, safeSysctls, seLinuxTypes } from './standards.ts'
import type { Check, Control, Level, Violation } from './types.ts'

export const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/'

/** What the level `baseline` forbids, control by control: policy/check_*.go of k8s.io/pod-security-admission. */
export const baselineChecks: Partial<Record<Control, Check>> = {
  hostProcess: inContexts('hostProcess', ['windowsOptions', 'hostProcess'], (value) => value === true),

  hostNamespaces: (template) =>
    ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((field) =>
      found('hostNamespaces', template, ['spec', field], (value) => value === true),
    ),

  privileged: inContainers('privileged', ['securityContext', 'privileged'], (value) => value === true),

  capabilities: (template) =>
    containersOf(template).flatMap((node) =>
      itemsAt(node, 'securityContext', 'capabilities', 'add').flatMap(({ path }) =>
        found('capabilities', node, path, (value) => !baselineCapabilities.includes(String(value))),
      ),
    ),

  hostPathVolumes: (template) =>
    volumesOf(template).flatMap((node) =>
      found('hostPathVolumes', node, ['hostPath', 'path'], (value) => typeof value === 'string'),
    ),

  hostPorts: (template) =>
    containersOf(template).flatMap((node) =>
      itemsAt(node, 'ports').flatMap(({ path }) =>
        found('hostPorts', node, [...path, 'hostPort'], (value) => value !== 0),
      ),
    ),

  probeHosts: (template, minor) =>
    minor < 34
      ? []
      : containersOf(template).flatMap((node) =>
          handlerPaths.flatMap((path) =>
            ['httpGet', 'tcpSocket'].flatMap((action) =>
              found('probeHosts', node, [...path, action, 'host'], (value) => value !== ''),
            ),
          ),
        ),

  appArmor: (template, minor) => [
    ...inContexts('appArmor', ['appArmorProfile', 'type'], isNoProfile)(template, minor),
    ...Object.keys((knownAt(template, 'metadata', 'annotations') as object | undefined) ?? {})
      .filter((key) => key.startsWith(appArmorAnnotation))
      .flatMap((key) =>
        found('appArmor', template, ['metadata', 'annotations', key], (value) => !isProfile(String(value))),
      ),
  ],

  seLinux: (template, minor) => [
    ...inContexts('seLinux', ['seLinuxOptions', 'type'], (value) => {
      return value !== '' && !((seLinuxTypes[String(value)] ?? Number.POSITIVE_INFINITY) <= minor)
    })(template, minor),
    ...['user', 'role'].flatMap((field) =>
      inContexts('seLinux', ['seLinuxOptions', field], (value) => value !== '')(template, minor),
    ),
  ],

  procMount: (template, minor) =>
    minor < 35 || hasUsersOfNode(template) ? procMounts('baseline')(template, minor) : [],

  seccomp: inContexts('seccomp', ['seccompProfile', 'type'], isNoProfile),

  sysctls: (template, minor) =>
    itemsAt(template, ...podContext, 'sysctls').flatMap(({ path }) =>
      found('sysctls', template, [...path, 'name'], (value) => {
        return !((safeSysctls[String(value)] ?? Number.POSITIVE_INFINITY) <= minor)
      }),
    ),
}

/** `restricted` forbids it to pods with users of their own as well. */
export function procMounts(level: Level): Check {
  return inContainers('procMount', ['securityContext', 'procMount'], (value) => value !== 'Default', level)
}

function isNoProfile(type: unknown): boolean {
  return type !== 'RuntimeDefault' && type !== 'Localhost'
}

function isProfile(annotation: string): boolean {
  return annotation === '' || annotation === 'runtime/default' || annotation.startsWith('localhost/')
}

type Test = (value: unknown) => boolean

/** A violation where a value is known and forbidden. */
export function found(
  control: Control,
  node: Violation['node'],
  path: Path,
  isForbidden: Test,
  level: Level = 'baseline',
): Violation[] {
  const value = knownAt(node, ...path)
  if (value === undefined || !isForbidden(value)) return []
  return [{ control, level, node, path, value: value as string | number | boolean }]
}

function inContexts(control: Control, field: Path, isForbidden: Test): Check {
  return (template) =>
    securityContextsOf(template).flatMap(({ node, path }) =>
      found(control, node, [...path, ...field], isForbidden),
    )
}

function inContainers(control: Control, path: Path, isForbidden: Test, level: Level = 'baseline'): Check {
  return (template: PodTemplate) =>
    containersOf(template).flatMap((node) => found(control, node, path, isForbidden, level))
}
