import type { Fixer } from '../../fix/types.ts'
import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { eachContainer } from '../each-container.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const hostNamespacesRejections = {
  'host-users': {
    description:
      'Refuses a user namespace of its own for a pod that shares other namespaces, or has raw devices',
    messages: {
      namespace:
        '`hostUsers: false` gives the pod a user namespace of its own, which cannot be combined with `{{name}}: true`.',
      devices: 'Raw block devices (`volumeDevices`) do not work with `hostUsers: false`.',
      removeNamespace: 'Remove `{{name}}: true`.',
      removeHostUsers: 'Remove `hostUsers: false`; the users of the pod are then those of its node.',
    },
    hasSuggestions: true,
  },
  'share-process-namespace': {
    description: 'Refuses a process namespace shared by the containers beside that of the node',
    messages: {
      both: "`shareProcessNamespace` contradicts `hostPID: true`: the containers see each other's processes already, and those of the node.",
      remove: 'Remove `shareProcessNamespace`.',
    },
    fixable: 'code',
  },
} satisfies RejectionTable

const namespaces = [
  ['hostNetwork', 'hostNetwork'],
  ['hostPID', 'HostPID'],
  ['hostIPC', 'HostIPC'],
] as const

/** k8s.io/kubernetes pkg/apis/core/validation: validateHostUsers, and shareProcessNamespace of the pod's context. */
export function validateHostNamespaces(validation: Validation, spec: PodSpec, pod: Field): void {
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    const at = pod.child('shareProcessNamespace')
    validation.report({
      id: 'share-process-namespace',
      at,
      field: pod.child('securityContext', 'shareProcessNamespace'),
      needs: [pod.child('hostPID')],
      messageId: 'both',
      fix: (fixer) => fixer.remove(at.path),
    })
  }
  // With the gate off, the server drops the field.
  if (spec.hostUsers !== false || !validation.somewhere('UserNamespacesSupport')) return
  const id = 'host-users'
  const hostUsers = pod.child('hostUsers')
  const removal = { messageId: 'removeHostUsers', fix: (fixer: Fixer) => fixer.remove(hostUsers.path) }
  for (const [name, printed] of namespaces) {
    if (spec[name] !== true) continue
    if (name === 'hostNetwork' && validation.everywhere('UserNamespacesHostNetworkSupport')) continue
    const at = pod.child(name)
    validation.report({
      id,
      at,
      field: pod.child(printed),
      needs: [hostUsers],
      messageId: 'namespace',
      data: { name },
      suggest: [
        { messageId: 'removeNamespace', data: { name }, fix: (fixer) => fixer.remove(at.path) },
        removal,
      ],
    })
  }
  if (!validation.somewhere('HostUsersRefuseDevices')) return
  eachContainer(spec, pod, ({ volumeDevices }, field) => {
    if (!volumeDevices || volumeDevices.length === 0) return
    const at = field.child('volumeDevices')
    validation.report({ id, at, needs: [hostUsers], messageId: 'devices', suggest: [removal] })
  })
}
