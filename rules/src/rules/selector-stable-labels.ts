import type { DaemonSetNode, Path } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'

/**
 * Labels whose value changes from release to release, or from rollout to rollout. The API server's check
 * `selector-matches-template` leaves out the same where it suggests a selector.
 */
const unstable = [
  'app.kubernetes.io/version',
  'chart',
  'controller-revision-hash',
  'helm.sh/chart',
  'pod-template-generation',
  'release-version',
  'version',
]

export default defineRule<'unstable' | 'remove', [{ labels: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow labels that change with a release in the selector',
      category: 'correctness',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      unstable:
        'The selector holds `{{label}}`, which changes with a release, but a selector cannot be changed: the next version is refused until the DaemonSet is deleted.',
      remove:
        'Remove `{{label}}` from the selector (one that exists must be deleted first, with --cascade=orphan)',
    },
    schema: [
      {
        type: 'object',
        properties: { labels: { type: 'array', items: { type: 'string', minLength: 1 } } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ labels: [] }],
    hasSuggestions: true,
  },

  create(context) {
    const labels = new Set([...unstable, ...(context.options[0].labels ?? [])])

    return {
      daemonSet(node) {
        const terms = termsOf(node)
        for (const { label, path, at, values } of terms) {
          if (!labels.has(label) || values.every((value) => isStable(label, value))) continue
          context.report({
            node,
            path: at,
            on: path === at ? 'key' : 'value',
            messageId: 'unstable',
            data: { label },
            // An empty selector would be refused.
            suggest:
              terms.some((other) => !labels.has(other.label)) && stays(node)
                ? [{ messageId: 'remove', data: { label }, fix: (fixer) => fixer.remove(path) }]
                : [],
          })
        }
      },
    }
  },
})

interface Term {
  label: string
  /** What to remove. */
  path: Path
  /** Where to point. */
  at: Path
  /** None for an expression that holds whatever the value is. */
  values: readonly string[]
}

/** The labels a selector speaks of. */
function termsOf(node: DaemonSetNode): Term[] {
  const selector = ['spec', 'selector']
  const { matchLabels, matchExpressions } = node.value.spec?.selector ?? {}
  const exact = Object.entries(matchLabels ?? {}).map(([label, value]) => {
    const path = [...selector, 'matchLabels', label]
    return { label, path, at: path, values: [value] }
  })
  const expressions = (matchExpressions ?? []).flatMap((expression, index) => {
    const path = [...selector, 'matchExpressions', index]
    const { key, values } = expression ?? {}
    if (!key) return []
    // A placeholder may stand for a value that stays.
    const hidden = (at: number) => key === 'version' && node.isUnknown(...path, 'values', at)
    const found = (values ?? []).filter((_, at) => !hidden(at))
    return [{ label: key, path, at: [...path, 'key'], values: found }]
  })
  return [...exact, ...expressions]
}

/** `version: v1` names a generation of the agent, and stays. */
function isStable(label: string, value: string): boolean {
  return label === 'version' && /^v\d+$/.test(value)
}

/** In a patch another part of the selector may stand elsewhere, and removing a line only stops patching it. */
function stays(node: DaemonSetNode): boolean {
  return node.role === 'manifest'
}
