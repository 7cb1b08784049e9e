import { defineRule } from '@daemonlint/core/define'
import { longestGracePeriod } from '../utils/autoscaler.ts'

export default defineRule<'long' | 'limit', [{ seconds?: number }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow a grace period longer than a node that goes away waits for',
      category: 'lifecycle',
      presets: { strict: 'warn', reliability: 'warn' },
    },
    messages: {
      long: 'The daemon may take {{seconds}} seconds to stop, but a node that is taken away waits {{limit}} at most; then it is killed amid its work. And a rollout may take that long on each node.',
      limit: 'Give it {{limit}} seconds',
    },
    schema: [
      {
        type: 'object',
        properties: { seconds: { type: 'integer', minimum: 1 } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ seconds: longestGracePeriod }],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /terminationGracePeriodSeconds/ },
  },

  create(context) {
    const limit = context.options[0].seconds ?? longestGracePeriod
    return {
      podTemplate(node) {
        const path = ['spec', 'terminationGracePeriodSeconds']
        const seconds = node.value.spec?.terminationGracePeriodSeconds
        if (typeof seconds !== 'number' || seconds <= limit) return
        context.report({
          node,
          path,
          messageId: 'long',
          data: { seconds, limit },
          suggest: [{ messageId: 'limit', data: { limit }, fix: (fixer) => fixer.set(path, limit) }],
        })
      },
    }
  },
})
