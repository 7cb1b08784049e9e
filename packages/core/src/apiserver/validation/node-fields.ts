import type { NodeSelectorRequirement } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { dnsSubdomainFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

export const nodeFieldsRejections = {
  'node-affinity-field': {
    description: "Refuses a condition on a node's fields that is not about its name",
    messages: {
      noOperator: "A condition on a node's fields needs an `operator`: `In` or `NotIn`.",
      operator: "`{{value}}` is no operator of a condition on a node's fields. Allowed are {{allowed}}.",
      noKey: "A condition on a node's fields needs the field, `key: metadata.name`.",
      unsupported:
        "`{{value}}` cannot be looked at in `matchFields`: the node's name can, as {{allowed}}. Conditions on labels belong in `matchExpressions`.",
      choose: 'Write `{{choice}}`.',
      one: '`matchFields` takes exactly one value, the name of a node, not {{count}}.',
      name: '`{{value}}` cannot be the name of a node: {{fault}}.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'node-affinity-field'
const keys = ['metadata.name'] as const

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateNodeFieldSelectorRequirement. */
export function validateNodeFields(
  validation: Validation,
  requirement: NodeSelectorRequirement,
  field: Field,
): void {
  const { values } = requirement
  const operator = requirement.operator ?? ''
  const key = requirement.key ?? ''
  const count = values?.length ?? 0
  const at = { operator: field.child('operator'), key: field.child('key'), values: field.child('values') }
  if (operator === 'In' || operator === 'NotIn') {
    if (count !== 1) validation.report({ id, at: at.values, messageId: 'one', data: { count } })
  } else if (operator === '') {
    validation.report({ id, at: at.operator, messageId: 'noOperator' })
  } else {
    const data = { value: excerpt(operator), allowed: '`In` and `NotIn`' }
    validation.report({ id, at: at.operator, messageId: 'operator', data })
  }
  if (key === '') validation.report({ id, at: at.key, messageId: 'noKey' })
  else if (key !== 'metadata.name') {
    reportUnsupported(validation, { id, at: at.key, value: key, allowed: keys })
  } else if (values) validateNames(validation, values, at.values)
}

/** ValidateNodeName. */
function validateNames(validation: Validation, names: readonly (string | null)[], field: Field): void {
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? ''
    const fault = dnsSubdomainFault(name)
    if (!fault) continue
    const data = { value: excerpt(name), fault }
    validation.report({ id, at: field.index(index), needs: [field], messageId: 'name', data })
  }
}
