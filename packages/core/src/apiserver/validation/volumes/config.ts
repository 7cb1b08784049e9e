import type {
  ConfigMapVolumeSource,
  KeyToPath,
  PersistentVolumeClaimVolumeSource,
  SecretVolumeSource,
} from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import { eachItem } from '../../each-item.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { validateFileMode } from './file-mode.ts'
import { checkFilePath, filePathMessages } from './file-path.ts'

export const configVolumesRejections = {
  'config-volume-name': {
    description: 'Refuses a volume of a ConfigMap, Secret or claim that does not say which',
    messages: {
      missing: 'This volume needs `{{name}}`: the name of the {{kind}} that it shows.',
    },
  },
  'volume-items': {
    description: 'Refuses items of a volume without a key, or whose path leads out of the volume',
    messages: {
      noKey: 'An item needs a `key`: the entry of the {{kind}} that becomes a file.',
      noPath: 'An item needs a `path`: the name of the file in the volume.',
      ...filePathMessages,
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** What volumes refer to, by kind. */
type Referred = 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim'

/** k8s.io/kubernetes pkg/apis/core/validation: validateConfigMapVolumeSource. */
export function validateConfigMapVolume(
  validation: Validation,
  source: ConfigMapVolumeSource,
  field: Field,
): void {
  checkReference(validation, source.name, field.child('name'), 'ConfigMap')
  validateFileMode(validation, source.defaultMode, field, 'defaultMode')
  validateItems(validation, source.items, field, 'ConfigMap')
}

/** validateSecretVolumeSource. */
export function validateSecretVolume(validation: Validation, source: SecretVolumeSource, field: Field): void {
  checkReference(validation, source.secretName, field.child('secretName'), 'Secret')
  validateFileMode(validation, source.defaultMode, field, 'defaultMode')
  validateItems(validation, source.items, field, 'Secret')
}

/** validatePersistentClaimVolumeSource. */
export function validateClaimVolume(
  validation: Validation,
  source: PersistentVolumeClaimVolumeSource,
  field: Field,
): void {
  checkReference(validation, source.claimName, field.child('claimName'), 'PersistentVolumeClaim')
}

/** The name of what is referred to must be there; it may be any text. */
export function checkReference(
  validation: Validation,
  name: string | null | undefined,
  at: Field,
  kind: Referred,
): void {
  if (name) return
  validation.report({
    id: 'config-volume-name',
    at,
    messageId: 'missing',
    data: { name: String(at.path.at(-1)), kind },
  })
}

/**
 * validateKeyToPath for all items.
 * @param field what holds the `items`
 * @param visit is given each path that is not empty, and where it stands
 */
export function validateItems(
  validation: Validation,
  items: readonly (KeyToPath | null)[] | null | undefined,
  field: Field,
  kind: Referred,
  visit?: (path: string, at: Field) => void,
): void {
  const id = 'volume-items'
  if (!items) return
  eachItem(items, field.child('items'), ({ key, path, mode }, item) => {
    if (!key) validation.report({ id, at: item.child('key'), messageId: 'noKey', data: { kind } })
    const at = item.child('path')
    if (path) checkFilePath(validation, id, path, at)
    else validation.report({ id, at, messageId: 'noPath' })
    validateFileMode(validation, mode, item, 'mode')
    if (path && visit) visit(path, at)
  })
}
