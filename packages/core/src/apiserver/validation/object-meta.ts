import type { ObjectMeta } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import {
  dnsLabelFault,
  dnsSubdomainFault,
  dnsSubdomainPrefixFault,
  nearDnsLabel,
  nearDnsSubdomain,
} from '../formats/names.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { type Suggestion, suggestNear } from '../suggestions.ts'
import { validateFinalizers } from './finalizers.ts'
import { validateAnnotations, validateLabels } from './labels.ts'
import { validateManagedFields } from './managed-fields.ts'
import { validateOwnerReferences } from './owner-references.ts'
import { validateTemplateGeneration, withoutTemplateGeneration } from './template-generation.ts'

export const objectMetaRejections = {
  'object-name': {
    description: 'Refuses a DaemonSet without a name, and names that are no DNS names',
    messages: {
      missing: 'The DaemonSet has no name: write `metadata.name`.',
      name: '`{{name}}` cannot be the name of a DaemonSet: {{fault}}.',
      replace: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'generate-name': {
    description: 'Refuses a beginning of generated names that makes no DNS name',
    messages: {
      prefix: 'No name can begin with `{{name}}`: {{fault}}.',
      generated: 'The name generated from it would be `{{name}}…`, which cannot be a name: {{fault}}.',
      segment: 'No name can begin with `{{name}}`: `{{character}}` is not allowed in it.',
      replace: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'namespace-name': {
    description: 'Refuses a namespace whose name is no DNS label',
    messages: {
      name: '`{{name}}` cannot be the name of a namespace: {{fault}}.',
      replace: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/**
 * The metadata of the DaemonSet itself. What the API server sets anew (`uid`, `generation`, …) may be anything.
 * Source: k8s.io/apimachinery pkg/api/validation, ValidateObjectMetaAccessor; k8s.io/kubernetes
 * pkg/apis/core/validation, ValidateObjectMeta.
 */
export function validateObjectMeta(validation: Validation, metadata: ObjectMeta, field: Field): void {
  validateGenerateName(validation, metadata, field)
  validateName(validation, metadata, field)
  validateNamespace(validation, metadata.namespace, field)
  if (metadata.labels) validateLabels(validation, metadata.labels, field.child('labels'))
  if (metadata.annotations) {
    const at = field.child('annotations')
    validateTemplateGeneration(validation, metadata.annotations, at)
    validateAnnotations(validation, withoutTemplateGeneration(metadata.annotations), at)
  }
  if (metadata.ownerReferences) {
    validateOwnerReferences(validation, metadata.ownerReferences, field.child('ownerReferences'))
  }
  if (metadata.finalizers) validateFinalizers(validation, metadata.finalizers, field.child('finalizers'))
  if (metadata.managedFields) validateManagedFields(validation, metadata, field.child('managedFields'))
}

/** NameIsDNSSubdomain; of a name that is missing, what would be generated is looked at. */
function validateName(validation: Validation, metadata: ObjectMeta, field: Field): void {
  const at = field.child('name')
  const { name } = metadata
  if (!name) {
    if (metadata.generateName) return
    const needs = [field.child('generateName')]
    validation.report({ id: 'object-name', at, needs, messageId: 'missing' })
    return
  }
  const fault = dnsSubdomainFault(name)
  if (!fault) return
  const near = nearDnsSubdomain(name)
  validation.report({
    id: 'object-name',
    at,
    messageId: 'name',
    data: { name: excerpt(name), fault },
    ...suggestNear(at, near, 'replace'),
  })
}

/** Of a longer beginning the rest is left out: k8s.io/apiserver pkg/storage/names, maxGeneratedNameLength. */
const longestBase = 58

/**
 * The beginning of a generated name: it is checked though a name is given, as `maskTrailingDash` makes it; then, where
 * there is no name, what it makes with five letters behind it; at last what a path cannot hold.
 */
function validateGenerateName(validation: Validation, metadata: ObjectMeta, field: Field): void {
  const { generateName: base, name } = metadata
  if (!base) return
  const at = field.child('generateName')
  const fault = dnsSubdomainPrefixFault(base)
  const generated = base.slice(0, longestBase)
  const generatedFault = name ? undefined : dnsSubdomainFault(`${generated}x`)
  const character = fault || generatedFault ? undefined : /[/%]/.exec(base)?.[0]
  if (!fault && !generatedFault && character === undefined) return
  const suggest = suggestBase(base, at)
  if (fault) {
    validation.report({
      id: 'generate-name',
      at,
      messageId: 'prefix',
      data: { name: excerpt(base), fault },
      suggest,
    })
  }
  if (generatedFault) {
    validation.report({
      id: 'generate-name',
      at,
      field: field.child('name'),
      needs: [field.child('name')],
      messageId: 'generated',
      data: { name: excerpt(generated), fault: generatedFault },
      ...(!fault && { suggest }),
    })
  }
  if (character === undefined) return
  validation.report({
    id: 'generate-name',
    at,
    messageId: 'segment',
    data: { name: excerpt(base), character },
    suggest,
  })
}

/** `Agent_` → `agent-`; the dash at the end stays. */
function suggestBase(base: string, at: Field): Suggestion[] {
  if (base.length > 300) return []
  const bare = base.replace(/[-_.]+$/, '')
  const start = dnsSubdomainFault(bare) === undefined ? bare : nearDnsSubdomain(bare)
  if (!start) return []
  const near = bare === base ? start : `${start}-`
  if (near === base) return []
  return [{ messageId: 'replace', data: { near }, fix: (fixer) => fixer.set(at.path, near) }]
}

function validateNamespace(validation: Validation, namespace: ObjectMeta['namespace'], field: Field): void {
  if (!namespace) return
  const fault = dnsLabelFault(namespace)
  if (!fault) return
  const at = field.child('namespace')
  const near = nearDnsLabel(namespace)
  validation.report({
    id: 'namespace-name',
    at,
    messageId: 'name',
    data: { name: excerpt(namespace), fault },
    ...suggestNear(at, near, 'replace'),
  })
}
