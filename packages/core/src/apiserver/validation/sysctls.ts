import type { Fixer } from '../../fix/types.ts'
import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const sysctlsRejections = {
  sysctl: {
    description:
      'Refuses sysctls without a valid name, twice, or of a namespace that the pod shares with its node',
    messages: {
      missing: 'A sysctl needs a `name`, such as `net.core.somaxconn`.',
      name: '`{{name}}` cannot be the name of a sysctl: only lower-case letters, digits, `-` and `_` are allowed, parted by `.` or `/`, and at most 253 characters.',
      duplicate: 'The sysctl `{{name}}` is set twice, and it can have only one value: remove one of the two.',
      remove: 'Remove the second.',
      hostNetwork:
        '`{{name}}` belongs to the network, and with `hostNetwork: true` the pod has that of its node: set it on the node.',
      hostIPC:
        '`{{name}}` belongs to the IPC namespace, and with `hostIPC: true` the pod has that of its node: set it on the node.',
      removeSysctl: 'Remove the sysctl.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const pattern = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/

/** Source: k8s.io/component-helpers node/util/sysctl, namespace.go. */
const ipcNames: ReadonlySet<string> = new Set([
  'kernel.sem',
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
  'kernel.shm',
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.msg',
])

/** k8s.io/kubernetes pkg/apis/core/validation: validateSysctls. */
export function validateSysctls(validation: Validation, spec: PodSpec, pod: Field): void {
  const sysctls = spec.securityContext?.sysctls
  if (!sysctls || sysctls.length === 0) return
  const id = 'sysctl'
  const seen = new Set<string>()
  eachItem(sysctls, pod.child('securityContext', 'sysctls'), (sysctl, field) => {
    const at = field.child('name')
    const name = sysctl.name ?? ''
    const data = { name: excerpt(name) }
    if (name === '') validation.report({ id, at, messageId: 'missing' })
    else if (name.length > 253 || !pattern.test(name)) {
      validation.report({ id, at, messageId: 'name', data })
    } else if (seen.has(name)) {
      const suggest = [{ messageId: 'remove', fix: removing(field) }]
      validation.report({ id, at, messageId: 'duplicate', data, suggest })
    }
    seen.add(name)
    const shared = sharedNamespace(name)
    if (!shared || spec[shared] !== true) return
    const suggest = [{ messageId: 'removeSysctl', fix: removing(field) }]
    validation.report({ id, at, needs: [pod.child(shared)], messageId: shared, data, suggest })
  })
}

const removing = (field: Field) => (fixer: Fixer) => fixer.remove(field.path)

/** The field that makes the sysctl one of the node. */
function sharedNamespace(sysctl: string): 'hostNetwork' | 'hostIPC' | undefined {
  const name = dotted(sysctl)
  if (name.startsWith('net.')) return 'hostNetwork'
  return ipcNames.has(name) || name.startsWith('fs.mqueue.') ? 'hostIPC' : undefined
}

/** With slashes as separators, dots are part of names: `net/ipv4/conf/eno2.100/rp_filter`. */
function dotted(name: string): string {
  if (!/^[^.]*\//.test(name)) return name
  return name.replace(/[./]/g, (letter) => (letter === '.' ? '/' : '.'))
}
