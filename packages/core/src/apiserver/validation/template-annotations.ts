import type { PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import type { LabelMap } from '../label-map.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { appArmorPrefix, validateAppArmorAnnotation } from './app-armor-annotations.ts'
import { warnOfAnnotation } from './deprecated-annotation.ts'
import {
  seccompPodKey,
  seccompPrefix,
  validateSeccompContainerAnnotation,
  validateSeccompPodAnnotation,
} from './seccomp-annotations.ts'
import { type AnnotationCheck, refusedField, type TemplateAnnotation } from './template-annotation.ts'
import { tolerationsKey, validateTolerationsAnnotation } from './toleration-annotation.ts'

export const templateAnnotationsRejections = {
  'deletion-cost': {
    description: 'Refuses a pod-deletion-cost that is no whole number of 32 bits',
    messages: {
      number:
        '`{{value}}` is no deletion cost: it must be a whole number from -2147483648 to 2147483647, without `+` and leading zeros.',
      remove: 'Remove it: a DaemonSet does not look at it.',
    },
    hasSuggestions: true,
  },
  'mirror-annotation': {
    description: 'Refuses the annotation of mirror pods where no node is named',
    messages: {
      mirror:
        '`kubernetes.io/config.mirror` marks a pod that a kubelet runs from a file of its node, and needs a `nodeName`. A DaemonSet has no use for it: remove it.',
      remove: 'Remove the annotation.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const checks = new Map<string, AnnotationCheck>([
  ['kubernetes.io/config.mirror', validateMirror],
  ['controller.kubernetes.io/pod-deletion-cost', validateDeletionCost],
  [tolerationsKey, validateTolerationsAnnotation],
  [seccompPodKey, validateSeccompPodAnnotation],
  ['scheduler.alpha.kubernetes.io/critical-pod', ignoredSince('1.16', 'priorityClassName')],
  ['security.alpha.kubernetes.io/sysctls', ignoredSince('1.11', 'securityContext.sysctls')],
  ['security.alpha.kubernetes.io/unsafe-sysctls', ignoredSince('1.11', 'securityContext.sysctls')],
])

/**
 * Annotations of a pod template that mean something to the server. k8s.io/kubernetes pkg/apis/core/validation:
 * ValidatePodSpecificAnnotations, and the warnings of pkg/api/pod.
 */
export function validateTemplateAnnotations(
  validation: Validation,
  annotations: LabelMap,
  template: Field,
  spec: PodSpec,
): void {
  for (const key of Object.keys(annotations)) {
    const check = checks.get(key) ?? checkByPrefix(key)
    if (!check) continue
    const at = template.child('metadata', 'annotations').key(key)
    check(validation, { key, value: annotations[key] ?? '', at, template, spec, pod: template.child('spec') })
  }
}

function checkByPrefix(key: string): AnnotationCheck | undefined {
  if (!key.startsWith('container.')) return undefined
  if (key.startsWith(seccompPrefix)) return validateSeccompContainerAnnotation
  return key.startsWith(appArmorPrefix) ? validateAppArmorAnnotation : undefined
}

function validateMirror(validation: Validation, annotation: TemplateAnnotation): void {
  const { at, spec, pod } = annotation
  if (spec.nodeName) return
  validation.report({
    id: 'mirror-annotation',
    at,
    field: refusedField(annotation),
    needs: [pod.child('nodeName')],
    messageId: 'mirror',
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}

/** GetDeletionCostFromPodAnnotations: `-0` and `-007` pass, `+1` and `007` do not. */
function validateDeletionCost(validation: Validation, annotation: TemplateAnnotation): void {
  const { value, at } = annotation
  const cost = /^(?:0|[1-9][0-9]*|-[0-9]+)$/.test(value) ? Number(value) : Number.NaN
  if (cost >= -2_147_483_648 && cost <= 2_147_483_647) return
  validation.report({
    id: 'deletion-cost',
    at,
    field: refusedField(annotation),
    messageId: 'number',
    data: { value: excerpt(value) },
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
}

/** deprecatedAnnotations of pkg/api/pod/warnings.go. */
function ignoredSince(version: string, name: string): AnnotationCheck {
  return (validation, annotation) =>
    warnOfAnnotation(validation, annotation, { messageId: 'ignored', version, name })
}
