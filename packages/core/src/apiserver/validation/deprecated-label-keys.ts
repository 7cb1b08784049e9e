import type { Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { deprecatedNodeLabel } from '../formats/node-labels.ts'
import type { RejectionTable } from '../rejection-meta.ts'

const messages = {
  replaced: 'The node label `{{key}}` is {{since}}; use `{{label}}`. Nodes may lack the old one.',
  gone: 'The node label `{{key}}` is {{since}}.',
  replace: 'Write `{{label}}`.',
}

export const deprecatedLabelKeysRejections = {
  'deprecated-affinity-label': {
    description: 'Warns of a node affinity that looks at a deprecated label',
    messages,
    hasSuggestions: true,
    accepted: true,
  },
  'deprecated-topology-key': {
    description: 'Warns of a topology spread constraint on a deprecated node label',
    messages,
    hasSuggestions: true,
    accepted: true,
  },
} satisfies RejectionTable

/**
 * Warns of a deprecated node label.
 * @param key may be any label
 * @param at the scalar that names it
 */
export function warnOfLabelKey(
  validation: Validation,
  id: keyof typeof deprecatedLabelKeysRejections,
  key: string,
  at: Field,
): void {
  const known = deprecatedNodeLabel(key)
  if (!known || (known.late && !validation.somewhere('MoreNodeLabelWarnings'))) return
  const { since, label } = known
  validation.report({
    id,
    at,
    messageId: label ? 'replaced' : 'gone',
    data: { key, since, ...(label && { label }) },
    ...(label && {
      suggest: [{ messageId: 'replace', data: { label }, fix: (fixer) => fixer.set(at.path, label) }],
    }),
  })
}
