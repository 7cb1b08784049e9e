import type { ObjectFieldSelector, ResourceFieldSelector } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { lowerCase } from '../formats/lower-case.ts'
import { qualifiedNameFault } from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { enumerate, reportUnsupported } from '../report-unsupported.ts'
import { validateDivisor } from './resource-divisor.ts'

export const fieldSelectorsRejections = {
  'field-ref': {
    description: 'Refuses a field of the pod that cannot be passed to its containers',
    messages: {
      missing: 'A `fieldRef` needs a `fieldPath`, such as `metadata.name`.',
      version: '`{{version}}` is no version of a pod: `apiVersion` must be `v1`, or left out.',
      subscript:
        "Only `metadata.labels['KEY']` and `metadata.annotations['KEY']` take a key, not `{{path}}`.",
      key: '`{{key}}` cannot be a key of `{{map}}`: {{fault}}.',
      unsupported:
        'The field `{{value}}` cannot be read here.{{meant}} Often read are {{usual}}; `daemonlint explain api-server/field-ref` lists all.',
      whole: "An environment variable cannot hold all of `{{map}}`: name one, `{{map}}['KEY']`.",
      choose: 'Read `{{choice}}`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'resource-field-ref': {
    description: 'Refuses a resource of a container that cannot be passed on',
    messages: {
      missing: 'A `resourceFieldRef` needs a `resource`, such as `limits.memory`.',
      container: 'In a volume, a `resourceFieldRef` must say whose resources it means: set `containerName`.',
      unsupported:
        'The resource `{{value}}` cannot be read here.{{meant}} Allowed are `limits.` or `requests.` of `cpu`, `memory`, `ephemeral-storage` and huge pages.',
      choose: 'Read `{{choice}}`.',
      divisor: 'The divisor `{{divisor}}` is not allowed for `{{resource}}`: it must be one of {{allowed}}.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** What an environment variable can be made of, without labels and annotations. */
export const envFieldPaths: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

/** What a file of a volume can be made of, without single labels and annotations. */
export const volumeFieldPaths: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

const maps = ['metadata.annotations', 'metadata.labels']
/** What a message names. */
const usual = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'spec.nodeName',
  'status.hostIP',
  'status.podIP',
]
const subscripted = /^(.+?)\['(.*)'\]$/s

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateObjectFieldSelector, with pkg/apis/core/pods
 * ConvertDownwardAPIFieldLabel and pkg/fieldpath SplitMaybeSubscriptedPath.
 * @param field where the `fieldRef` stands
 * @param allowed the paths that may be read, {@link envFieldPaths} or {@link volumeFieldPaths}
 */
export function validateObjectFieldSelector(
  validation: Validation,
  { apiVersion, fieldPath }: ObjectFieldSelector,
  field: Field,
  allowed: readonly string[],
): void {
  const id = 'field-ref'
  const at = field.child('fieldPath')
  if (!fieldPath) {
    validation.report({ id, at, messageId: 'missing' })
    return
  }
  if (apiVersion && apiVersion !== 'v1') {
    const version = field.child('apiVersion')
    validation.report({
      id,
      at: version,
      field: at,
      messageId: 'version',
      data: { version: excerpt(apiVersion) },
      fix: (fixer) => fixer.set(version.path, 'v1'),
    })
    return
  }
  if (allowed.includes(fieldPath)) return
  const [, map, key] = fieldPath.endsWith("']") ? (subscripted.exec(fieldPath) ?? []) : []
  if (map === undefined || key === undefined) {
    // An old name for spec.nodeName.
    if (fieldPath === 'spec.host' && allowed.includes('spec.nodeName')) return
    if (maps.includes(fieldPath)) {
      validation.report({ id, at, messageId: 'whole', data: { map: fieldPath } })
      return
    }
    const data = { usual: enumerate(usual.filter((path) => allowed.includes(path))) }
    reportUnsupported(validation, { id, at, value: fieldPath, allowed, data })
    return
  }
  if (!maps.includes(map)) {
    validation.report({ id, at, messageId: 'subscript', data: { path: excerpt(map) } })
    return
  }
  const fault = qualifiedNameFault(map === 'metadata.annotations' ? lowerCase(key) : key)
  if (fault) validation.report({ id, at, field, messageId: 'key', data: { key: excerpt(key), map, fault } })
}

/** What of a container's resources can be passed on, besides huge pages. */
export const containerResourcePaths: readonly string[] = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
]

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateContainerResourceFieldSelector. Whether the container exists is
 * not looked at.
 * @param field where the `resourceFieldRef` stands
 * @param volume a file of a volume must name the container
 */
export function validateResourceFieldSelector(
  validation: Validation,
  { containerName, resource, divisor }: ResourceFieldSelector,
  field: Field,
  { volume }: { volume: boolean },
): void {
  const id = 'resource-field-ref'
  if (volume && !containerName) {
    validation.report({ id, at: field.child('containerName'), messageId: 'container' })
  } else if (!resource) {
    validation.report({ id, at: field.child('resource'), messageId: 'missing' })
  } else if (!isResource(resource)) {
    reportUnsupported(validation, {
      id,
      at: field.child('resource'),
      value: resource,
      allowed: containerResourcePaths,
    })
  }
  if (divisor === null || divisor === undefined || !resource || !isResource(resource)) return
  validateDivisor(validation, resource, divisor, field)
}

/** A size of huge pages is not looked at. */
const isResource = (resource: string) =>
  containerResourcePaths.includes(resource) || /^(?:limits|requests)\.hugepages-/.test(resource)
