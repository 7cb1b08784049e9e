import type { ProjectedVolumeSource, VolumeProjection } from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import { eachItem } from '../../each-item.ts'
import type { Field } from '../../field.ts'
import type { RejectionTable } from '../../rejection-meta.ts'
import { relatedTo } from '../../related.ts'
import { checkReference, validateItems } from './config.ts'
import { validateDownwardApiFiles } from './downward-api.ts'
import { validateFileMode } from './file-mode.ts'
import { validateServiceAccountToken } from './service-account-token.ts'

export const projectedRejections = {
  'projected-source': {
    description: 'Refuses a source of a projected volume that is of several kinds',
    messages: {
      several:
        'A source is of one kind, and this one has `{{first}}` and `{{name}}`. Make `{{name}}` an item of its own in `sources`.',
    },
  },
  'projected-path': {
    description: 'Refuses two files of one path in a projected volume',
    messages: {
      duplicate: 'Another file of this volume has the path `{{path}}` too: give one of them another.',
    },
  },
} satisfies RejectionTable

/** The kinds of sources. Those whose feature is off by default are dropped before anything is checked. */
const kinds = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'] as const

/** k8s.io/kubernetes pkg/apis/core/validation: validateProjectedVolumeSource. */
export function validateProjectedVolume(
  validation: Validation,
  { defaultMode, sources }: ProjectedVolumeSource,
  field: Field,
): void {
  validateFileMode(validation, defaultMode, field, 'defaultMode')
  if (!sources) return
  const paths = new Map<string, Field>()
  const visit = (path: string, at: Field) => {
    const first = paths.get(path)
    if (first) reportDuplicate(validation, path, at, first, field)
    else paths.set(path, at)
  }
  eachItem(sources, field.child('sources'), (source, at) => {
    validateSource(validation, source, at, field, visit)
  })
}

/** What validateProjectionSources checks of one source. */
function validateSource(
  validation: Validation,
  source: VolumeProjection,
  field: Field,
  volume: Field,
  visit: (path: string, at: Field) => void,
): void {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source
  if (secret) {
    const at = field.child('secret')
    checkReference(validation, secret.name, at.child('name'), 'Secret')
    validateItems(validation, secret.items, at, 'Secret', visit)
  }
  if (configMap) {
    const at = field.child('configMap')
    checkReference(validation, configMap.name, at.child('name'), 'ConfigMap')
    validateItems(validation, configMap.items, at, 'ConfigMap', visit)
  }
  if (downwardAPI) {
    validateDownwardApiFiles(validation, downwardAPI.items, field.child('downwardAPI'), visit)
  }
  if (serviceAccountToken) {
    validateServiceAccountToken(validation, serviceAccountToken, field.child('serviceAccountToken'), volume)
  }
  const [first, ...others] = kinds.filter((kind) => source[kind])
  for (const name of others) {
    validation.report({
      id: 'projected-source',
      at: field.child(name),
      field,
      needs: [field.child(first!)],
      messageId: 'several',
      data: { first: first!, name },
    })
  }
}

function reportDuplicate(validation: Validation, path: string, at: Field, first: Field, volume: Field): void {
  validation.report({
    id: 'projected-path',
    at,
    field: volume,
    needs: [first],
    messageId: 'duplicate',
    data: { path: excerpt(path) },
    related: relatedTo(validation, first, 'the first of that path'),
  })
}
