import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { doubledCpu } from '../utils/quantities.ts'
import { lacksResource, leavesPodOpen, runsThroughout } from '../utils/resources.ts'

const limit = ['resources', 'limits', 'cpu'] as const
const request = ['resources', 'requests', 'cpu'] as const

export default defineRule<'used' | 'missing' | 'remove' | 'add', [{ limits?: 'forbidden' | 'required' }]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Forbid CPU limits, or require them',
      category: 'resources',
      presets: {},
    },
    messages: {
      used: 'Container `{{container}}` has a CPU limit of {{limit}}: beyond it the kernel stops it for the rest of each period, although the node may be idle, and the agent falls behind. Expected a request alone.',
      missing:
        'Container `{{container}}` has no CPU limit, so it takes all of the CPU that the pods of its node leave over. Expected `limits.cpu`.',
      remove: 'Remove the limit, and request as much as now',
      add: 'Limit CPU to {{limit}} as a start; measure, then adjust',
    },
    schema: [
      {
        type: 'object',
        properties: { limits: { enum: ['forbidden', 'required'] } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ limits: 'forbidden' }],
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const required = context.options[0].limits === 'required'
    return {
      container(node) {
        if (!runsThroughout(node)) return
        const value = node.value.resources?.limits?.cpu
        const container = nameOf(node)
        if (!required) {
          if (value === undefined || value === null) return
          // Without a request of its own the container requests what its limit is.
          const keeps = !node.lacks(...request)
          context.report({
            node,
            path: limit,
            messageId: 'used',
            data: { container, limit: value },
            suggest: [
              {
                messageId: 'remove',
                fix: (fixer) =>
                  keeps ? fixer.remove(limit) : [fixer.set(request, value), fixer.remove(limit)],
              },
            ],
          })
          return
        }
        if (!lacksResource(node, 'limits', 'cpu')) return
        const start = doubledCpu(node.value.resources?.requests?.cpu)
        context.report({
          node,
          path: limit,
          messageId: 'missing',
          data: { container },
          suggest:
            start && leavesPodOpen(node)
              ? [{ messageId: 'add', data: { limit: start }, fix: (fixer) => fixer.set(limit, start) }]
              : [],
        })
      },
    }
  },
})
