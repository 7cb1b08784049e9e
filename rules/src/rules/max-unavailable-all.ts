import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'

export default defineRule<'all' | 'tenth' | 'one'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow rollouts that take the daemon down on all nodes at once',
      category: 'rollout',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      all: 'With maxUnavailable {{value}} a rollout stops the daemon on all nodes at once, and a broken version reaches every node before anyone can stop it{{effect}}.',
      tenth: 'Update a tenth of the nodes at a time',
      one: 'Update one node at a time',
    },
    hasSuggestions: true,
    needs: { text: /maxUnavailable/ },
  },

  create(context) {
    const { kindsOf } = agentsFor(context.settings)
    return {
      daemonSet(node) {
        const path = ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable']
        const { type, rollingUpdate } = node.value.spec?.updateStrategy ?? {}
        const value = rollingUpdate?.maxUnavailable
        if (typeof value !== 'string' || !/^0*100%$/.test(value)) return
        // With OnDelete the API server ignores it.
        if (type === 'OnDelete' || node.isUnknown('spec', 'updateStrategy', 'type')) return
        const kinds = new Set(node.children.flatMap((template) => [...kindsOf(template)]))
        const lost = [
          kinds.has('network') && 'networking',
          kinds.has('storage') && 'volumes',
          kinds.has('dns') && 'DNS',
        ]
          .filter(Boolean)
          .join(' and ')
        context.report({
          node,
          path,
          messageId: 'all',
          data: { value, effect: lost && `; no node has ${lost} for new pods meanwhile` },
          suggest: [
            { messageId: 'tenth', fix: (fixer) => fixer.set(path, '10%') },
            { messageId: 'one', fix: (fixer) => fixer.set(path, 1) },
          ],
        })
      },
    }
  },
})
