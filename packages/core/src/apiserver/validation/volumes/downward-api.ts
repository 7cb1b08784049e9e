import type {
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  ResourceFieldSelector,
} from '../../../schema/decoded.generated.ts'
import type { Validation } from '../../check.ts'
import { eachItem } from '../../each-item.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import {
  validateObjectFieldSelector,
  validateResourceFieldSelector,
  volumeFieldPaths,
} from '../field-selectors.ts'
import { validateFileMode } from './file-mode.ts'
import { checkFilePath, filePathMessages } from './file-path.ts'

export const downwardApiRejections = {
  'downward-api-volume': {
    description: 'Refuses files of the downward API without a path, or without exactly one content',
    messages: {
      noPath: 'A file of the downward API needs a `path`: its name in the volume.',
      ...filePathMessages,
      none: 'A file of the downward API needs a content: a `fieldRef` of the pod, or a `resourceFieldRef` of a container.',
      both: 'A file of the downward API has one content, and this one has a `fieldRef` and a `resourceFieldRef`.',
      remove: 'Remove the `{{name}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'downward-api-volume'

/** k8s.io/kubernetes pkg/apis/core/validation: validateDownwardAPIVolumeSource. */
export function validateDownwardApiVolume(
  validation: Validation,
  { defaultMode, items }: DownwardAPIVolumeSource,
  field: Field,
): void {
  validateFileMode(validation, defaultMode, field, 'defaultMode')
  validateDownwardApiFiles(validation, items, field)
}

/**
 * validateDownwardAPIVolumeFile for all files.
 * @param field what holds the `items`
 * @param visit is given each path that is not empty, and where it stands
 */
export function validateDownwardApiFiles(
  validation: Validation,
  items: readonly (DownwardAPIVolumeFile | null)[] | null | undefined,
  field: Field,
  visit?: (path: string, at: Field) => void,
): void {
  if (!items) return
  eachItem(items, field.child('items'), (file, item) => {
    validateFile(namedWithoutItem(validation, field, item), file, item)
    if (file.path && visit) visit(file.path, item.child('path'))
  })
}

function validateFile(validation: Validation, file: DownwardAPIVolumeFile, field: Field): void {
  const { path, fieldRef, resourceFieldRef } = file
  const at = field.child('path')
  if (path) checkFilePath(validation, id, path, at)
  else validation.report({ id, at, messageId: 'noPath' })
  if (fieldRef) {
    validateObjectFieldSelector(validation, fieldRef, field.child('fieldRef'), volumeFieldPaths)
    if (resourceFieldRef) reportBoth(validation, field, resourceFieldRef)
  } else if (resourceFieldRef) {
    validateResourceFieldSelector(validation, resourceFieldRef, field.child('resourceFieldRef'), {
      volume: true,
    })
  } else {
    const needs = [field.child('fieldRef'), field.child('resourceFieldRef')]
    validation.report({ id, at: field, needs, messageId: 'none' })
  }
  validateFileMode(validation, file.mode, field, 'mode')
}

function reportBoth(validation: Validation, field: Field, resource: ResourceFieldSelector): void {
  // Where the resource says nothing, the field is meant.
  const names =
    resource.resource && resource.containerName ? ['resourceFieldRef', 'fieldRef'] : ['resourceFieldRef']
  validation.report({
    id,
    at: field.child('resourceFieldRef'),
    field,
    needs: [field.child('fieldRef')],
    messageId: 'both',
    suggest: names.map((name) => ({
      messageId: 'remove',
      data: { name },
      fix: (fixer) => fixer.remove(field.child(name).path),
    })),
  })
}

/** The API server names what is wrong in a file as if it stood in the volume itself: `downwardAPI.path`. */
function namedWithoutItem(validation: Validation, volume: Field, item: Field): Validation {
  return {
    ...validation,
    report(finding) {
      const field = String(finding.field ?? finding.at).replace(String(item), String(volume))
      return validation.report({ ...finding, field })
    },
  }
}
