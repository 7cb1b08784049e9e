import type { FileKeySelector, Volume } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import { dnsLabelFault } from '../formats/names.ts'
import { backstepFault } from '../formats/paths.ts'
import { lastOfName, listedNames } from '../listed-names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relaxedEnvNameFault } from './env-names.ts'

export const fileKeyRefRejections = {
  'file-key-ref': {
    description: 'Refuses a fileKeyRef without key, path and a volume of type emptyDir',
    messages: {
      keyless: 'A `fileKeyRef` needs a `key`, the name of the variable in the file.',
      key: '`{{key}}` cannot be the name of a variable: {{fault}}.',
      pathless: 'A `fileKeyRef` needs a `path`, that of the file within the volume.',
      path: 'The path `{{path}}` leads out of the volume: {{fault}}.',
      unnamed: 'A `fileKeyRef` needs a `volumeName`, that of an `emptyDir` of this pod.',
      volume: '`{{name}}` cannot be the name of a volume: {{fault}}.',
      unknown: 'This pod has no volume named `{{name}}`. An `emptyDir` of that name must hold the file.',
      type: 'The volume `{{name}}` is no `emptyDir`, and only there can the file be.',
    },
  },
} satisfies RejectionTable

const id = 'file-key-ref'

/** k8s.io/kubernetes pkg/apis/core/validation: validateFileKeySelector and validateFileKeyRefVolumes. */
export function validateFileKeyRef(
  validation: Validation,
  { key, path, volumeName }: FileKeySelector,
  field: Field,
  context: ContainerContext,
): void {
  if (!key) {
    validation.report({ id, at: field.child('key'), messageId: 'keyless' })
  } else {
    const fault = relaxedEnvNameFault(key)
    const data = { key: excerpt(key), fault: fault ?? '' }
    if (fault) validation.report({ id, at: field.child('key'), messageId: 'key', data })
  }
  if (!path) {
    validation.report({ id, at: field.child('path'), messageId: 'pathless' })
  } else {
    const fault = backstepFault(path)
    const data = { path: excerpt(path), fault: fault ?? '' }
    if (fault) validation.report({ id, at: field.child('path'), messageId: 'path', data })
  }
  validateVolume(validation, volumeName, field.child('volumeName'), context)
}

/** Of volumes that share a name, the last counts. */
function validateVolume(
  validation: Validation,
  name: string | null | undefined,
  at: Field,
  { spec, pod, volumes }: ContainerContext,
): void {
  if (!name) {
    validation.report({ id, at, messageId: 'unnamed' })
    return
  }
  const valid = volumes.refused.has(name) ? undefined : volumes.valid.get(name)
  if (valid && isEmptyDir(valid)) return
  const fault = dnsLabelFault(name)
  if (fault) {
    validation.report({ id, at, messageId: 'volume', data: { name: excerpt(name), fault } })
    return
  }
  const listed = spec.volumes ?? []
  const list = pod.child('volumes')
  const index = lastOfName(listed, name)
  if (index >= 0 && isEmptyDir(listed[index]!)) return
  const needs = [...listedNames(list), ...(index < 0 ? [] : [list.index(index)])]
  validation.report({ id, at, messageId: index < 0 ? 'unknown' : 'type', data: { name }, needs })
}

/** A volume without any source is defaulted to an emptyDir. */
function isEmptyDir(volume: Volume): boolean {
  if (volume.emptyDir) return true
  return Object.entries(volume).every(
    ([key, value]) => key === 'name' || value === null || value === undefined,
  )
}
