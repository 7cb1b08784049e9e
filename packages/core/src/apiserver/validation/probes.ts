import type { Container, Probe } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { type HandlerKind, validateHandler } from './handlers.ts'
import { isPlainInit, reportPlainInit } from './init-container-probe.ts'

export const probesRejections = {
  'probe-handler': {
    description: 'Refuses a probe that does not do exactly one thing',
    messages: {
      none: 'This probe does nothing: give it one of `exec`, `httpGet`, `tcpSocket` and `grpc`.',
      several: 'A probe does one thing only, and this one already has `{{kept}}`.',
    },
  },
  'probe-number': {
    description: 'Refuses negative times and thresholds of a probe',
    messages: {
      negative: '`{{name}}` must not be negative.',
    },
  },
  'probe-success-threshold': {
    description: 'Refuses a livenessProbe or startupProbe that wants more than one success',
    messages: {
      one: 'The `successThreshold` of a `{{probe}}` must be 1, or be left out: one success is enough.',
      set: 'Set it to 1.',
    },
    hasSuggestions: true,
  },
  'probe-grace-period': {
    description:
      'Refuses a terminationGracePeriodSeconds of a probe that is not positive, or of a readinessProbe',
    messages: {
      positive:
        "A probe's `terminationGracePeriodSeconds` must be at least 1, or be left out to use the pod's.",
      readiness: 'A `readinessProbe` never ends a container, so it takes no `terminationGracePeriodSeconds`.',
      remove: 'Remove it.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const
type ProbeName = (typeof probes)[number]

const handler: HandlerKind = { id: 'probe-handler', actions: ['exec', 'httpGet', 'tcpSocket', 'grpc'] }

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateLivenessProbe, validateReadinessProbe, validateStartupProbe, and
 * validateInitContainers, which forbids them.
 */
export function validateProbes(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  for (const name of probes) {
    const probe = container[name]
    if (!probe) continue
    const place = field.child(name)
    if (isPlainInit(container, context)) reportPlainInit(validation, container, field, name)
    else validateProbe(validation, probe, place, name)
  }
}

const numbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const

/** validateProbe; 0 is defaulted. */
function validateProbe(validation: Validation, probe: Probe, field: Field, name: ProbeName): void {
  validateHandler(validation, probe, field, handler)
  for (const number of numbers) {
    const value = probe[number]
    if (!value || value >= 0) continue
    const at = field.child(number)
    validation.report({ id: 'probe-number', at, messageId: 'negative', data: { name: number } })
  }
  if (name !== 'readinessProbe') validateSuccesses(validation, probe, field, name)
  validateGracePeriod(validation, probe, field, name)
}

function validateSuccesses(
  validation: Validation,
  { successThreshold }: Probe,
  field: Field,
  probe: ProbeName,
): void {
  // That it is negative has been said.
  if (!successThreshold || successThreshold <= 1) return
  const at = field.child('successThreshold')
  validation.report({
    id: 'probe-success-threshold',
    at,
    messageId: 'one',
    data: { probe },
    suggest: [{ messageId: 'set', fix: (fixer) => fixer.set(at.path, 1) }],
  })
}

function validateGracePeriod(
  validation: Validation,
  { terminationGracePeriodSeconds: seconds }: Probe,
  field: Field,
  probe: ProbeName,
): void {
  if (seconds === null || seconds === undefined) return
  const readiness = probe === 'readinessProbe'
  if (seconds > 0 && !readiness) return
  const at = field.child('terminationGracePeriodSeconds')
  validation.report({
    id: 'probe-grace-period',
    at,
    messageId: readiness ? 'readiness' : 'positive',
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}
