import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { qualifiedNameFault } from '../formats/names.ts'
import { nearLabelKey } from '../formats/near-labels.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import { reportUnsupported } from '../report-unsupported.ts'
import { suggestNear } from '../suggestions.ts'
import { warnOfNodeSelector } from './deprecated-node-selector.ts'
import { validateLabels } from './labels.ts'

const choose = 'Write `{{near}}`.'

export const podSchedulingRejections = {
  'preemption-policy': {
    description: 'Refuses an unknown preemption policy',
    messages: {
      unsupported: '`{{value}}` is no preemption policy. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      empty:
        '`preemptionPolicy` is empty. Write `PreemptLowerPriority` or `Never`, or remove the line: the priority class then decides.',
      remove: 'Remove `preemptionPolicy`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'readiness-gate': {
    description: 'Refuses a readiness gate whose condition no pod can have',
    messages: {
      name: '`{{value}}` cannot be the type of a condition: {{fault}}.',
      empty: 'A readiness gate needs a `conditionType`, the condition of the pod that it waits for.',
      choose,
    },
    hasSuggestions: true,
  },
  'scheduling-gate': {
    description: 'Refuses a scheduling gate with a malformed name or one that is stated twice',
    messages: {
      name: '`{{value}}` cannot be the name of a scheduling gate: {{fault}}.',
      empty: 'A scheduling gate needs a `name`.',
      duplicate: 'The scheduling gate `{{value}}` is listed twice: once is enough.',
      choose,
      remove: 'Remove the second one.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const preemptionPolicies = ['PreemptLowerPriority', 'Never']

/** What says on which nodes a pod may run, and when. */
export function validatePodScheduling(validation: Validation, spec: PodSpec, pod: Field): void {
  const { nodeSelector, preemptionPolicy, readinessGates, schedulingGates } = spec
  if (nodeSelector) {
    const field = pod.child('nodeSelector')
    validateLabels(validation, nodeSelector, field, { wanted: true })
    warnOfNodeSelector(validation, nodeSelector, field)
  }
  if (preemptionPolicy !== undefined && preemptionPolicy !== null) {
    validatePreemptionPolicy(validation, preemptionPolicy, pod.child('preemptionPolicy'))
  }
  if (readinessGates) {
    eachItem(readinessGates, pod.child('readinessGates'), ({ conditionType }, field) => {
      const at = field.child('conditionType')
      validateQualifiedName(validation, 'readiness-gate', conditionType ?? '', at, at)
    })
  }
  if (schedulingGates) validateSchedulingGates(validation, spec, pod.child('schedulingGates'))
}

/** ValidatePreemptionPolicy: an empty one is no absent one. */
function validatePreemptionPolicy(validation: Validation, value: string, at: Field): void {
  if (preemptionPolicies.includes(value)) return
  const id = 'preemption-policy'
  if (value !== '') {
    reportUnsupported(validation, { id, at, value, allowed: preemptionPolicies })
    return
  }
  validation.report({
    id,
    at,
    messageId: 'empty',
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}

/** validateSchedulingGates: what is wrong with a gate is said of the gate, not of its name. */
function validateSchedulingGates(validation: Validation, { schedulingGates }: PodSpec, list: Field): void {
  const first = new Map<string, Field>()
  eachItem(schedulingGates, list, ({ name }, field) => {
    const value = name ?? ''
    const at = field.child('name')
    validateQualifiedName(validation, 'scheduling-gate', value, at, field)
    const other = first.get(value)
    if (!other) first.set(value, at)
    else if (value !== '') {
      validation.report({
        id: 'scheduling-gate',
        at,
        field,
        needs: [other],
        messageId: 'duplicate',
        data: { value: excerpt(value) },
        related: relatedTo(validation, other, 'stated here first'),
        suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(field.path) }],
      })
    }
  })
}

/** ValidateQualifiedName. */
function validateQualifiedName(
  validation: Validation,
  id: 'readiness-gate' | 'scheduling-gate',
  value: string,
  at: Field,
  field: Field,
): void {
  if (value === '') {
    validation.report({ id, at, field, messageId: 'empty' })
    return
  }
  const fault = qualifiedNameFault(value)
  if (!fault) return
  const near = nearLabelKey(value)
  validation.report({
    id,
    at,
    field,
    messageId: 'name',
    data: { value: excerpt(value), fault },
    ...suggestNear(at, near, 'choose'),
  })
}
