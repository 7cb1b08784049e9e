import type { Fixer } from '../../fix/types.ts'
import type { Toleration } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { labelValueFault, qualifiedNameFault } from '../formats/names.ts'
import { nearLabelKey, nearLabelValue } from '../formats/near-labels.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'
import { suggestNear } from '../suggestions.ts'

export const tolerationsRejections = {
  'toleration-key': {
    description: 'Refuses a toleration whose key no taint can have',
    messages: {
      key: '`{{value}}` is no key of a taint: {{fault}}.',
      taint:
        '`{{value}}` is a taint as `kubectl taint` writes it; here its key, value and effect have a field each.',
      choose: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'toleration-operator': {
    description: 'Refuses a toleration with an unknown operator, or without a key but for Exists',
    messages: {
      unsupported: '`{{value}}` is no operator of a toleration. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      gated:
        '`{{value}}` is allowed only where the feature gate TaintTolerationComparisonOperators is on; write `Equal` or `Exists`.',
      key: 'A toleration without a `key` is for every taint, and then its `operator` must be `Exists`.',
      exists: 'Write `operator: Exists`: the pod then runs on every node, whatever its taints.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'toleration-value': {
    description: 'Refuses a toleration whose value no taint can have, or that has one with Exists',
    messages: {
      value: '`{{value}}` is no value of a taint: {{fault}}.',
      choose: 'Write `{{near}}`.',
      exists:
        '`operator: Exists` tolerates the taint whatever its value, so there may be none: not `{{value}}`.',
      remove: 'Remove `value`: any value is tolerated.',
      equal: 'Write `operator: Equal`: this value alone is tolerated.',
    },
    hasSuggestions: true,
  },
  'toleration-effect': {
    description: 'Refuses a toleration for an effect that no taint has',
    messages: {
      unsupported: '`{{value}}` is no effect of a taint. Allowed are {{allowed}}, and none for all of them.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'toleration-seconds': {
    description: 'Refuses tolerationSeconds for any effect but NoExecute',
    messages: {
      effect:
        '`tolerationSeconds` says how long a pod may stay once it would be evicted, and only `effect: NoExecute` evicts.',
      noExecute: 'Write `effect: NoExecute`.',
      remove: 'Remove `tolerationSeconds`: the taint is tolerated forever.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const operators = ['Equal', 'Exists']
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateTolerations. */
export function validateTolerations(
  validation: Validation,
  tolerations: readonly (Toleration | null)[],
  field: Field,
): void {
  eachItem(tolerations, field, (toleration, at) => {
    validateKey(validation, toleration, at)
    validateOperator(validation, toleration, at)
    validateValue(validation, toleration, at)
    validateEffect(validation, toleration, at)
  })
}

function validateKey(validation: Validation, { key }: Toleration, field: Field): void {
  const fault = key ? qualifiedNameFault(key) : undefined
  if (!key || !fault) return
  const at = field.child('key')
  // `gpu=large:NoSchedule` is a whole taint, as kubectl writes it.
  const near = /[:=]/.test(key) ? undefined : nearLabelKey(key)
  validation.report({
    id: 'toleration-key',
    at,
    messageId: /[:=]/.test(key) ? 'taint' : 'key',
    data: { value: excerpt(key), fault },
    ...suggestNear(at, near, 'choose'),
  })
}

/** An empty operator is Equal. */
function validateOperator(validation: Validation, { key, operator, value }: Toleration, field: Field): void {
  const id = 'toleration-operator'
  const at = field.child('operator')
  if (operator && !operators.includes(operator)) {
    if (operator === 'Lt' || operator === 'Gt') {
      if (!validation.everywhere('TaintTolerationComparisonOperators')) {
        validation.report({ id, at, messageId: 'gated', data: { value: operator } })
      }
    } else reportUnsupported(validation, { id, at, value: operator, allowed: operators })
  } else if (!key && operator !== 'Exists') {
    validation.report({
      id,
      at: operator ? at : field.child('key'),
      field: at,
      needs: [field.child('key'), at],
      messageId: 'key',
      ...(!value && {
        suggest: [{ messageId: 'exists', fix: (fixer) => fixer.set(at.path, 'Exists') }],
      }),
    })
  }
}

/** What is wrong with a value is said of the operator. */
function validateValue(validation: Validation, { key, operator, value }: Toleration, field: Field): void {
  if (!value) return
  const id = 'toleration-value'
  const at = field.child('value')
  const named = field.child('operator')
  if (operator === 'Exists') {
    validation.report({
      id,
      at,
      field: named,
      needs: [named],
      messageId: 'exists',
      data: { value: excerpt(value) },
      suggest: [
        { messageId: 'remove', fix: (fixer) => fixer.remove(at.path) },
        ...(key && labelValueFault(value) === undefined
          ? [{ messageId: 'equal', fix: (fixer: Fixer) => fixer.set(named.path, 'Equal') }]
          : []),
      ],
    })
  } else if (!operator || operator === 'Equal') {
    const fault = labelValueFault(value)
    if (!fault) return
    const near = nearLabelValue(value)
    validation.report({
      id,
      at,
      field: named,
      needs: [named],
      messageId: 'value',
      data: { value: excerpt(value), fault },
      ...suggestNear(at, near, 'choose'),
    })
  }
}

/** No effect stands for all of them. */
function validateEffect(validation: Validation, toleration: Toleration, field: Field): void {
  const { effect, tolerationSeconds } = toleration
  const named = field.child('effect')
  if (effect && !effects.includes(effect)) {
    reportUnsupported(validation, { id: 'toleration-effect', at: named, value: effect, allowed: effects })
  } else if (tolerationSeconds !== undefined && tolerationSeconds !== null && effect !== 'NoExecute') {
    const at = field.child('tolerationSeconds')
    validation.report({
      id: 'toleration-seconds',
      at,
      field: named,
      needs: [named],
      messageId: 'effect',
      suggest: [
        { messageId: 'noExecute', fix: (fixer) => fixer.set(named.path, 'NoExecute') },
        { messageId: 'remove', fix: (fixer) => fixer.remove(at.path) },
      ],
    })
  }
}
