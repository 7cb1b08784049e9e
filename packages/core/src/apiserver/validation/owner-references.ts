import type { OwnerReference } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const ownerReferencesRejections = {
  'owner-reference': {
    description: 'Refuses references to owners that are incomplete or contradict each other',
    messages: {
      missing: 'A reference to an owner needs `{{name}}`.',
      version: '`{{value}}` is no API version of an owner: write it like `apps/v1`.',
      event: 'An Event owns nothing, so it cannot be an owner.',
      controllers:
        '`controller: true` can stand in one reference only, and it does for {{first}} already: one controller manages the DaemonSet.',
    },
  },
  'duplicate-owner-reference': {
    description: 'Warns of a reference to an owner that is there twice, and drops it',
    messages: { duplicate: 'The same reference to an owner stands above, so the API server drops this one.' },
    fixable: 'code',
    accepted: true,
  },
} satisfies RejectionTable

/**
 * References to owners, each once; those that are the same in all fields are dropped first, with a warning.
 * Source: k8s.io/apimachinery pkg/api/validation, ValidateOwnerReferences; k8s.io/apiserver pkg/endpoints/handlers,
 * dedupOwnerReferences.
 */
export function validateOwnerReferences(
  validation: Validation,
  references: readonly (OwnerReference | null)[],
  field: Field,
): void {
  const seen: { reference: OwnerReference; at: Field }[] = []
  let first: { name: string; at: Field } | undefined
  eachItem(references, field, (reference, at) => {
    const same = seen.find((other) => isSame(other.reference, reference))
    if (same) {
      validation.report({
        id: 'duplicate-owner-reference',
        at,
        field,
        needs: [at, same.at],
        messageId: 'duplicate',
        fix: (fixer) => fixer.remove(at.path),
      })
      return
    }
    seen.push({ reference, at })
    validateOwnerReference(validation, reference, at, field)
    if (reference.controller !== true) return
    const name = `\`${excerpt(`${reference.kind ?? ''}/${reference.name ?? ''}`)}\``
    if (first) {
      validation.report({
        id: 'owner-reference',
        at: at.child('controller'),
        field,
        // Were they the same, one would be dropped.
        needs: [at, first.at],
        messageId: 'controllers',
        data: { first: first.name },
      })
    } else first = { name, at }
  })
}

/** All fields are the same; `false` is not the same as nothing. */
const isSame = (one: OwnerReference, other: OwnerReference): boolean =>
  (one.uid ?? '') === (other.uid ?? '') &&
  (one.name ?? '') === (other.name ?? '') &&
  (one.kind ?? '') === (other.kind ?? '') &&
  (one.apiVersion ?? '') === (other.apiVersion ?? '') &&
  (one.controller ?? undefined) === (other.controller ?? undefined) &&
  (one.blockOwnerDeletion ?? undefined) === (other.blockOwnerDeletion ?? undefined)

const required = ['kind', 'name', 'uid'] as const

/** @param field the list: the API server names it, without the index */
function validateOwnerReference(
  validation: Validation,
  reference: OwnerReference,
  at: Field,
  field: Field,
): void {
  const apiVersion = reference.apiVersion ?? ''
  const version = versionOf(apiVersion)
  if (version === '') {
    validation.report({
      id: 'owner-reference',
      at: at.child('apiVersion'),
      field: field.child('apiVersion'),
      ...(apiVersion === ''
        ? { messageId: 'missing', data: { name: 'apiVersion' } }
        : { messageId: 'version', data: { value: excerpt(apiVersion) } }),
    })
  }
  for (const name of required) {
    if (reference[name]) continue
    validation.report({
      id: 'owner-reference',
      at: at.child(name),
      field: field.child(name),
      messageId: 'missing',
      data: { name },
    })
  }
  if (reference.kind === 'Event' && /^\/?v1$/.test(apiVersion)) {
    validation.report({
      id: 'owner-reference',
      at: at.child('kind'),
      field,
      needs: [at.child('apiVersion')],
      messageId: 'event',
    })
  }
}

/** The version of `group/version`; '' where there is none, or more than one slash. */
function versionOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash === apiVersion.lastIndexOf('/') ? apiVersion.slice(slash + 1) : ''
}
