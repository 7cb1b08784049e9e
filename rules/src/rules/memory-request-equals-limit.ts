import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { quantityOf } from '../utils/quantities.ts'
import { leavesPodOpen, runsThroughout } from '../utils/resources.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require that containers request as much memory as they may use',
      category: 'resources',
      presets: {},
    },
    messages: {
      differs:
        'Container `{{container}}` requests {{request}} of memory and may use {{limit}}: what lies between is promised to other pods of the node as well, so on a full node one of them is evicted. Expected a request of {{limit}}.',
      raise: 'Request {{limit}}',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    return {
      container(node) {
        const request = node.value.resources?.requests?.memory
        const limit = node.value.resources?.limits?.memory
        if (!runsThroughout(node) || request === undefined || limit === undefined) return
        const [least, most] = [quantityOf(request)?.amount, quantityOf(limit)?.amount]
        if (least === undefined || most === undefined || least >= most) return
        const path = ['resources', 'requests', 'memory'] as const
        context.report({
          node,
          path,
          messageId: 'differs',
          data: { container: nameOf(node), request, limit },
          suggest: leavesPodOpen(node)
            ? [{ messageId: 'raise', data: { limit }, fix: (fixer) => fixer.set(path, limit) }]
            : [],
        })
      },
    }
  },
})
