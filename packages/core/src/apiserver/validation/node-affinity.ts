import type {
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
} from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { labelValueFault, qualifiedNameFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { enumerate, reportUnsupported } from '../report-unsupported.ts'
import { warnOfLabelKey } from './deprecated-label-keys.ts'
import { reportConditionKey, reportNeedlessValues } from './label-selector.ts'
import { reportLabelValue } from './labels.ts'
import { validateNodeFields } from './node-fields.ts'
import { validateWeight } from './weight.ts'

export const nodeAffinityRejections = {
  'node-affinity-terms': {
    description: 'Refuses a required node affinity without terms',
    messages: {
      none: 'A required node affinity needs `nodeSelectorTerms`, at least one: the pods go to nodes that meet any of them, so without any they would go nowhere.',
    },
  },
  'node-affinity-expression': {
    description: 'Refuses a condition on nodes whose operator or values do not fit',
    messages: {
      noOperator: 'A condition on nodes needs an `operator`: one of {{allowed}}.',
      unsupported: '`{{value}}` is no operator of a condition on nodes. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      values: '`{{operator}}` needs `values` to compare the label with, at least one.',
      noValues: '`{{operator}}` looks only at whether the label is there, so it takes no `values`.',
      one: '`{{operator}}` compares the label with one number: `values` needs exactly one, not {{count}}.',
      remove: 'Remove the `values`.',
      among: 'Write `{{operator}}`, to compare the label with the `values`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'invalid-preferred-value': {
    description: 'Warns of a preference for a value that no label can have',
    messages: {
      value: '`{{value}}` is no label value: {{fault}}. No node has it, so the preference does nothing.',
    },
    accepted: true,
  },
} satisfies RejectionTable

const id = 'node-affinity-expression'
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] as const

/** k8s.io/kubernetes pkg/apis/core/validation: validateNodeAffinity; pkg/api/node for the warnings. */
export function validateNodeAffinity(validation: Validation, affinity: NodeAffinity, field: Field): void {
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution
  if (required) {
    const terms = field.child('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms')
    if (!required.nodeSelectorTerms?.length) {
      validation.report({ id: 'node-affinity-terms', at: terms, messageId: 'none' })
    }
    eachItem(required.nodeSelectorTerms, terms, (term, at) => validateTerm(validation, term, at, 'required'))
  }
  const preferred = field.child('preferredDuringSchedulingIgnoredDuringExecution')
  eachItem(affinity.preferredDuringSchedulingIgnoredDuringExecution, preferred, (item, at) => {
    validateWeight(validation, 'node-affinity-weight', item.weight, at)
    if (item.preference) validateTerm(validation, item.preference, at.child('preference'), 'preferred')
  })
}

type Kind = 'required' | 'preferred'

/** ValidateNodeSelectorTerm. */
function validateTerm(validation: Validation, term: NodeSelectorTerm, field: Field, kind: Kind): void {
  eachItem(term.matchExpressions, field.child('matchExpressions'), (requirement, at) => {
    validateExpression(validation, requirement, at)
    validateValues(validation, requirement, at, kind)
  })
  eachItem(term.matchFields, field.child('matchFields'), (requirement, at) =>
    validateNodeFields(validation, requirement, at),
  )
}

/** ValidateNodeSelectorRequirement, but for the form of the values. */
function validateExpression(
  validation: Validation,
  requirement: NodeSelectorRequirement,
  field: Field,
): void {
  validateOperator(validation, requirement, field)
  const key = requirement.key ?? ''
  const at = field.child('key')
  const fault = qualifiedNameFault(key)
  if (fault) reportConditionKey(validation, key, fault, at)
  warnOfLabelKey(validation, 'deprecated-affinity-label', key, at)
}

function validateOperator(validation: Validation, requirement: NodeSelectorRequirement, field: Field): void {
  const operator = requirement.operator ?? ''
  const count = requirement.values?.length ?? 0
  const at = field.child('operator')
  const values = field.child('values')
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (count === 0) validation.report({ id, at: values, messageId: 'values', data: { operator } })
      return
    case 'Exists':
    case 'DoesNotExist':
      if (count > 0) reportNeedlessValues(validation, id, operator, field)
      return
    case 'Gt':
    case 'Lt':
      if (count !== 1) validation.report({ id, at: values, messageId: 'one', data: { operator, count } })
      return
    case '':
      validation.report({ id, at, messageId: 'noOperator', data: { allowed: enumerate(operators) } })
      return
    default:
      reportUnsupported(validation, { id, at, value: operator, allowed: operators })
  }
}

/**
 * Values that no label can have. Required terms are refused since 1.33, as ValidateNodeSelectorRequirement says; of
 * preferred ones pkg/api/node, GetWarningsForNodeSelectorTerm, warns.
 */
function validateValues(
  validation: Validation,
  { values }: NodeSelectorRequirement,
  field: Field,
  kind: Kind,
): void {
  if (!values) return
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? ''
    const fault = labelValueFault(value)
    if (!fault) continue
    const at = field.child('values').index(index)
    if (kind === 'preferred') {
      if (!validation.somewhere('PreferredLabelValueWarnings')) return
      const data = { value: excerpt(value), fault }
      validation.report({ id: 'invalid-preferred-value', at, messageId: 'value', data })
    } else if (validation.somewhere('RequiredLabelValues')) {
      reportLabelValue(validation, { value, fault, at, field: at, suggests: true, messageId: 'wanted' })
    }
  }
}
