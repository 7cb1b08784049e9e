import type { LabelSelector, LabelSelectorRequirement } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { labelValueFault, qualifiedNameFault } from '../formats/names.ts'
import { nearLabelKey } from '../formats/near-labels.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { enumerate, reportUnsupported } from '../report-unsupported.ts'
import { suggestNear } from '../suggestions.ts'
import { reportLabelValue, validateLabels } from './labels.ts'

export const labelSelectorRejections = {
  'label-selector': {
    description: 'Refuses a condition on labels whose operator or values do not fit',
    messages: {
      unsupported: '`{{value}}` is no operator of a condition on labels. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      none: 'A condition on labels needs an `operator`: one of {{allowed}}.',
      values: '`{{operator}}` needs `values` to compare the label with, at least one.',
      noValues: '`{{operator}}` looks only at whether the label is there, so it takes no `values`.',
      remove: 'Remove the `values`.',
      among: 'Write `{{operator}}`, to compare the label with the `values`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const

export interface LabelSelectorOptions {
  /** Values that no label can have are let pass. */
  allowInvalidValues?: boolean
  /** Whether near keys and values are suggested; by default they are. */
  suggests?: boolean
}

/**
 * Labels and conditions by which a selector chooses.
 * Source: k8s.io/apimachinery pkg/apis/meta/v1/validation, ValidateLabelSelector.
 */
export function validateLabelSelector(
  validation: Validation,
  selector: LabelSelector,
  field: Field,
  options: LabelSelectorOptions = {},
): void {
  if (selector.matchLabels) {
    const { suggests } = options
    validateLabels(validation, selector.matchLabels, field.child('matchLabels'), { suggests, wanted: true })
  }
  if (!selector.matchExpressions) return
  eachItem(selector.matchExpressions, field.child('matchExpressions'), (requirement, at) =>
    validateRequirement(validation, requirement, at, options),
  )
}

/** ValidateLabelSelectorRequirement. */
function validateRequirement(
  validation: Validation,
  requirement: LabelSelectorRequirement,
  field: Field,
  { allowInvalidValues = false, suggests = true }: LabelSelectorOptions,
): void {
  validateOperator(validation, requirement, field)
  const key = requirement.key ?? ''
  const fault = qualifiedNameFault(key)
  if (fault) reportConditionKey(validation, key, fault, field.child('key'), suggests)
  if (allowInvalidValues) return
  const values = requirement.values ?? []
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? ''
    const fault = labelValueFault(value)
    if (!fault) continue
    const at = field.child('values').index(index)
    reportLabelValue(validation, { value, fault, at, field: at, suggests, messageId: 'wanted' })
  }
}

function validateOperator(validation: Validation, requirement: LabelSelectorRequirement, field: Field): void {
  const id = 'label-selector'
  const operator = requirement.operator ?? ''
  const some = (requirement.values?.length ?? 0) > 0
  const values = field.child('values')
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (!some) validation.report({ id, at: values, messageId: 'values', data: { operator } })
      return
    case 'Exists':
    case 'DoesNotExist':
      if (some) reportNeedlessValues(validation, 'label-selector', operator, field)
      return
    case '':
      validation.report({
        id,
        at: field.child('operator'),
        messageId: 'none',
        data: { allowed: enumerate(operators) },
      })
      return
    default:
      reportUnsupported(validation, { id, at: field.child('operator'), value: operator, allowed: operators })
  }
}

/** A condition on whether a label is there, that has values to compare it with. */
export function reportNeedlessValues(
  validation: Validation,
  id: 'label-selector' | 'node-affinity-expression',
  operator: 'Exists' | 'DoesNotExist',
  field: Field,
): void {
  const at = field.child('values')
  const among = operator === 'Exists' ? 'In' : 'NotIn'
  validation.report({
    id,
    at,
    messageId: 'noValues',
    data: { operator },
    suggest: [
      { messageId: 'remove', fix: (fixer) => fixer.remove(at.path) },
      {
        messageId: 'among',
        data: { operator: among },
        fix: (fixer) => fixer.set(field.child('operator').path, among),
      },
    ],
  })
}

/** The key of a condition on labels that is malformed, or missing. */
export function reportConditionKey(
  validation: Validation,
  key: string,
  fault: string,
  at: Field,
  suggests = true,
): void {
  const near = suggests && key !== '' && nearLabelKey(key)
  validation.report({
    id: 'label-key',
    at,
    ...(key === '' ? { messageId: 'none' } : { messageId: 'key', data: { key: excerpt(key), fault } }),
    ...suggestNear(at, near, 'rename'),
  })
}
