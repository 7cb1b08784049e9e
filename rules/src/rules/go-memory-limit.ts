import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { nameOf } from '../utils/names.ts'
import { quantityOf } from '../utils/quantities.ts'
import { runsThroughout } from '../utils/resources.ts'

const mebibyte = 2 ** 20

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
        const bytes = quantityOf(limit)?.amount ?? 0
        const agent = agentOf(node)
        if (bytes < mebibyte || !agent?.needsGoMemoryLimit || !runsThroughout(node)) return
        if (node.isUnknown('resources', 'limits', 'memory') || mayBeTold(node)) return
        const value = `${Math.floor((bytes * 0.9) / mebibyte)}MiB`
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

/** True when the container's environment or its command line limits what the Go runtime takes, or may do so. */
function mayBeTold(node: ContainerNode): boolean {
  const { env, command, args } = node.value
  if (!node.lacks('envFrom') || ['env', 'command', 'args'].some((list) => node.isUnknown(list))) return true
  const names = (env ?? []).map((entry, index) =>
    node.isUnknown('env', index, 'name') ? 'GOMEMLIMIT' : entry?.name,
  )
  if (names.some((name) => name === 'GOMEMLIMIT' || name === 'GOGC')) return true
  return [...(command ?? []), ...(args ?? [])].some(
    (word, index) =>
      /gomemlimit|gogc|memory-limit|memory-ballast/i.test(String(word)) ||
      node.isUnknown('command', index) ||
      node.isUnknown('args', index),
  )
}
