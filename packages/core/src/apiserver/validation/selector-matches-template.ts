import { placeOf } from '../../report/place.ts'
import type { LabelSelector } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { rootField } from '../field.ts'
import type { RejectionTable } from '../rejection-meta.ts'
import { relatedTo } from '../related.ts'
import type { Suggestion } from '../suggestions.ts'
import { type Labels, type Unmet, unmetConditions } from './unmet-conditions.ts'

export const selectorMatchesTemplateRejections = {
  'selector-matches-template': {
    description: 'Refuses a selector that does not match the labels of the pod template',
    messages: {
      missing:
        'The DaemonSet has no `selector`, so it could not find its own pods. Select the labels of the pod template.',
      empty:
        'The selector is empty, so it would claim every pod of the namespace. Select the labels of the pod template.',
      mismatch:
        'The selector wants {{wanted}}, but the pods would have {{found}}: the DaemonSet could not find its own pods.',
      select: 'Select the labels of the pod template.',
      label: 'Label the pods as the selector wants.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

const id = 'selector-matches-template'
const selectorField = rootField.child('spec', 'selector')
const labelsField = rootField.child('spec', 'template', 'metadata', 'labels')
const selectorPath = selectorField.path
const labelsPath = labelsField.path

/**
 * Labels that change with a release; the selector cannot be changed, so it is better without them. The rule
 * `selector-stable-labels` reports the same.
 */
const changing: ReadonlySet<string> = new Set([
  'app.kubernetes.io/version',
  'chart',
  'controller-revision-hash',
  'helm.sh/chart',
  'pod-template-generation',
  'release-version',
  'version',
])

/** k8s.io/kubernetes pkg/apis/apps/validation, ValidateDaemonSetSpec. */
export function validateSelectorMatchesTemplate(validation: Validation): void {
  const { node } = validation
  // What a patch does not state may stand in its base; so may the other labels beside those it states.
  if (node.role === 'patch' || node.isUnknown(...labelsPath) || node.isUnknown(...selectorPath)) return
  const labels = (node.value.spec?.template?.metadata?.labels ?? {}) as Labels
  if (node.lacks(...selectorPath)) {
    validation.report({
      id,
      at: labelsField,
      needs: [selectorField],
      loc: placeOf(node, selectorPath),
      messageId: 'missing',
      suggest: selectTemplate(labels),
    })
    return
  }
  const selector = node.value.spec?.selector
  if (!selector) return
  if (isEmpty(validation)) {
    validation.report({ id, at: selectorField, messageId: 'empty', suggest: selectTemplate(labels) })
    return
  }
  const hides = (key: string) =>
    node.isUnknown(...labelsPath, key) || node.isUnknown(...selectorPath, 'matchLabels', key)
  const expressions = [...selectorPath, 'matchExpressions']
  if (!node.lacks(...expressions) && !node.knows(...expressions)) return
  const unmet = unmetConditions(selector, labels, hides)
  if (!unmet || unmet.length === 0) return
  validation.report({
    id,
    at: labelsField,
    messageId: 'mismatch',
    data: { wanted: quoted(unmet.map(({ text }) => text)), found: describe(labels) },
    related: relatedTo(validation, selectorField, 'the selector'),
    suggest: [...labelTemplate(selector, labels, unmet), ...selectTemplate(labels)],
  })
}

function isEmpty({ node }: Validation): boolean {
  return ['matchLabels', 'matchExpressions'].every((key) => {
    const path = [...selectorPath, key]
    if (node.isUnknown(...path)) return false
    const written = (node.value.spec!.selector as Record<string, object | null | undefined>)[key]
    if (written === null || written === undefined) return node.lacks(...path)
    // Templated labels are left out of the value, and a kustomization may add some.
    return Object.keys(written).length === 0 && node.knows(...path)
  })
}

function selectTemplate(labels: Labels): Suggestion[] {
  const all = Object.entries(labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const stable = all.filter(([key]) => !changing.has(key))
  const matchLabels = Object.fromEntries(stable.length > 0 ? stable : all)
  if (Object.keys(matchLabels).length === 0) return []
  return [{ messageId: 'select', fix: (fixer) => fixer.set(selectorPath, { matchLabels }) }]
}

function labelTemplate(selector: LabelSelector, labels: Labels, unmet: Unmet[]): Suggestion[] {
  // Each change is compared with those before it, and nobody means hundreds.
  if (unmet.length > 100 || !unmet.every(({ value }) => value !== undefined)) return []
  const wanted = Object.fromEntries(unmet.map(({ key, value }) => [key, value!]))
  // Conditions may contradict each other.
  if (unmetConditions(selector, { ...labels, ...wanted }, () => false)?.length !== 0) return []
  const absent = unmet.filter(({ key }) => !Object.hasOwn(labels, key))
  return [
    {
      messageId: 'label',
      fix: (fixer) =>
        absent.length > 1
          ? fixer.set(labelsPath, { ...(labels as Record<string, string>), ...wanted })
          : Object.entries(wanted).map(([key, value]) => fixer.set([...labelsPath, key], value)),
    },
  ]
}

const quoted = (texts: string[]) => texts.map((text) => `\`${excerpt(text)}\``).join(' and ')

function describe(labels: Labels): string {
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${value ?? ''}`)
  return texts.length === 0 ? 'no labels' : quoted(texts)
}
