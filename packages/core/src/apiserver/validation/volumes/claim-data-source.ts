import type {
  PersistentVolumeClaimSpec,
  TypedLocalObjectReference,
} from '../../../schema/decoded.generated.ts'
import { excerpt } from '../../../text/excerpt.ts'
import type { Validation } from '../../check.ts'
import type { Field } from '../../field.ts'
import { dnsLabelFault, dnsSubdomainFault } from '../../formats/names.ts'
import type { RejectionTable } from '../../rejection-meta.ts'

export const claimDataSourceRejections = {
  'claim-data-source': {
    description: 'Refuses a source of the first content of a claim that does not name one object',
    messages: {
      noName: '`{{source}}` needs the `name` of what the volume is filled from.',
      noKind: '`{{source}}` needs a `kind`, such as `PersistentVolumeClaim` or `VolumeSnapshot`.',
      core: '`{{source}}` without an `apiGroup` can only be a `PersistentVolumeClaim`. For another kind write its `apiGroup`.',
      snapshot: 'Write `apiGroup: snapshot.storage.k8s.io`.',
      group: '`{{value}}` cannot be an `apiGroup`: {{fault}}.',
      groupOnly: 'Write `{{near}}`, the group without a version.',
      namespace: '`{{value}}` cannot be the name of a namespace: {{fault}}.',
      across: '`dataSource` cannot go with a `dataSourceRef` to another namespace.',
      differ:
        '`dataSource` and `dataSourceRef` must name the same object, or one of them be left out; the API server then fills it in.',
      remove: 'Remove `{{name}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'claim-data-source'

/** What ValidatePersistentVolumeClaimSpec checks of what a claim's volume is filled from. */
export function validateDataSources(
  validation: Validation,
  { dataSource, dataSourceRef }: PersistentVolumeClaimSpec,
  spec: Field,
): void {
  const field = spec.child('dataSource')
  const reference = spec.child('dataSourceRef')
  if (dataSource) validateDataSource(validation, dataSource, field)
  if (!dataSourceRef) return
  validateDataSource(validation, dataSourceRef, reference)
  const { namespace } = dataSourceRef
  if (namespace) validateNamespace(validation, namespace, reference.child('namespace'))
  if (!dataSource) return
  const same =
    (dataSource.apiGroup ?? undefined) === (dataSourceRef.apiGroup ?? undefined) &&
    (dataSource.kind ?? '') === (dataSourceRef.kind ?? '') &&
    (dataSource.name ?? '') === (dataSourceRef.name ?? '')
  if (same && !namespace) return
  const needs = namespace ? [reference.child('namespace')] : [field, reference]
  validation.report({
    id,
    at: field,
    field: spec,
    needs,
    messageId: namespace ? 'across' : 'differ',
    suggest: (namespace ? ['dataSource'] : ['dataSource', 'dataSourceRef']).map((name) => ({
      messageId: 'remove',
      data: { name },
      fix: (fixer) => fixer.remove(spec.child(name).path),
    })),
  })
}

/** validateDataSource, and the like of validateDataSourceRef. */
function validateDataSource(
  validation: Validation,
  { apiGroup, kind, name }: TypedLocalObjectReference,
  field: Field,
): void {
  const source = String(field.path.at(-1))
  const data = { source }
  const group = field.child('apiGroup')
  if (!name) validation.report({ id, at: field.child('name'), messageId: 'noName', data })
  if (!kind) validation.report({ id, at: field.child('kind'), messageId: 'noKind', data })
  if (!apiGroup) {
    if (kind === 'PersistentVolumeClaim') return
    const snapshot = kind === 'VolumeSnapshot'
    validation.report({
      id,
      at: kind ? field.child('kind') : field,
      field,
      needs: [group, field.child('kind')],
      messageId: 'core',
      data,
      ...(snapshot && {
        suggest: [
          {
            messageId: 'snapshot',
            fix: (fixer) => fixer.set(group.path, 'snapshot.storage.k8s.io'),
          },
        ],
      }),
    })
    return
  }
  const fault = dnsSubdomainFault(apiGroup)
  if (!fault) return
  const [near] = apiGroup.split('/', 1)
  const versioned = near && near !== apiGroup && dnsSubdomainFault(near) === undefined
  validation.report({
    id,
    at: group,
    messageId: 'group',
    data: { value: excerpt(apiGroup), fault },
    ...(versioned && {
      suggest: [{ messageId: 'groupOnly', data: { near }, fix: (fixer) => fixer.set(group.path, near) }],
    }),
  })
}

function validateNamespace(validation: Validation, namespace: string, at: Field): void {
  const fault = dnsLabelFault(namespace)
  if (!fault) return
  validation.report({ id, at, messageId: 'namespace', data: { value: excerpt(namespace), fault } })
}
