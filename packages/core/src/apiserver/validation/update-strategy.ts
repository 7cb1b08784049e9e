import type { DaemonSetUpdateStrategy } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Finding, Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

const amount = {
  format: '`{{value}}` is neither a whole number nor a percentage: write `1`, or `"10%"` of the nodes.',
  negative: '`{{name}}` is a number of nodes, so it cannot be {{value}}.',
  most: '`{{value}}` is more than all nodes: `{{name}}` is at most `100%`.',
  number: 'Write `{{near}}`.',
}

export const updateStrategyRejections = {
  'update-strategy-type': {
    description: 'Refuses an update strategy that a DaemonSet does not have',
    messages: {
      unsupported:
        'There is no update strategy `{{value}}` for a DaemonSet: `RollingUpdate` replaces the pods node by node, `OnDelete` when somebody deletes them.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'max-unavailable': {
    description: 'Refuses a `maxUnavailable` that is no number of nodes and no percentage up to 100',
    messages: amount,
    fixable: 'code',
    hasSuggestions: true,
  },
  'max-surge': {
    description: 'Refuses a `maxSurge` that is no number of nodes and no percentage up to 100',
    messages: amount,
    fixable: 'code',
    hasSuggestions: true,
  },
  'surge-and-unavailable': {
    description: 'Refuses `maxSurge` and `maxUnavailable` that are both 0 or both more',
    messages: {
      both: 'Either `maxSurge` or `maxUnavailable` must be 0: a node either runs the new pod beside the old one, or is without one for a while.',
      defaulted:
        '`maxUnavailable` is 1 unless stated, and with a `maxSurge` it must be 0: a node then runs the new pod beside the old one.',
      none: '`maxSurge` and `maxUnavailable` are both 0, so no pod could ever be replaced.',
      malformed:
        '`maxUnavailable` is 0, so `maxSurge` must say how many nodes may run both pods: no pod could be replaced otherwise.',
      surge: 'Set `maxUnavailable: 0`, so that nodes run both pods for a while.',
      unavailable: 'Set `maxSurge: 0`, so that nodes are without a pod for a while.',
      oneUnavailable: 'Set `maxUnavailable: 1`, so that one node at a time is without a pod for a while.',
      oneSurge: 'Set `maxSurge: 1`, so that one node at a time runs both pods for a while.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const types = ['RollingUpdate', 'OnDelete'] as const

/**
 * How pods are replaced; with `OnDelete` nobody looks at `rollingUpdate`.
 * Source: k8s.io/kubernetes pkg/apis/apps/validation, ValidateDaemonSetUpdateStrategy.
 */
export function validateUpdateStrategy(
  validation: Validation,
  strategy: DaemonSetUpdateStrategy,
  field: Field,
): void {
  const type = strategy.type || 'RollingUpdate'
  if (type === 'OnDelete') return
  if (type === 'RollingUpdate') {
    validateRollingUpdate(validation, strategy, field)
    return
  }
  reportUnsupported(validation, {
    id: 'update-strategy-type',
    at: field.child('type'),
    field,
    value: type,
    allowed: types,
  })
}

type IntOrPercent = number | string

/** ValidateRollingUpdateDaemonSet, once the defaults are set: maxUnavailable 1, maxSurge 0. */
function validateRollingUpdate(
  validation: Validation,
  { rollingUpdate }: DaemonSetUpdateStrategy,
  field: Field,
): void {
  if (!rollingUpdate) return
  const unavailable = rollingUpdate.maxUnavailable ?? 1
  const surge = rollingUpdate.maxSurge ?? 0
  const type = field.child('type')
  const within = field.child('rollingUpdate')
  validateAmount(validation, 'max-unavailable', unavailable, within.child('maxUnavailable'), type)
  validateAmount(validation, 'max-surge', surge, within.child('maxSurge'), type)
  const some = isMoreThanNone(unavailable)
  if (some === isMoreThanNone(surge)) {
    if (some) reportBoth(validation, rollingUpdate.maxUnavailable, within, type)
    else reportNone(validation, { unavailable, surge }, within, type)
  }
}

/** @param unavailable as it is written */
function reportBoth(
  validation: Validation,
  unavailable: IntOrPercent | null | undefined,
  field: Field,
  type: Field,
): void {
  const at = field.child('maxSurge')
  const other = field.child('maxUnavailable')
  const defaulted = unavailable === undefined || unavailable === null
  validation.report({
    id: 'surge-and-unavailable',
    at,
    needs: [other, type],
    messageId: defaulted ? 'defaulted' : 'both',
    suggest: [
      { messageId: 'surge', fix: (fixer) => fixer.set(other.path, 0) },
      { messageId: 'unavailable', fix: (fixer) => fixer.set(at.path, 0) },
    ],
  })
}

function reportNone(
  validation: Validation,
  amounts: { unavailable: IntOrPercent; surge: IntOrPercent },
  field: Field,
  type: Field,
): void {
  const at = field.child('maxUnavailable')
  const surge = field.child('maxSurge')
  // Text that is no amount counts as 0, and has been reported.
  if (amountFault(amounts.unavailable)) return
  validation.report({
    id: 'surge-and-unavailable',
    at,
    needs: [surge, type],
    messageId: amountFault(amounts.surge) ? 'malformed' : 'none',
    suggest: [
      { messageId: 'oneUnavailable', fix: (fixer) => fixer.set(at.path, 1) },
      { messageId: 'oneSurge', fix: (fixer) => fixer.set(surge.path, 1) },
    ],
  })
}

/** ValidatePositiveIntOrPercent and IsNotMoreThan100Percent. */
function validateAmount(
  validation: Validation,
  id: 'max-unavailable' | 'max-surge',
  value: IntOrPercent,
  at: Field,
  type: Field,
): void {
  const messageId = amountFault(value)
  if (!messageId) return
  const data = { value: excerpt(String(value)), name: at.path.at(-1)! }
  validation.report({ id, at, needs: [type], messageId, data, ...mend(value, messageId, at) })
}

/** What is wrong with an amount: which of the messages says so. */
function amountFault(value: IntOrPercent): 'format' | 'negative' | 'most' | undefined {
  if (typeof value === 'number') return value < 0 ? 'negative' : undefined
  if (!/^\d+%$/.test(value)) return 'format'
  return Number(value.slice(0, -1)) > 100 ? 'most' : undefined
}

function mend(value: IntOrPercent, fault: string, { path }: Field): Pick<Finding, 'fix' | 'suggest'> {
  if (typeof value === 'number') return {}
  // A number in quotes can only mean the number.
  if (/^\d{1,9}$/.test(value)) return { fix: (fixer) => fixer.set(path, Number(value)) }
  const percent = /^\s*(\d{1,3})\s*%\s*$/.exec(value)?.[1]
  if (percent === undefined) return {}
  const near = fault === 'most' ? '100%' : `${percent}%`
  return Number(percent) > 100 && fault !== 'most'
    ? {}
    : { suggest: [{ messageId: 'number', data: { near }, fix: (fixer) => fixer.set(path, near) }] }
}

/**
 * As getIntOrPercentValue and Go's strconv.Atoi: text that is a number counts as one though it is refused, other text
 * as 0.
 */
function isMoreThanNone(value: IntOrPercent): boolean {
  if (typeof value === 'number') return value !== 0
  return /^(?:[+-]?\d+|\d+%)$/.test(value) && /[1-9]/.test(value)
}
