import type { HostPathVolumeSource } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { backstepFault } from '../../formats/paths.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { reportUnsupported } from '../../report-unsupported.ts'

export const hostPathRejections = {
  'host-path': {
    description: "Refuses a hostPath without a path, or with one that leads upwards by '..'",
    messages: {
      missing: 'A `hostPath` volume needs a `path`: the file or directory of the node that the pod gets.',
      backstep:
        '`{{path}}` cannot be the path of a `hostPath`: {{fault}}. Write where on the node it leads to.',
    },
  },
  'host-path-type': {
    description: 'Refuses an unknown type of a hostPath',
    messages: {
      unsupported:
        '`{{value}}` is no type of a `hostPath`. Allowed are {{allowed}}; without a type the kubelet checks nothing.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const types: readonly string[] = [
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
]

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateHostPathVolumeSource. The path may be relative, and the type is
 * looked at only where there is a path.
 */
export function validateHostPath(
  validation: Validation,
  { path, type }: HostPathVolumeSource,
  field: Field,
): void {
  const at = field.child('path')
  if (!path) {
    validation.report({ id: 'host-path', at, messageId: 'missing' })
    return
  }
  const fault = backstepFault(path)
  if (fault) {
    validation.report({ id: 'host-path', at, messageId: 'backstep', data: { path: excerpt(path), fault } })
  }
  if (type && !types.includes(type)) {
    reportUnsupported(validation, {
      id: 'host-path-type',
      at: field.child('type'),
      needs: [at],
      value: type,
      allowed: types,
    })
  }
}
