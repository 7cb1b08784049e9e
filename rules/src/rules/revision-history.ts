import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

const path = ['spec', 'revisionHistoryLimit'] as const

export default defineRule<'none' | 'keep'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require an earlier revision to roll back to',
      category: 'rollout',
      presets: { strict: 'warn', reliability: 'warn' },
    },
    messages: {
      none: '`{{name}}` keeps no earlier revision, so `kubectl rollout undo` finds none when a version fails on all nodes. Expected a `revisionHistoryLimit` of 1 or more.',
      keep: 'Keep {{limit}}, which is the default',
    },
    hasSuggestions: true,
    needs: { text: /revisionHistoryLimit/ },
  },

  create(context) {
    return {
      daemonSet(node) {
        if (node.value.spec?.revisionHistoryLimit !== 0) return
        context.report({
          node,
          path,
          messageId: 'none',
          data: { name: nameOf(node) },
          suggest: [{ messageId: 'keep', data: { limit: 10 }, fix: (fixer) => fixer.set(path, 10) }],
        })
      },
    }
  },
})
