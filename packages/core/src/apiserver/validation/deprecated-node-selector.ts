import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { deprecatedNodeLabel } from '../formats/node-labels.ts'
import type { LabelMap } from '../label-map.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const deprecatedNodeSelectorRejections = {
  'deprecated-node-selector': {
    description: 'Warns of a node selector that looks at a deprecated label',
    messages: {
      replaced:
        'The node label `{{key}}` is {{since}}; use `{{label}}`. Where a node lacks the old label, the daemon does not run.',
      gone: 'The node label `{{key}}` is {{since}}. Where a node lacks it, the daemon does not run.',
      rename: 'Rename it to `{{label}}`.',
    },
    hasSuggestions: true,
    accepted: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/api/pod: warningsForPodSpecAndMeta. */
export function warnOfNodeSelector(validation: Validation, selector: LabelMap, field: Field): void {
  for (const key of Object.keys(selector)) {
    const known = deprecatedNodeLabel(key)
    if (!known || (known.late && !validation.somewhere('MoreNodeLabelWarnings'))) continue
    const { since, label } = known
    const at = field.key(key)
    validation.report({
      id: 'deprecated-node-selector',
      at,
      on: 'key',
      messageId: label ? 'replaced' : 'gone',
      data: { key, since, ...(label && { label }) },
      ...(label &&
        !Object.hasOwn(selector, label) && {
          suggest: [{ messageId: 'rename', data: { label }, fix: (fixer) => fixer.rename(at.path, label) }],
        }),
    })
  }
}
