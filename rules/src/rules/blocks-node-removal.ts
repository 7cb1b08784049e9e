import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

const annotation = 'karpenter.sh/do-not-disrupt'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow the annotation by which a daemon keeps all of its nodes from being removed',
      category: 'lifecycle',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      blocks:
        'Karpenter disrupts no node that has a pod with `{{annotation}}`, and every node of `{{name}}` has one: none of them is consolidated, or replaced when it drifts.',
      remove: 'Remove the annotation',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /karpenter/ },
  },

  create(context) {
    const path = ['metadata', 'annotations', annotation]
    return {
      podTemplate(node) {
        // A duration (`30m`) only postpones it.
        if (node.value.metadata?.annotations?.[annotation] !== 'true') return
        context.report({
          node,
          path,
          on: 'key',
          messageId: 'blocks',
          data: { annotation, name: nameOf(node.manifest) },
          suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(path) }],
        })
      },
    }
  },
})
