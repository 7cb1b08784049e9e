import type { Container, LifecycleHandler } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { type HandlerKind, validateHandler } from './handlers.ts'
import { isPlainInit, reportPlainInit } from './init-container-probe.ts'

export const lifecycleRejections = {
  'lifecycle-handler': {
    description: 'Refuses a lifecycle hook that does not do exactly one thing',
    messages: {
      none: 'This hook does nothing: give it one of `exec`, `httpGet`, `tcpSocket` and `sleep`.',
      dropped:
        'Kubernetes 1.29 drops `sleep`, whose feature gate `PodLifecycleSleepAction` is off there, and refuses the hook that is left with nothing to do.',
      several: 'A hook does one thing only, and this one already has `{{kept}}`.',
    },
  },
  'lifecycle-sleep': {
    description: 'Refuses a sleep that is negative, or longer than the pod has to end',
    messages: {
      negative: '`seconds` must not be negative.',
      zero: 'Before Kubernetes 1.33 `seconds` must be at least 1.',
      long: 'A sleep of {{seconds}} seconds does not fit into the `terminationGracePeriodSeconds` of the pod, {{grace}}{{default}}.',
      longer: 'Give the pod {{seconds}} seconds to end: 30 are left to the daemon.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const hooks = ['postStart', 'preStop'] as const

const handler: HandlerKind = {
  id: 'lifecycle-handler',
  actions: ['exec', 'httpGet', 'tcpSocket', 'sleep'],
}
const withoutSleep: HandlerKind = { ...handler, actions: ['exec', 'httpGet', 'tcpSocket'] }

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateLifecycle, and validateInitContainers, which forbids it. The
 * stop signal is dropped before, as its feature is off: pkg/api/pod, dropContainerStopSignals.
 */
export function validateLifecycle(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  const { lifecycle } = container
  if (!lifecycle) return
  if (isPlainInit(container, context)) {
    const { stopSignal } = lifecycle
    if (lifecycle.postStart || lifecycle.preStop) {
      reportPlainInit(validation, container, field, 'lifecycle')
    } else if (stopSignal === null || stopSignal === undefined) {
      // What holds nothing but a stop signal is dropped with it.
      const needs = [...hooks, 'stopSignal'].map((name) => field.child('lifecycle', name))
      reportPlainInit(validation, container, field, 'lifecycle', needs)
    }
    return
  }
  for (const name of hooks) {
    const hook = lifecycle[name]
    if (hook) validateHook(validation, hook, field.child('lifecycle', name), context)
  }
}

function validateHook(
  validation: Validation,
  hook: LifecycleHandler,
  field: Field,
  context: ContainerContext,
): void {
  // Kubernetes 1.29 drops a sleep, but not the hook.
  if (hook.sleep && !validation.everywhere('PodLifecycleSleepAction')) {
    if (!hook.exec && !hook.httpGet && !hook.tcpSocket) {
      const needs = withoutSleep.actions.map((action) => field.child(action))
      validation.report({ id: handler.id, at: field.child('sleep'), field, needs, messageId: 'dropped' })
      return
    }
  }
  const known = validation.somewhere('PodLifecycleSleepAction')
  const action = validateHandler(validation, hook, field, known ? handler : withoutSleep)
  if (action === 'sleep') validateSleep(validation, hook.sleep!.seconds ?? 0, field.child('sleep'), context)
}

/** validateSleepAction; without terminationGracePeriodSeconds the pod has 30. */
function validateSleep(
  validation: Validation,
  seconds: number | bigint,
  field: Field,
  { spec, pod }: ContainerContext,
): void {
  const id = 'lifecycle-sleep'
  const at = field.child('seconds')
  const grace = spec.terminationGracePeriodSeconds ?? 30
  if (seconds < 0) {
    validation.report({ id, at, field, messageId: 'negative' })
  } else if (seconds > grace) {
    const period = pod.child('terminationGracePeriodSeconds')
    const enough = Number(seconds) + 30
    const stated =
      spec.terminationGracePeriodSeconds !== null && spec.terminationGracePeriodSeconds !== undefined
    validation.report({
      id,
      at,
      field,
      messageId: 'long',
      data: { seconds: String(seconds), grace: String(grace), default: stated ? '' : ' by default' },
      needs: [period],
      suggest: [
        {
          messageId: 'longer',
          data: { seconds: String(enough) },
          fix: (fixer) => fixer.set(period.path, enough),
        },
      ],
    })
  } else if (Number(seconds) === 0 && !validation.everywhere('PodLifecycleSleepActionAllowZero')) {
    validation.report({ id, at, field, messageId: 'zero' })
  }
}
