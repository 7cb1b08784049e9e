import type { Container, SecurityContext } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'
import type { Suggestion } from '../suggestions.ts'
import { validateAppArmorProfile, validateSeccompProfile } from './security-profiles.ts'
import { validateUserId } from './user-ids.ts'
import { validateWindowsSettings } from './windows-options.ts'

export const securityContextRejections = {
  'privilege-escalation': {
    description: 'Refuses to forbid privilege escalation to a container that has every privilege',
    messages: {
      privileged:
        '`allowPrivilegeEscalation: false` contradicts `privileged: true`: a privileged container has every privilege already.',
      sysAdmin:
        '`allowPrivilegeEscalation: false` contradicts the capability `CAP_SYS_ADMIN`, with which a process can raise its privileges.',
      removeEscalation: 'Remove `allowPrivilegeEscalation: false`.',
      removePrivileged: 'Remove `privileged: true`.',
      removeCapability: 'Remove the capability.',
    },
    hasSuggestions: true,
  },
  'proc-mount': {
    description: 'Refuses an unknown `procMount`, and `Unmasked` in a pod with the users of its node',
    messages: {
      unsupported: '`{{value}}` is no `procMount`. Allowed are {{allowed}}.',
      choose: 'Write `{{choice}}`.',
      unmasked:
        '`procMount: Unmasked` needs `hostUsers: false` in the pod: with the users of the node, the container could change the kernel of its node.',
      setHostUsers: 'Run the pod in a user namespace of its own (`hostUsers: false`).',
      setDefault: 'Write `procMount: Default`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateSecurityContext, of one container. */
export function validateSecurityContext(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  const settings = container.securityContext
  if (!settings) return
  const at = field.child('securityContext')
  validateUserId(validation, settings.runAsUser, at, 'runAsUser')
  validateUserId(validation, settings.runAsGroup, at, 'runAsGroup')
  validateProcMount(validation, settings, at, context)
  validateSeccompProfile(validation, settings.seccompProfile, at)
  if (settings.allowPrivilegeEscalation === false) validateEscalation(validation, settings, at)
  validateWindowsSettings(validation, settings.windowsOptions, at)
  validateAppArmorProfile(validation, settings.appArmorProfile, at)
}

const procMounts = ['Default', 'Unmasked']

function validateProcMount(
  validation: Validation,
  { procMount }: SecurityContext,
  field: Field,
  { spec, pod }: ContainerContext,
): void {
  if (procMount === null || procMount === undefined || procMount === 'Default') return
  // With the gate off, the server makes it Default.
  if (!validation.somewhere('ProcMountType')) return
  const id = 'proc-mount'
  const at = field.child('procMount')
  if (procMount !== 'Unmasked') {
    reportUnsupported(validation, { id, at, value: procMount, allowed: procMounts })
  } else if (spec.hostUsers !== false) {
    const hostUsers = pod.child('hostUsers')
    validation.report({
      id,
      at,
      needs: [hostUsers],
      messageId: 'unmasked',
      suggest: [
        { messageId: 'setHostUsers', fix: (fixer) => fixer.set(hostUsers.path, false) },
        { messageId: 'setDefault', fix: (fixer) => fixer.set(at.path, 'Default') },
      ],
    })
  }
}

function validateEscalation(validation: Validation, settings: SecurityContext, field: Field): void {
  const id = 'privilege-escalation'
  const at = field.child('allowPrivilegeEscalation')
  const removal: Suggestion = {
    messageId: 'removeEscalation',
    fix: (fixer) => fixer.remove(at.path),
  }
  if (settings.privileged === true) {
    const privileged = field.child('privileged')
    validation.report({
      id,
      at,
      field,
      needs: [privileged],
      messageId: 'privileged',
      suggest: [removal, { messageId: 'removePrivileged', fix: (fixer) => fixer.remove(privileged.path) }],
    })
  }
  const add = settings.capabilities?.add
  const index = add ? add.indexOf('CAP_SYS_ADMIN') : -1
  if (index < 0) return
  const capability = field.child('capabilities', 'add').index(index)
  validation.report({
    id,
    at: capability,
    field,
    needs: [at],
    messageId: 'sysAdmin',
    suggest: [removal, { messageId: 'removeCapability', fix: (fixer) => fixer.remove(capability.path) }],
  })
}
