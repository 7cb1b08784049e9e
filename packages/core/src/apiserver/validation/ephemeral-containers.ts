import type { EphemeralContainer, PodSpec } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import { trimSpace } from '../formats/white-space.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { validateContainerCommon } from './container-common.ts'
import { validateContainerName } from './container-names.ts'

export const ephemeralContainersRejections = {
  'ephemeral-containers': {
    description: 'Refuses ephemeral containers in a pod template',
    messages: {
      forbidden:
        'Ephemeral containers cannot be declared. They are added to a running pod, by `kubectl debug`; what always runs belongs in `containers`.',
      field: 'An ephemeral container cannot have `{{name}}`.',
      image: "The image's name begins or ends with white space.",
      target: 'There is no container `{{name}}` to look into.',
      remove: 'Remove `ephemeralContainers`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** What an ephemeral container cannot have; a list counts though it is empty. */
const forbidden = [
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
] as const

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateEphemeralContainers, and ValidatePodTemplateSpec, which takes none.
 */
export function validateEphemeralContainers(
  validation: Validation,
  spec: PodSpec,
  context: ContainerContext,
): void {
  const { ephemeralContainers } = spec
  if (!ephemeralContainers || ephemeralContainers.length === 0) return
  const at = context.pod.child('ephemeralContainers')
  validation.report({
    id: 'ephemeral-containers',
    at,
    messageId: 'forbidden',
    suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(at.path) }],
  })
  const others = namesOf(spec, context.pod)
  const names = new Map(others)
  eachItem(ephemeralContainers, at, (container, field) => {
    validateContainerName(validation, container, field, names)
    validateContainerCommon(validation, container, field, context)
    validateImage(validation, container, field)
    validateTarget(validation, container, field, others)
    validateFields(validation, container, field)
  })
}

/** The names of all other containers, and where they stand. */
function namesOf(spec: PodSpec, pod: Field): Map<string, Field> {
  const names = new Map<string, Field>()
  for (const list of ['containers', 'initContainers'] as const) {
    eachItem(spec[list], pod.child(list), ({ name }, field) => {
      if (name) names.set(name, field.child('name'))
    })
  }
  return names
}

/** validateContainerOnlyForPod: of other containers in a template white space is not looked at. */
function validateImage(validation: Validation, { image }: EphemeralContainer, field: Field): void {
  if (!image || trimSpace(image) === image) return
  validation.report({ id: 'ephemeral-containers', at: field.child('image'), messageId: 'image' })
}

function validateTarget(
  validation: Validation,
  { targetContainerName: target }: EphemeralContainer,
  field: Field,
  others: ReadonlyMap<string, Field>,
): void {
  if (!target || others.has(target)) return
  validation.report({
    id: 'ephemeral-containers',
    at: field.child('targetContainerName'),
    messageId: 'target',
    data: { name: excerpt(target) },
  })
}

/** validateFieldAllowList, and the parts of volumes. */
function validateFields(validation: Validation, container: EphemeralContainer, field: Field): void {
  const { resources, volumeMounts } = container
  const report = (at: Field, name: string) =>
    validation.report({ id: 'ephemeral-containers', at, messageId: 'field', data: { name } })
  for (const name of forbidden) {
    if (container[name] !== undefined && container[name] !== null) report(field.child(name), name)
  }
  if (resources && (resources.limits || resources.requests || resources.claims)) {
    report(field.child('resources'), 'resources')
  }
  eachItem(volumeMounts, field.child('volumeMounts'), (mount, place) => {
    for (const name of ['subPath', 'subPathExpr'] as const) {
      if (mount[name]) report(place.child(name), name)
    }
  })
}
