import type { Container, EnvVar, EnvVarSource } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { ContainerContext } from '../container-context.ts'
import { eachItem } from '../each-item.ts'
import type { Field } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import { envNameFault } from './env-names.ts'
import {
  envFieldPaths,
  validateObjectFieldSelector,
  validateResourceFieldSelector,
} from './field-selectors.ts'
import { validateFileKeyRef } from './file-key-ref.ts'
import { validateKeyRef } from './key-refs.ts'

export const envRejections = {
  'env-name': {
    description: 'Refuses an environment variable without a valid name',
    messages: {
      missing: 'An environment variable needs a `name`.',
      fault: '`{{name}}` cannot be the name of an environment variable: {{fault}}.',
    },
  },
  'env-value-from': {
    description: 'Refuses a valueFrom that does not name exactly one source, or stands beside a value',
    messages: {
      none: '`valueFrom` names no source: give one of `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` and `fileKeyRef`.',
      several: '`valueFrom` takes only one source, not {{sources}}.',
      value: 'An environment variable has either a `value` or a `valueFrom`, not both.',
      off: 'Kubernetes 1.34 ignores `fileKeyRef` unless its feature gate EnvFiles is on, and then finds no source here.',
      dropValue: 'Remove `value`.',
      dropSource: 'Remove `valueFrom`.',
    },
    hasSuggestions: true,
  },
  'duplicate-env': {
    description: 'Warns of an environment variable that is defined again without using what it was',
    messages: {
      hides:
        '`{{name}}` is defined before in this container, and this definition replaces that one: define it once.',
    },
    accepted: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: ValidateEnv; pkg/api/pod/warnings.go: names that are used twice. */
export function validateEnv(
  validation: Validation,
  container: Container,
  field: Field,
  context: ContainerContext,
): void {
  const { env } = container
  if (!env || env.length === 0) return
  const names = new Map<string, Field>()
  eachItem(env, field.child('env'), (variable, place) => {
    const { name, valueFrom } = variable
    if (!name) {
      validation.report({ id: 'env-name', at: place.child('name'), messageId: 'missing' })
    } else {
      validateName(validation, name, place)
      const first = names.get(name)
      if (first) warnOfDuplicate(validation, variable, name, place, first)
      else names.set(name, place)
    }
    if (valueFrom) validateSource(validation, variable, valueFrom, place, context)
  })
}

function validateName(validation: Validation, name: string, field: Field): void {
  const fault = envNameFault(validation, name)
  if (!fault) return
  const data = { name: excerpt(name), fault }
  validation.report({ id: 'env-name', at: field.child('name'), messageId: 'fault', data })
}

/** Building on the value before, as in `A: "$(A):/opt"`, is fine. */
function warnOfDuplicate(
  validation: Validation,
  { value, valueFrom }: EnvVar,
  name: string,
  field: Field,
  first: Field,
): void {
  // In a patch two entries of one name are one.
  if (validation.node.role === 'patch') return
  const reference = `$(${name})`
  if (!valueFrom && value !== reference && value?.includes(reference)) return
  validation.report({
    id: 'duplicate-env',
    at: field.child('name'),
    field,
    messageId: 'hides',
    data: { name: excerpt(name) },
    needs: valueFrom ? [] : [field.child('value'), field.child('valueFrom')],
    related: relatedTo(validation, first.child('name'), 'defined before'),
  })
}

const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const

/** validateEnvVarValueFrom. */
function validateSource(
  validation: Validation,
  { value }: EnvVar,
  valueFrom: EnvVarSource,
  variable: Field,
  context: ContainerContext,
): void {
  const field = variable.child('valueFrom')
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom
  if (fieldRef) validateObjectFieldSelector(validation, fieldRef, field.child('fieldRef'), envFieldPaths)
  if (resourceFieldRef)
    validateResourceFieldSelector(validation, resourceFieldRef, field.child('resourceFieldRef'), {
      volume: false,
    })
  if (configMapKeyRef)
    validateKeyRef(validation, configMapKeyRef, 'ConfigMap', field.child('configMapKeyRef'))
  if (secretKeyRef) validateKeyRef(validation, secretKeyRef, 'Secret', field.child('secretKeyRef'))
  if (fileKeyRef && validation.somewhere('EnvFiles'))
    validateFileKeyRef(validation, fileKeyRef, field.child('fileKeyRef'), context)
  validateCount(validation, value, valueFrom, variable, field)
}

function validateCount(
  validation: Validation,
  value: EnvVar['value'],
  valueFrom: EnvVarSource,
  variable: Field,
  field: Field,
): void {
  const id = 'env-value-from'
  let count = 0
  for (const source of sources) if (valueFrom[source]) count++
  // Older versions do not know the field, which is said elsewhere.
  const off =
    valueFrom.fileKeyRef && validation.everywhere('FileKeyRefs') && !validation.everywhere('EnvFiles')
  if (count === 0) {
    const needs = sources.map((source) => field.child(source))
    validation.report({ id, at: field, messageId: 'none', needs })
  } else if (off && count === 1) {
    validation.report({ id, at: field.child('fileKeyRef'), field, messageId: 'off' })
  } else if (value) {
    const [valuePath, sourcePath] = [variable.child('value').path, field.path]
    validation.report({
      id,
      at: field,
      messageId: 'value',
      needs: [variable.child('value')],
      suggest: [
        { messageId: 'dropValue', fix: (fixer) => fixer.remove(valuePath) },
        { messageId: 'dropSource', fix: (fixer) => fixer.remove(sourcePath) },
      ],
    })
  } else if (count > (off && !validation.somewhere('EnvFiles') ? 2 : 1)) {
    const given = sources.filter((source) => valueFrom[source])
    const data = { sources: given.map((source) => `\`${source}\``).join(' and ') }
    validation.report({ id, at: field, messageId: 'several', data })
  }
}
