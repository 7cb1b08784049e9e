import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { eachContainer } from '../each-container.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

export const podOsRejections = {
  'pod-os': {
    description: 'Refuses an operating system that no node has',
    messages: {
      missing: '`os` needs a `name`: `linux` or `windows`.',
      unsupported: '`{{value}}` is no operating system of a pod. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'os-field': {
    description: 'Refuses settings that the operating system of the pod does not have',
    messages: {
      windows: '`{{name}}` means nothing on Windows, and the pod is for it (`os.name: windows`).',
      linux: '`windowsOptions` mean nothing on Linux, and the pod is for it (`os.name: linux`).',
      remove: 'Remove `{{name}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: validateOS, validateLinux and validateWindows. */
export function validatePodOs(validation: Validation, spec: PodSpec, pod: Field): void {
  const { os } = spec
  if (!os) return
  const at = pod.child('os', 'name')
  if (!os.name) validation.report({ id: 'pod-os', at, messageId: 'missing' })
  else if (os.name === 'linux') validateLinux(validation, spec, pod)
  else if (os.name === 'windows') validateWindows(validation, spec, pod)
  else {
    const allowed = ['linux', 'windows']
    reportUnsupported(validation, { id: 'pod-os', at, field: pod.child('os'), value: os.name, allowed })
  }
}

function validateLinux(validation: Validation, spec: PodSpec, pod: Field): void {
  const forbid = (
    context: { windowsOptions?: object | null | undefined } | null | undefined,
    field: Field,
  ) => {
    if (context?.windowsOptions)
      report(validation, pod, field.child('windowsOptions'), 'windowsOptions', 'linux')
  }
  forbid(spec.securityContext, pod.child('securityContext'))
  eachContainer(spec, pod, (container, field) =>
    forbid(container.securityContext, field.child('securityContext')),
  )
}

/** Forbidden even when they are false or empty; of the pod and of its security context. */
const podFields = ['hostUsers', 'shareProcessNamespace'] as const
const podContextFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const
const containerContextFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const

/** The gates without which the server drops a field before it looks at it. */
const gates = {
  hostUsers: 'UserNamespacesSupport',
  supplementalGroupsPolicy: 'SupplementalGroupsPolicy',
  seLinuxChangePolicy: 'SELinuxChangePolicy',
} as const

function validateWindows(validation: Validation, spec: PodSpec, pod: Field): void {
  const forbid = (settings: object, names: readonly string[], field: Field) => {
    for (const name of names) {
      const value = (settings as Record<string, unknown>)[name]
      if (value === null || value === undefined) continue
      const gate = Object.hasOwn(gates, name) ? gates[name as keyof typeof gates] : undefined
      if (gate && !validation.somewhere(gate)) continue
      report(validation, pod, field.child(name), name, 'windows')
    }
  }
  forbid(spec, podFields, pod)
  for (const name of ['hostPID', 'hostIPC'] as const) {
    if (spec[name] === true) report(validation, pod, pod.child(name), name, 'windows')
  }
  const context = spec.securityContext
  if (context) {
    const field = pod.child('securityContext')
    forbid(context, podContextFields, field)
    if (context.sysctls && context.sysctls.length > 0) {
      report(validation, pod, field.child('sysctls'), 'sysctls', 'windows')
    }
  }
  eachContainer(spec, pod, (container, field) => {
    const own = container.securityContext
    if (own) forbid(own, containerContextFields, field.child('securityContext'))
  })
}

function report(
  validation: Validation,
  pod: Field,
  at: Field,
  name: string,
  messageId: 'windows' | 'linux',
): void {
  validation.report({
    id: 'os-field',
    at,
    on: 'key',
    needs: [pod.child('os', 'name')],
    messageId,
    data: { name },
    suggest: [{ messageId: 'remove', data: { name }, fix: (fixer) => fixer.remove(at.path) }],
  })
}
