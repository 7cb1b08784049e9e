import type { AppArmorProfile, SeccompProfile } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { byteLength } from '../formats/bytes.ts'
import { descendingPathFault } from '../formats/paths.ts'
import { trimSpace } from '../formats/white-space.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { reportUnsupported } from '../report-unsupported.ts'

const messages = {
  type: 'A profile of {{kind}} needs a `type`: `RuntimeDefault`, `Localhost` or `Unconfined`.',
  unsupported: '`{{value}}` is no type of a profile of {{kind}}. Allowed are {{allowed}}.',
  choose: 'Write `{{choice}}`.',
  runtimeDefault: 'Use the profile that the container runtime comes with.',
  missing: 'The {{kind}} profile is on the node (`type: Localhost`), so `localhostProfile` must name it.',
  unused: '`localhostProfile` is read with `type: Localhost` only, and this is `type: {{type}}`.',
  remove: 'Remove `localhostProfile`.',
  setLocalhost: 'Write `type: Localhost`.',
}

export const securityProfilesRejections = {
  'seccomp-profile': {
    description: 'Refuses a seccomp profile without a known type, or whose name does not fit the type',
    messages: {
      ...messages,
      path: '`{{value}}` cannot be the name of a seccomp profile: {{fault}}. It is looked for below the seccomp directory of the kubelet.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'app-armor-profile': {
    description: 'Refuses an AppArmor profile without a known type, or whose name does not fit the type',
    messages: {
      ...messages,
      padded: 'The name of the AppArmor profile, `{{value}}`, begins or ends with white space.',
      trim: 'Write `{{choice}}`.',
      long: 'The name of the AppArmor profile has {{length}} characters, and at most 4095 are allowed.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

type ProfileId = keyof typeof securityProfilesRejections

const seccompTypes = ['Localhost', 'RuntimeDefault', 'Unconfined']

/** k8s.io/kubernetes pkg/apis/core/validation: validateSeccompProfileField. */
export function validateSeccompProfile(
  validation: Validation,
  profile: SeccompProfile | null | undefined,
  parent: Field,
): void {
  if (!profile) return
  const field = parent.child('seccompProfile')
  const { type, localhostProfile } = profile
  const id = 'seccomp-profile'
  validateType(validation, id, profile, field)
  if (type !== 'Localhost') {
    reportUnused(validation, id, profile, field)
    return
  }
  const at = field.child('localhostProfile')
  if (localhostProfile === null || localhostProfile === undefined) reportMissing(validation, id, field)
  else {
    const fault = descendingPathFault(localhostProfile)
    if (fault) {
      const value = excerpt(localhostProfile)
      validation.report({ id, at, messageId: 'path', data: { value, fault } })
    }
  }
}

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateAppArmorProfileField. */
export function validateAppArmorProfile(
  validation: Validation,
  profile: AppArmorProfile | null | undefined,
  parent: Field,
): void {
  if (!profile) return
  const field = parent.child('appArmorProfile')
  const { type, localhostProfile } = profile
  const id = 'app-armor-profile'
  validateType(validation, id, profile, field)
  if (type === 'RuntimeDefault' || type === 'Unconfined') reportUnused(validation, id, profile, field)
  if (type !== 'Localhost') return
  const at = field.child('localhostProfile')
  if (!localhostProfile) {
    reportMissing(validation, id, field)
    return
  }
  const choice = trimSpace(localhostProfile)
  if (choice !== localhostProfile) {
    validation.report({
      id,
      at,
      messageId: 'padded',
      data: { value: excerpt(localhostProfile) },
      ...(choice !== '' && {
        suggest: [
          {
            messageId: 'trim',
            data: { choice: excerpt(choice) },
            fix: (fixer) => fixer.set(at.path, choice),
          },
        ],
      }),
    })
  } else if (byteLength(localhostProfile) > 4095) {
    validation.report({ id, at, messageId: 'long', data: { length: localhostProfile.length } })
  }
}

const kinds: Record<ProfileId, string> = { 'seccomp-profile': 'seccomp', 'app-armor-profile': 'AppArmor' }

function validateType(
  validation: Validation,
  id: ProfileId,
  { type, localhostProfile }: SeccompProfile,
  field: Field,
): void {
  if (type && seccompTypes.includes(type)) return
  const at = field.child('type')
  const data = { kind: kinds[id] }
  if (type) {
    reportUnsupported(validation, { id, at, value: type, allowed: seccompTypes, data })
    return
  }
  validation.report({
    id,
    at,
    messageId: 'type',
    data,
    suggest: [
      localhostProfile
        ? { messageId: 'setLocalhost', fix: (fixer) => fixer.set(at.path, 'Localhost') }
        : { messageId: 'runtimeDefault', fix: (fixer) => fixer.set(at.path, 'RuntimeDefault') },
    ],
  })
}

function reportMissing(validation: Validation, id: ProfileId, field: Field): void {
  const at = field.child('localhostProfile')
  validation.report({ id, at, messageId: 'missing', data: { kind: kinds[id] }, needs: [field.child('type')] })
}

function reportUnused(
  validation: Validation,
  id: ProfileId,
  { type, localhostProfile }: SeccompProfile,
  field: Field,
): void {
  // Without a type nobody can tell whether the name is right.
  if (!type || localhostProfile === null || localhostProfile === undefined) return
  const at = field.child('localhostProfile')
  const typeField = field.child('type')
  validation.report({
    id,
    at,
    needs: [typeField],
    messageId: 'unused',
    data: { type: excerpt(type) },
    suggest: [
      { messageId: 'remove', fix: (fixer) => fixer.remove(at.path) },
      { messageId: 'setLocalhost', fix: (fixer) => fixer.set(typeField.path, 'Localhost') },
    ],
  })
}
