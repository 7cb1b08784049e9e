import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

const path = ['spec', 'updateStrategy'] as const

export default defineRule<'missing' | 'one' | 'tenth'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require an explicit update strategy',
      category: 'rollout',
      presets: { recommended: 'info', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      missing:
        'DaemonSet `{{name}}` states no update strategy, so the default holds: one node at a time, and a single node that is down stops the rollout. Expected an explicit `updateStrategy`.',
      one: 'Write the default: RollingUpdate, one node at a time',
      tenth: 'RollingUpdate, a tenth of the nodes at a time',
    },
    hasSuggestions: true,
  },

  create(context) {
    return {
      daemonSet(node) {
        // `rollingUpdate` alone is a decision too: its type then is RollingUpdate.
        if (!node.lacks(...path, 'type')) return
        if (!node.lacks(...path, 'rollingUpdate')) return
        context.report({
          node,
          path,
          messageId: 'missing',
          data: { name: nameOf(node) },
          suggest: [
            { messageId: 'one', fix: (fixer) => fixer.set(path, rolling(1)) },
            { messageId: 'tenth', fix: (fixer) => fixer.set(path, rolling('10%')) },
          ],
        })
      },
    }
  },
})

const rolling = (maxUnavailable: number | string) => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxUnavailable },
})
