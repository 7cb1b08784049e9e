import type { PodSpec, TopologySpreadConstraint } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'
import { warnOfLabelKey } from './deprecated-label-keys.ts'
import { validateLabelSelector } from './label-selector.ts'
import { validateMatchLabelKeys, validateOldMatchLabelKeys } from './match-label-keys.ts'
import { warnOfNoSelector } from './null-label-selector.ts'
import { validateUnique } from './topology-spread-unique.ts'

export const topologySpreadRejections = {
  'topology-spread-key': {
    description: 'Refuses a topology spread constraint without a topology key',
    messages: {
      none: 'A topology spread constraint needs a `topologyKey`: the node label by whose value nodes count as one place, such as `topology.kubernetes.io/zone`.',
    },
  },
  'topology-spread-max-skew': {
    description: 'Refuses a topology spread constraint whose maximal skew is not at least 1',
    messages: {
      none: 'A topology spread constraint needs a `maxSkew` of at least 1: the greatest difference allowed between the numbers of pods in two places.',
      least:
        '`maxSkew` must be at least 1, not {{value}}: it is the greatest difference allowed between the numbers of pods in two places.',
      one: 'Write 1.',
    },
    hasSuggestions: true,
  },
  'topology-spread-when-unsatisfiable': {
    description: 'Refuses a topology spread constraint that does not say what to do when it cannot be met',
    messages: {
      none: 'A topology spread constraint needs `whenUnsatisfiable`: `DoNotSchedule` or `ScheduleAnyway`.',
      unsupported: '`{{value}}` is no choice of `whenUnsatisfiable`. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'topology-spread-min-domains': {
    description:
      'Refuses a minimal number of places that is not at least 1, or where pods are scheduled anyway',
    messages: {
      least: '`minDomains` must be at least 1, not {{value}}: it is a number of places.',
      soft: '`minDomains` only works with `whenUnsatisfiable: DoNotSchedule`.',
      remove: 'Remove `minDomains`.',
      harden:
        'Write `whenUnsatisfiable: DoNotSchedule`: where the pods cannot be spread they stay unscheduled.',
    },
    hasSuggestions: true,
  },
  'topology-spread-policy': {
    description: 'Refuses a policy on nodes that is neither Honor nor Ignore',
    messages: {
      unsupported: '`{{value}}` is no `{{name}}`. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const actions = ['DoNotSchedule', 'ScheduleAnyway']
const policies = ['Honor', 'Ignore']

/** k8s.io/kubernetes pkg/apis/core/validation: validateTopologySpreadConstraints; pkg/api/pod for the warnings. */
export function validateTopologySpread(validation: Validation, spec: PodSpec, pod: Field): void {
  const constraints = spec.topologySpreadConstraints
  if (!constraints) return
  const list = pod.child('topologySpreadConstraints')
  eachItem(constraints, list, (constraint, field) => validateConstraint(validation, constraint, field))
  if (constraints.length > 1) validateUnique(validation, constraints, list)
}

function validateConstraint(
  validation: Validation,
  constraint: TopologySpreadConstraint,
  field: Field,
): void {
  validateMaxSkew(validation, constraint.maxSkew, field.child('maxSkew'))
  validateTopologyKey(validation, constraint.topologyKey, field.child('topologyKey'))
  validateAction(validation, constraint.whenUnsatisfiable ?? '', field.child('whenUnsatisfiable'))
  validateMinDomains(validation, constraint, field)
  for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
    const value = constraint[name]
    if (value == null || policies.includes(value)) continue
    const at = field.child(name)
    reportUnsupported(validation, {
      id: 'topology-spread-policy',
      at,
      value,
      allowed: policies,
      data: { name },
    })
  }
  if (validation.everywhere('MatchLabelKeysInPodTopologySpreadSelectorMerge')) {
    validateMatchLabelKeys(validation, constraint, field)
  } else validateOldMatchLabelKeys(validation, constraint, field)
  const { labelSelector } = constraint
  if (labelSelector) validateLabelSelector(validation, labelSelector, field.child('labelSelector'))
  else warnOfNoSelector(validation, constraint, field)
}

function validateMaxSkew(validation: Validation, value: number | null | undefined, at: Field): void {
  if (value && value > 0) return
  validation.report({
    id: 'topology-spread-max-skew',
    at,
    ...(value == null ? { messageId: 'none' } : { messageId: 'least', data: { value } }),
    suggest: [{ messageId: 'one', fix: (fixer) => fixer.set(at.path, 1) }],
  })
}

/** ValidateTopologyKey: its form is not looked at. */
function validateTopologyKey(validation: Validation, key: string | null | undefined, at: Field): void {
  if (!key) validation.report({ id: 'topology-spread-key', at, messageId: 'none' })
  else warnOfLabelKey(validation, 'deprecated-topology-key', key, at)
}

/** ValidateWhenUnsatisfiable. */
function validateAction(validation: Validation, value: string, at: Field): void {
  if (actions.includes(value)) return
  const id = 'topology-spread-when-unsatisfiable'
  if (value === '') {
    validation.report({ id, at, messageId: 'none' })
    return
  }
  reportUnsupported(validation, { id, at, value, allowed: actions })
}

/** validateMinDomains. */
function validateMinDomains(
  validation: Validation,
  constraint: TopologySpreadConstraint,
  field: Field,
): void {
  const value = constraint.minDomains
  if (value == null) return
  const id = 'topology-spread-min-domains'
  const at = field.child('minDomains')
  if (value <= 0) validation.report({ id, at, messageId: 'least', data: { value } })
  const action = constraint.whenUnsatisfiable
  if (action === 'DoNotSchedule') return
  const place = field.child('whenUnsatisfiable')
  validation.report({
    id,
    at,
    needs: [place],
    messageId: 'soft',
    suggest: [
      { messageId: 'remove', fix: (fixer) => fixer.remove(at.path) },
      { messageId: 'harden', fix: (fixer) => fixer.set(place.path, 'DoNotSchedule') },
    ],
  })
}
