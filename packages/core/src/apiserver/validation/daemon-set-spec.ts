import type { DaemonSetSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { validateLabelSelector } from './label-selector.ts'
import { validatePodTemplate } from './pod-template.ts'
import { validateSelectorMatchesTemplate } from './selector-matches-template.ts'
import { validateUpdateStrategy } from './update-strategy.ts'

export const daemonSetSpecRejections = {
  'active-deadline-seconds': {
    description: 'Refuses a deadline for the pods of a DaemonSet',
    messages: {
      deadline:
        'The pods of a DaemonSet run as long as their nodes, so `activeDeadlineSeconds` cannot be set. What is to end belongs in a Job.',
      remove: 'Remove `activeDeadlineSeconds`.',
    },
    hasSuggestions: true,
  },
  'min-ready-seconds': {
    description: 'Refuses a negative number of seconds for which a pod must be ready',
    messages: {
      negative: '`minReadySeconds` is how long a new pod must be ready, so it cannot be {{value}}.',
      zero: 'Write `0`, which is what it is when left out.',
    },
    hasSuggestions: true,
  },
  'revision-history-limit': {
    description: 'Refuses a negative number of old revisions',
    messages: {
      negative: '`revisionHistoryLimit` is how many old revisions are kept, so it cannot be {{value}}.',
      none: 'Write `0`, which keeps none, so that nothing can be rolled back.',
      remove: 'Remove it, so that 10 are kept.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/apps/validation: ValidateDaemonSetSpec. */
export function validateDaemonSetSpec(validation: Validation, spec: DaemonSetSpec, field: Field): void {
  if (spec.selector) {
    // A near key or value alone would match the pods no more than the wrong one.
    validateLabelSelector(validation, spec.selector, field.child('selector'), { suggests: false })
  }
  validateSelectorMatchesTemplate(validation)
  validatePodTemplate(validation, spec.template ?? {}, field.child('template'))
  validateActiveDeadline(validation, spec, field)
  validateMinReadySeconds(validation, spec, field)
  validateUpdateStrategy(validation, spec.updateStrategy ?? {}, field.child('updateStrategy'))
  validateRevisionHistoryLimit(validation, spec, field)
}

function validateActiveDeadline(validation: Validation, { template }: DaemonSetSpec, field: Field): void {
  const deadline = template?.spec?.activeDeadlineSeconds
  if (deadline === undefined || deadline === null) return
  const at = field.child('template', 'spec', 'activeDeadlineSeconds')
  validation.report({
    id: 'active-deadline-seconds',
    at,
    on: 'key',
    messageId: 'deadline',
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}

function validateMinReadySeconds(validation: Validation, spec: DaemonSetSpec, field: Field): void {
  const value = spec.minReadySeconds
  if (!value || value >= 0) return
  const at = field.child('minReadySeconds')
  validation.report({
    id: 'min-ready-seconds',
    at,
    messageId: 'negative',
    data: { value: String(value) },
    suggest: [{ messageId: 'zero', fix: (fixer) => fixer.set(at.path, 0) }],
  })
}

function validateRevisionHistoryLimit(validation: Validation, spec: DaemonSetSpec, field: Field): void {
  const value = spec.revisionHistoryLimit
  if (!value || value >= 0) return
  const at = field.child('revisionHistoryLimit')
  validation.report({
    id: 'revision-history-limit',
    at,
    messageId: 'negative',
    data: { value: String(value) },
    suggest: [
      { messageId: 'remove', fix: (fixer) => fixer.remove(at.path) },
      { messageId: 'none', fix: (fixer) => fixer.set(at.path, 0) },
    ],
  })
}
