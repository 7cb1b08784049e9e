import type { Fixer } from '../../fix/types.ts'
import type { AppArmorProfile } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { containerNames, eachAnnotated } from './annotated-containers.ts'
import { warnOfAnnotation } from './deprecated-annotation.ts'
import { differenceOf, localhostProfileOf, profileOf, writableProfileOf } from './profile-annotation.ts'
import { reportMismatch } from './profile-mismatch.ts'
import { refusedField, type TemplateAnnotation } from './template-annotation.ts'

export const appArmorAnnotationsRejections = {
  'app-armor-annotation': {
    description:
      'Refuses an AppArmor annotation for a container that is not there, or whose value is no profile',
    messages: {
      container: 'The annotation is for a container `{{name}}`, and there is none of this name.',
      profile:
        '`{{value}}` is no AppArmor profile. Allowed are `runtime/default`, `unconfined` and `localhost/<name>`.',
      remove: 'Remove the annotation.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

export const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/'

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateAppArmorPodAnnotations, and what must agree with it. */
export function validateAppArmorAnnotation(validation: Validation, annotation: TemplateAnnotation): void {
  const { key, value, at } = annotation
  const name = key.slice(appArmorPrefix.length)
  const found = eachAnnotated(annotation, name, ({ securityContext }, field) =>
    checkAgainst(validation, annotation, securityContext?.appArmorProfile, field),
  )
  const id = 'app-armor-annotation'
  const suggest = [{ messageId: 'remove', fix: (fixer: Fixer) => fixer.remove(at.path) }]
  if (!found) {
    validation.report({
      id,
      at,
      field: refusedField(annotation),
      on: 'key',
      needs: containerNames(annotation),
      messageId: 'container',
      data: { name: excerpt(name) },
      suggest,
    })
  }
  if (value !== '' && !profileOf(value) && localhostProfileOf(value) === undefined) {
    const data = { value: excerpt(value) }
    validation.report({ id, at, field: refusedField(annotation), messageId: 'profile', data, suggest })
  }
}

/**
 * The container's profile, or else that of the pod, must say the same as the annotation:
 * validateAppArmorAnnotationsAndFieldsMatchOnCreate. Where the container has none of its own, the server warns, unless
 * the pod's is just the same; who must do without the field, before 1.30, is not warned.
 */
function checkAgainst(
  validation: Validation,
  annotation: TemplateAnnotation,
  own: AppArmorProfile | null | undefined,
  container: Field,
): void {
  const { spec, pod, value } = annotation
  const inherited = spec.securityContext?.appArmorProfile
  const field = container.child('securityContext', 'appArmorProfile')
  const shared = pod.child('securityContext', 'appArmorProfile')
  const needs = [container.child('name')]
  if (!own && !(inherited && isSame(value, inherited)) && validation.everywhere('AppArmorFields')) {
    warnOfAnnotation(validation, annotation, {
      messageId: 'deprecated',
      version: '1.30',
      name: 'securityContext.appArmorProfile',
      field,
      value: writableProfileOf(value),
      needs: [...needs, field, shared],
    })
  }
  const profile = own ?? inherited
  const differs = profile && spec.os?.name !== 'windows' ? differenceOf(value, profile) : undefined
  // That the container's own profile has no name is reported of the field itself.
  if (!differs || (differs === 'localhostProfile' && own && !own.localhostProfile)) return
  if (!validation.somewhere('AppArmorFields')) return
  reportMismatch(validation, annotation, {
    kind: 'AppArmor',
    at: (own ? field : shared).child(differs),
    field: field.child(differs),
    needs: [...needs, pod.child('os', 'name'), ...(own ? [] : [field])],
  })
}

/** True when the annotation stands for just this profile. */
function isSame(value: string, { type, localhostProfile }: AppArmorProfile): boolean {
  const profile = profileOf(value)
  return type === profile?.type && (localhostProfile ?? undefined) === profile?.localhostProfile
}
