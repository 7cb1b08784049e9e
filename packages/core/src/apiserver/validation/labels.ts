import { isDirective } from '../../schema/patch.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { byteLength } from '../formats/bytes.ts'
import { lowerCase } from '../formats/lower-case.ts'
import { labelValueFault, qualifiedNameFault } from '../formats/names.ts'
import { nearLabelKey, nearLabelValue } from '../formats/near-labels.ts'
import type { LabelMap } from '../label-map.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { suggestNear } from '../suggestions.ts'

export const labelsRejections = {
  'label-key': {
    description: 'Refuses a label whose key is malformed',
    messages: {
      key: '`{{key}}` is no label key: {{fault}}.',
      none: 'A condition on labels needs a `key`, the label it looks at.',
      rename: 'Rename it to `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'label-value': {
    description: 'Refuses a label whose value is malformed',
    messages: {
      value:
        '`{{value}}` is no label value: {{fault}}. Text that nothing selects by belongs in an annotation.',
      placeholder:
        '`{{value}}` is no label value, and nothing else in this file is a template: was it left over? If something fills it in, lint what comes of it.',
      wanted: '`{{value}}` is no label value, so no label can have it: {{fault}}.',
      replace: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'annotation-key': {
    description: 'Refuses an annotation whose key is malformed',
    messages: {
      key: '`{{key}}` is no annotation key: {{fault}}.',
      rename: 'Rename it to `{{near}}`.',
    },
    hasSuggestions: true,
  },
  'annotations-size': {
    description: 'Refuses annotations that are larger than 256 KiB together',
    messages: {
      size: 'The annotations have {{size}} bytes, keys and values together, and at most 262144 (256 KiB) are allowed. Large text belongs in a ConfigMap.',
    },
  },
} satisfies RejectionTable

/**
 * The keys and values of labels, of a node selector or of what a selector matches.
 * Source: k8s.io/apimachinery pkg/apis/meta/v1/validation, ValidateLabels.
 * @param field the map, by which the API server names all that is wrong in it
 * @param options.suggests whether near keys and values are suggested
 * @param options.wanted these are labels that others are to have
 */
export function validateLabels(
  validation: Validation,
  labels: LabelMap,
  field: Field,
  { suggests = true, wanted = false }: { suggests?: boolean | undefined; wanted?: boolean } = {},
): void {
  const messageId = wanted ? 'wanted' : 'value'
  for (const key of Object.keys(labels)) {
    const keyFault = qualifiedNameFault(key)
    if (keyFault && !isMergeKey(validation, key)) {
      reportKey(validation, 'label-key', labels, key, keyFault, field, suggests)
    }
    const value = labels[key] ?? ''
    const fault = labelValueFault(value)
    if (fault) reportLabelValue(validation, { value, fault, at: field.key(key), field, suggests, messageId })
  }
}

/** A label's value that is malformed. */
export function reportLabelValue(
  validation: Validation,
  given: {
    value: string
    fault: string
    at: Field
    /** As the API server names it. */
    field: Field
    suggests: boolean
    messageId?: 'value' | 'wanted'
  },
): void {
  const { value, fault, at, field, suggests, messageId = 'value' } = given
  const near = suggests && nearLabelValue(value)
  validation.report({
    id: 'label-value',
    at,
    field,
    messageId,
    data: { value: excerpt(value), fault },
    ...suggestNear(at, near, 'replace'),
  })
}

/** The API server's limit on all annotations of an object, in bytes: TotalAnnotationSizeLimitB. */
const mostAnnotationBytes = 262_144

/**
 * The keys of annotations, in which case does not matter, and the size of all of them.
 * Source: k8s.io/apimachinery pkg/api/validation, ValidateAnnotations.
 */
export function validateAnnotations(validation: Validation, annotations: LabelMap, field: Field): void {
  let characters = 0
  for (const key of Object.keys(annotations)) {
    const fault = qualifiedNameFault(lowerCase(key))
    if (fault && !isMergeKey(validation, key)) {
      reportKey(validation, 'annotation-key', annotations, key, fault, field)
    }
    characters += key.length + (annotations[key]?.length ?? 0)
  }
  // No character of a string takes more than three bytes of UTF-8.
  if (characters * 3 <= mostAnnotationBytes) return
  const size = sizeOf(annotations)
  if (size <= mostAnnotationBytes) return
  validation.report({
    id: 'annotations-size',
    at: field,
    needs: [field],
    messageId: 'size',
    data: { size },
  })
}

function sizeOf(annotations: LabelMap): number {
  let size = 0
  for (const key of Object.keys(annotations)) size += byteLength(key) + byteLength(annotations[key] ?? '')
  return size
}

function reportKey(
  validation: Validation,
  id: 'label-key' | 'annotation-key',
  map: LabelMap,
  key: string,
  fault: string,
  field: Field,
  suggests = true,
): void {
  const at = field.key(key)
  const near = suggests && nearLabelKey(key)
  validation.report({
    id,
    at,
    field,
    on: 'key',
    messageId: 'key',
    data: { key: excerpt(key), fault },
    ...(near &&
      !Object.hasOwn(map, near) && {
        suggest: [{ messageId: 'rename', data: { near }, fix: (fixer) => fixer.rename(at.path, near) }],
      }),
  })
}

/** `$patch` among the labels of a patch is no label. */
const isMergeKey = ({ node }: Validation, key: string) => node.role === 'patch' && isDirective(key)
