import type { Fixer } from '../../fix/types.ts'
import type { AppArmorProfile } from '../../schema/decoded.generated.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { excerpt } from '../formats/excerpt.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { containerNames, eachAnnotated } from './annotated-containers.ts'
import { warnOfAnnotation } from './deprecated-annotation.ts'
import { reportMismatch } from './profile-mismatch.ts'
import { refusedField, type TemplateAnnotation } from './template-annotation.ts'

export const appArmorAnnotationsRejections = {
  'app-armor-annotation': {
    description:
      'Refuses an AppArmor annotation for a container that is not there, or whose value is no profile',
    messages: {
      container: 'The annotation is for a container `{{name}}`, and there is none of this name.',
      profile:
        '`{{value}}` is no AppArmor profile; `runtime/default`, `unconfined` and `localhost/<name>` are.',
      remove: 'Remove the annotation.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

export const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/'
const localhost = 'localhost/'

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
      needs: containerNames(validation, annotation),
      messageId: 'container',
      data: { name: excerpt(name) },
      suggest,
    })
  }
  if (value !== '' && value !== 'runtime/default' && value !== 'unconfined' && !value.startsWith(localhost)) {
    const data = { value: excerpt(value) }
    validation.report({ id, at, field: refusedField(annotation), messageId: 'profile', data, suggest })
  }
}

/**
 * The container's profile, or else that of the pod, must say the same as the annotation:
 * validateAppArmorAnnotationsAndFieldsMatchOnCreate. Where the container has none of its own, the server warns, unless
 * the pod's is just the same.
 */
function checkAgainst(
  validation: Validation,
  annotation: TemplateAnnotation,
  own: AppArmorProfile | null | undefined,
  container: Field,
): void {
  if (!validation.somewhere('AppArmorFields')) return
  const { spec, pod, value, key, at } = annotation
  const inherited = spec.securityContext?.appArmorProfile
  const place = container.child('securityContext', 'appArmorProfile')
  const shared = pod.child('securityContext', 'appArmorProfile')
  const needs = [container.child('name')]
  if (!own && !(inherited && isSame(value, inherited))) {
    const data = { messageId: 'deprecated' as const, key, version: '1.30', at }
    const field = 'securityContext.appArmorProfile'
    warnOfAnnotation(validation, { ...data, field, needs: [...needs, place, shared] })
  }
  const profile = own ?? inherited
  const differs = profile && spec.os?.name !== 'windows' ? mismatch(value, profile) : undefined
  if (!differs) return
  reportMismatch(validation, annotation, {
    kind: 'AppArmor',
    at: (own ? place : shared).child(differs),
    field: place.child(differs),
    needs: [...needs, pod.child('os', 'name'), ...(own ? [] : [place])],
  })
}

/** What differs between an annotation and a profile. */
function mismatch(
  value: string,
  { type, localhostProfile }: AppArmorProfile,
): 'type' | 'localhostProfile' | undefined {
  if (type === 'Unconfined') return value === 'unconfined' ? undefined : 'type'
  if (type === 'RuntimeDefault') return value === 'runtime/default' ? undefined : 'type'
  if (type !== 'Localhost') return undefined
  if (!value.startsWith(localhost)) return 'type'
  const named = typeof localhostProfile === 'string'
  return named && value.slice(localhost.length) === localhostProfile ? undefined : 'localhostProfile'
}

/** ApparmorFieldForAnnotation: true when the annotation stands for just this profile. */
function isSame(value: string, { type, localhostProfile }: AppArmorProfile): boolean {
  const name = localhostProfile ?? undefined
  if (value === 'unconfined') return type === 'Unconfined' && name === undefined
  if (value === 'runtime/default') return type === 'RuntimeDefault' && name === undefined
  return value.length > localhost.length && value === `${localhost}${name}` && type === 'Localhost'
}
