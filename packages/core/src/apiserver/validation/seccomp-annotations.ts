import type { SeccompProfile } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { descendingPathFault } from '../formats/paths.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { eachAnnotated } from './annotated-containers.ts'
import { warnOfAnnotation } from './deprecated-annotation.ts'
import { differenceOf, localhostProfileOf, writableProfileOf } from './profile-annotation.ts'
import { reportMismatch } from './profile-mismatch.ts'
import { refusedChild, type TemplateAnnotation } from './template-annotation.ts'

export const seccompAnnotationsRejections = {
  'seccomp-annotation': {
    description: 'Refuses a seccomp annotation whose value is no profile',
    messages: {
      profile:
        '`{{value}}` is no seccomp profile. Allowed are `runtime/default`, `unconfined` and `localhost/<path>`. The annotation has no effect since Kubernetes 1.27: use `securityContext.seccompProfile`.',
      path: '`{{value}}` cannot be the path of a seccomp profile: {{fault}}. The annotation has no effect since Kubernetes 1.27: use `securityContext.seccompProfile`.',
      remove: 'Remove the annotation.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

export const seccompPodKey = 'seccomp.security.alpha.kubernetes.io/pod'
export const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/'

/** The annotation for all containers of a pod. */
export function validateSeccompPodAnnotation(validation: Validation, annotation: TemplateAnnotation): void {
  validateValue(validation, annotation)
  const profile = annotation.spec.securityContext?.seccompProfile
  checkAgainst(validation, annotation, profile, annotation.pod, [])
}

/** The annotation for one container, which need not exist. */
export function validateSeccompContainerAnnotation(
  validation: Validation,
  annotation: TemplateAnnotation,
): void {
  validateValue(validation, annotation)
  eachAnnotated(annotation, annotation.key.slice(seccompPrefix.length), ({ securityContext }, field) => {
    checkAgainst(validation, annotation, securityContext?.seccompProfile, field, [field.child('name')])
  })
}

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateSeccompProfile. */
function validateValue(validation: Validation, annotation: TemplateAnnotation): void {
  const { value, at } = annotation
  if (value === 'runtime/default' || value === 'docker/default' || value === 'unconfined') return
  const path = localhostProfileOf(value)
  const fault = path === undefined ? '' : descendingPathFault(path)
  if (fault === undefined) return
  validation.report({
    id: 'seccomp-annotation',
    at,
    field: refusedChild(annotation),
    messageId: path === undefined ? 'profile' : 'path',
    data: { value: excerpt(path ?? value), fault },
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}

/** The field must say the same (validateSeccompAnnotationsAndFields); without one the server warns. */
function checkAgainst(
  validation: Validation,
  annotation: TemplateAnnotation,
  profile: SeccompProfile | null | undefined,
  parent: Field,
  needs: readonly Field[],
): void {
  const field = parent.child('securityContext', 'seccompProfile')
  // An old name, for which the field has none.
  const value = annotation.value === 'docker/default' ? 'runtime/default' : annotation.value
  if (!profile) {
    const path = localhostProfileOf(value)
    warnOfAnnotation(validation, annotation, {
      messageId: 'ignored',
      version: '1.27',
      name: 'securityContext.seccompProfile',
      field,
      value: path && descendingPathFault(path) ? undefined : writableProfileOf(value),
      needs: [...needs, field],
    })
    return
  }
  const differs = differenceOf(value, profile)
  // That there is no name is reported of the field itself.
  const { localhostProfile: name } = profile
  if (!differs || (differs === 'localhostProfile' && (name === null || name === undefined))) return
  reportMismatch(validation, annotation, { kind: 'seccomp', at: field.child(differs), needs })
}
