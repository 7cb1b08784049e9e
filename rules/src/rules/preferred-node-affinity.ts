import type { FixFunction, KubernetesValue, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import type { PreferredSchedulingTerm } from 'kubernetes-types/core/v1.js'
import { requiredTerms, requiredTermsOf } from '../utils/node-selection.ts'
import { withEmptied } from '../utils/removal.ts'

const list = ['spec', 'affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution'] as const

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow preferences for nodes, which have no effect in a DaemonSet',
      category: 'scheduling',
      presets: { recommended: 'info', strict: 'info' },
    },
    messages: {
      ignored:
        'A preference for nodes has no effect here: every pod of a DaemonSet is made for one node, so there is none to prefer. Expected a required term instead, or no affinity.',
      beside:
        'A preference for nodes has no effect here: every pod of a DaemonSet is made for one node, so there is none to prefer. Expected it among the required terms, or removed.',
      require: 'Require it: only such nodes get a pod',
      remove: 'Remove the preference',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /preferredDuringScheduling/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const items = node.value.spec?.affinity?.nodeAffinity?.[list[3]]
        if (!items?.length) return
        const whole = node.manifest.role !== 'patch'
        const remove: FixFunction = (fixer) => fixer.remove(withEmptied(node, list, ['spec']))
        context.report({
          node,
          path: list,
          messageId: requiredTermsOf(node).length > 0 ? 'beside' : 'ignored',
          suggest: [
            ...(whole ? requirement(node, items) : []),
            ...(whole ? [{ messageId: 'remove' as const, fix: remove }] : []),
          ],
        })
      },
    }
  },
})

/** A single preference can be required as it is; several would be alternatives, which is not what they say. */
function requirement(node: PodTemplate, items: readonly PreferredSchedulingTerm[]) {
  const term = items[0]?.preference as KubernetesValue | undefined
  if (!term || items.length > 1 || !node.knows(...list) || !node.lacks(...requiredTerms)) return []
  const fix: FixFunction = (fixer) => [fixer.set(requiredTerms, [term]), fixer.remove(list)]
  return [{ messageId: 'require' as const, fix }]
}
