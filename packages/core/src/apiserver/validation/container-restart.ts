import type { Container, ContainerRestartRule } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { enumerate, reportUnsupported } from '../report-unsupported.ts'

export const containerRestartRejections = {
  'container-restart-policy': {
    description: 'Refuses a restartPolicy that a container cannot have',
    messages: {
      unsupported: '`{{value}}` is no `restartPolicy` of {{what}}. Allowed are {{allowed}}.',
      only: 'Before Kubernetes 1.34 the only `restartPolicy` of an init container is `Always`, not `{{value}}`.',
      forbidden: 'Before Kubernetes 1.34 only init containers can have a `restartPolicy`.',
      required:
        'A container with `restartPolicyRules` needs a `restartPolicy`, for exits that no rule covers.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'restart-policy-rule': {
    description: 'Refuses restartPolicyRules that are too many, or incomplete',
    messages: {
      many: 'A container can have at most 20 `restartPolicyRules`, not {{count}}.',
      sidecar: 'Before Kubernetes 1.36 a sidecar cannot have `restartPolicyRules`.',
      unsupported: '`{{value}}` is no `{{name}}` of a restart rule. Allowed are {{allowed}}.',
      absent: 'A restart rule needs an `{{name}}`. Allowed are {{allowed}}.',
      exitCodes: 'A restart rule needs `exitCodes`, the exits that it is for.',
      values: 'A restart rule can list at most 255 exit codes, not {{count}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

const policies = ['Always', 'Never', 'OnFailure']

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateInitContainerRestartPolicy and validateContainerRestartPolicy,
 * with pkg/api/pod, dropContainerRestartRules. Kubernetes 1.34 drops what it does not know yet.
 */
export function validateContainerRestart(
  validation: Validation,
  container: Container,
  field: Field,
  { list }: ContainerContext,
): void {
  const { restartPolicy, restartPolicyRules } = container
  const policy = restartPolicy ?? undefined
  const rules = restartPolicyRules && restartPolicyRules.length > 0
  if (policy === undefined && !rules) return
  const init = list === 'initContainers'
  if (
    policy !== undefined &&
    !validation.everywhere('ContainerRestartPolicyDropped') &&
    !(init && policy === 'Always')
  ) {
    reportEarly(validation, policy, field, init)
    return
  }
  if (!validation.somewhere('ContainerRestartRules')) return
  validatePolicy(validation, policy, field, init)
  if (!rules || (init && policy === undefined)) return
  const place = field.child('restartPolicyRules')
  if (init && policy === 'Always' && !validation.everywhere('RestartAllContainersOnContainerExits')) {
    validation.report({ id: 'restart-policy-rule', at: place, messageId: 'sidecar' })
    return
  }
  validateRules(validation, restartPolicyRules, place)
}

function reportEarly(validation: Validation, value: string, field: Field, init: boolean): void {
  const at = field.child('restartPolicy')
  const messageId = init ? 'only' : 'forbidden'
  validation.report({ id: 'container-restart-policy', at, messageId, data: { value: excerpt(value) } })
}

function validatePolicy(
  validation: Validation,
  value: string | undefined,
  field: Field,
  init: boolean,
): void {
  const id = 'container-restart-policy'
  const at = field.child('restartPolicy')
  const what = init ? 'an init container' : 'a container'
  if (value === undefined) validation.report({ id, at, messageId: 'required' })
  else if (!policies.includes(value))
    reportUnsupported(validation, { id, at, value, allowed: policies, data: { what } })
}

const operators = ['In', 'NotIn']

function validateRules(validation: Validation, rules: Container['restartPolicyRules'], field: Field): void {
  const id = 'restart-policy-rule'
  const count = rules?.length ?? 0
  if (count > 20) validation.report({ id, at: field, messageId: 'many', data: { count } })
  const actions = validation.everywhere('RestartAllContainersOnContainerExits')
    ? ['Restart', 'RestartAllContainers']
    : ['Restart']
  eachItem(rules, field, ({ action, exitCodes }: ContainerRestartRule, rule) => {
    validateWord(validation, action, actions, rule, 'action')
    const codes = rule.child('exitCodes')
    if (!exitCodes) {
      validation.report({ id, at: codes, messageId: 'exitCodes' })
      return
    }
    validateWord(validation, exitCodes.operator, operators, codes, 'operator')
    const values = exitCodes.values?.length ?? 0
    if (values > 255)
      validation.report({ id, at: codes.child('values'), messageId: 'values', data: { count: values } })
  })
}

/** One of a few words, which has no default. */
function validateWord(
  validation: Validation,
  value: string | null | undefined,
  allowed: readonly string[],
  field: Field,
  name: 'action' | 'operator',
): void {
  if (value && allowed.includes(value)) return
  const at = field.child(name)
  const id = 'restart-policy-rule'
  if (value) reportUnsupported(validation, { id, at, value, allowed, data: { name } })
  else validation.report({ id, at, messageId: 'absent', data: { name, allowed: enumerate(allowed) } })
}
