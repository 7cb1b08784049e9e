import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { goMemoryLimitOf, needsGoMemoryLimit } from '../utils/go-memory.ts'
import { nameOf } from '../utils/names.ts'
import { runsThroughout } from '../utils/resources.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require Go agents to know their memory limit',
      category: 'resources',
      presets: { strict: 'info' },
    },
    messages: {
      missing:
        'Container `{{container}}` may use {{limit}} of memory, of which the Go runtime of {{agent}} knows nothing: garbage may fill it, and the kernel kills the agent. Expected `GOMEMLIMIT`, a little below the limit.',
      set: 'Set `GOMEMLIMIT` to {{value}}, 90% of the limit',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      container(node) {
        const limit = node.value.resources?.limits?.memory
        const value = goMemoryLimitOf(limit)
        const agent = agentOf(node)
        if (!value || !agent || !runsThroughout(node) || !needsGoMemoryLimit(node, agent)) return
        const entry = { name: 'GOMEMLIMIT', value }
        context.report({
          node,
          path: ['resources', 'limits', 'memory'],
          messageId: 'missing',
          data: { container: nameOf(node), limit: String(limit), agent: agent.name },
          suggest: [{ messageId: 'set', data: { value }, fix: (fixer) => fixer.append(['env'], entry) }],
        })
      },
    }
  },
})
