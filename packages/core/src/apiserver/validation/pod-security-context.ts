import type { PodSpec } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'
import { validateAppArmorProfile, validateSeccompProfile } from './security-profiles.ts'
import { validateSysctls } from './sysctls.ts'
import { validateUserId } from './user-ids.ts'
import { validateWindowsSettings } from './windows-options.ts'

export const podSecurityContextRejections = {
  'security-context-policy': {
    description: 'Refuses an unknown policy in the security context of the pod',
    messages: {
      unsupported: '`{{value}}` is no `{{name}}`. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: validatePodSpecSecurityContext. */
export function validatePodSecurityContext(validation: Validation, spec: PodSpec, pod: Field): void {
  const context = spec.securityContext
  if (!context) return
  const field = pod.child('securityContext')
  validateUserId(validation, context.fsGroup, field, 'fsGroup')
  validateUserId(validation, context.runAsUser, field, 'runAsUser')
  validateUserId(validation, context.runAsGroup, field, 'runAsGroup')
  const groups = context.supplementalGroups ?? []
  for (let index = 0; index < groups.length; index++) {
    validateUserId(validation, groups[index], field, 'supplementalGroups', index)
  }
  validateSysctls(validation, spec, pod)
  validatePolicies(validation, spec, field)
  validateSeccompProfile(validation, context.seccompProfile, field)
  validateWindowsSettings(validation, context.windowsOptions, field)
  validateAppArmorProfile(validation, context.appArmorProfile, field)
}

/** Their values, and the gates without which the server drops them. */
const policies = [
  { name: 'fsGroupChangePolicy', allowed: ['Always', 'OnRootMismatch'], gate: undefined },
  {
    name: 'supplementalGroupsPolicy',
    allowed: ['Merge', 'Strict'],
    gate: 'SupplementalGroupsPolicy',
  },
  { name: 'seLinuxChangePolicy', allowed: ['Recursive'], gate: 'SELinuxChangePolicy' },
] as const

function validatePolicies(validation: Validation, { securityContext }: PodSpec, field: Field): void {
  for (const { name, allowed, gate } of policies) {
    const value = securityContext![name]
    if (value === null || value === undefined || (allowed as readonly string[]).includes(value)) continue
    if (gate && !validation.somewhere(gate)) continue
    if (name === 'seLinuxChangePolicy' && value === 'MountOption' && validation.everywhere('SELinuxMount')) {
      continue
    }
    const at = field.child(name)
    reportUnsupported(validation, { id: 'security-context-policy', at, value, allowed, data: { name } })
  }
}
