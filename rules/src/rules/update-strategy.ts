import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

export default defineRule<'missing' | 'rolling'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require an explicit update strategy',
      category: 'rollout',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        'DaemonSet `{{name}}` states no update strategy, so how it rolls out over the nodes was left to a default: one node at a time, however many there are.',
      rolling: 'Write the default: RollingUpdate, one node at a time',
    },
    hasSuggestions: true,
  },

  create(context) {
    return {
      daemonSet(node) {
        // `rollingUpdate` alone is a decision too: its type then is RollingUpdate.
        if (!node.lacks('spec', 'updateStrategy', 'type')) return
        if (!node.lacks('spec', 'updateStrategy', 'rollingUpdate')) return
        context.report({
          node,
          path: ['spec', 'updateStrategy'],
          messageId: 'missing',
          data: { name: nameOf(node) },
          suggest: [
            {
              messageId: 'rolling',
              fix: (fixer) =>
                fixer.set(['spec', 'updateStrategy'], {
                  type: 'RollingUpdate',
                  rollingUpdate: { maxUnavailable: 1 },
                }),
            },
          ],
        })
      },
    }
  },
})
