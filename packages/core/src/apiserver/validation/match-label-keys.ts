import type { LabelSelector } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { qualifiedNameFault } from '../formats/names.ts'
import { nearLabelKey } from '../formats/near-labels.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { suggestNear } from '../suggestions.ts'

export const matchLabelKeysRejections = {
  'match-label-keys': {
    description: 'Refuses keys of labels that do not go with the label selector beside them',
    messages: {
      noSelector: '`{{name}}` only narrows a `labelSelector`, and there is none.',
      key: '`{{key}}` is no label key: {{fault}}.',
      rename: 'Write `{{near}}`.',
      twice:
        '`{{key}}` is in the `labelSelector` twice and in `matchLabelKeys` too, which adds a condition of its own: remove it from one of them.',
      both: '`{{key}}` is in the `labelSelector` too; before Kubernetes 1.34 a key can stand in only one of the two.',
      opposed: '`{{key}}` is in `mismatchLabelKeys` too, and no pod has both the same value and another.',
      remove: 'Remove it from `{{name}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'match-label-keys'

type Keys = readonly (string | null)[] | null | undefined

/** What states keys: a term of a pod affinity, or a topology spread constraint. */
export interface KeyedSelector {
  readonly labelSelector?: LabelSelector | null | undefined
  readonly matchLabelKeys?: Keys
  readonly mismatchLabelKeys?: Keys
}

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateMatchLabelKeysAndMismatchLabelKeys. */
export function validateMatchLabelKeys(validation: Validation, term: KeyedSelector, field: Field): void {
  const { labelSelector, matchLabelKeys, mismatchLabelKeys } = term
  if (!matchLabelKeys?.length && !mismatchLabelKeys?.length) return
  if (!labelSelector) {
    for (const name of ['matchLabelKeys', 'mismatchLabelKeys'] as const) {
      if (term[name]?.length) reportNoSelector(validation, field, name)
    }
  } else {
    validateKeys(validation, matchLabelKeys, field.child('matchLabelKeys'))
    validateKeys(validation, mismatchLabelKeys, field.child('mismatchLabelKeys'))
    if (matchLabelKeys) validateRepeated(validation, matchLabelKeys, labelSelector, field)
  }
  if (matchLabelKeys && mismatchLabelKeys)
    validateOpposed(validation, matchLabelKeys, mismatchLabelKeys, field)
}

/** ValidateMatchLabelKeysInTopologySpread: what 1.33 and older check of topology spread constraints. */
export function validateOldMatchLabelKeys(validation: Validation, term: KeyedSelector, field: Field): void {
  const { labelSelector, matchLabelKeys } = term
  if (!matchLabelKeys?.length) return
  const list = field.child('matchLabelKeys')
  if (!labelSelector) reportNoSelector(validation, field, 'matchLabelKeys')
  validateKeys(validation, matchLabelKeys, list)
  const selected = new Set(Object.keys(labelSelector?.matchLabels ?? {}))
  for (const expression of labelSelector?.matchExpressions ?? []) selected.add(expression?.key ?? '')
  for (let index = 0; index < matchLabelKeys.length; index++) {
    const key = matchLabelKeys[index] ?? ''
    if (!selected.has(key)) continue
    reportKey(validation, 'both', key, list.index(index), field.child('labelSelector'), 'matchLabelKeys')
  }
}

function reportNoSelector(
  validation: Validation,
  field: Field,
  name: 'matchLabelKeys' | 'mismatchLabelKeys',
): void {
  const needs = [field.child('labelSelector')]
  validation.report({ id, at: field.child(name), needs, messageId: 'noSelector', data: { name } })
}

/** validateLabelKeys. */
function validateKeys(validation: Validation, keys: Keys, field: Field): void {
  if (!keys) return
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? ''
    const fault = qualifiedNameFault(key)
    if (!fault) continue
    const at = field.index(index)
    const near = nearLabelKey(key)
    validation.report({
      id,
      at,
      messageId: 'key',
      data: { key: excerpt(key), fault },
      ...suggestNear(at, near, 'rename'),
    })
  }
}

/**
 * A key may be in the selector once, as it is when the keys have been merged into it. What the API server prints of
 * a key that is there twice lacks the list's name.
 */
function validateRepeated(
  validation: Validation,
  keys: readonly (string | null)[],
  selector: LabelSelector,
  field: Field,
): void {
  if (!selector.matchExpressions) return
  const places = new Map<string, number>()
  for (let index = 0; index < keys.length; index++) places.set(keys[index] ?? '', index)
  const seen = new Set(Object.keys(selector.matchLabels ?? {}))
  for (const expression of selector.matchExpressions) {
    const key = expression?.key ?? ''
    const index = places.get(key)
    if (index !== undefined && seen.has(key)) {
      const at = field.child('matchLabelKeys').index(index)
      reportKey(
        validation,
        'twice',
        key,
        at,
        field.child('labelSelector'),
        'matchLabelKeys',
        field.index(index),
      )
      places.delete(key)
    }
    seen.add(key)
  }
}

function validateOpposed(
  validation: Validation,
  keys: readonly (string | null)[],
  opposed: readonly (string | null)[],
  field: Field,
): void {
  const others = new Set(opposed.map((key) => key ?? ''))
  const list = field.child('matchLabelKeys')
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? ''
    if (!others.has(key)) continue
    reportKey(
      validation,
      'opposed',
      key,
      list.index(index),
      field.child('mismatchLabelKeys'),
      'matchLabelKeys',
    )
  }
}

function reportKey(
  validation: Validation,
  messageId: 'twice' | 'both' | 'opposed',
  key: string,
  at: Field,
  other: Field,
  name: string,
  printed = at,
): void {
  validation.report({
    id,
    at,
    field: printed,
    needs: [other],
    messageId,
    data: { key: excerpt(key) },
    suggest: [{ messageId: 'remove', data: { name }, fix: (fixer) => fixer.remove(at.path) }],
  })
}
