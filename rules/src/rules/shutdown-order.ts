import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { shipsLogs } from '../utils/container-logs.ts'
import type { AgentKind } from '../utils/known-agents.ts'
import { nameOf } from '../utils/names.ts'

/** What pods lose whose agent ends before them. */
const losses: readonly (readonly [AgentKind, string])[] = [
  ['storage', 'their volumes may not be unmounted'],
  ['network', 'their connections may break off'],
  ['dns', 'they may resolve no names while they end'],
  ['logs', 'their last lines may not be shipped'],
]

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require agents that other pods need to the end to stop after them',
      category: 'lifecycle',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      missing:
        'When its node shuts down, `{{name}}` is stopped together with the applications, and {{loss}}. Expected the class `system-node-critical`: such pods are stopped last.',
      own: 'When its node shuts down, `{{name}}` is stopped together with the applications, and {{loss}}: only `system-node-critical` and `system-cluster-critical` are stopped last, `{{class}}` is not.',
      critical: 'Use system-node-critical',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const path = ['spec', 'priorityClassName']
        const missing = node.lacks(...path)
        const name = node.value.spec?.priorityClassName
        if (!missing && (typeof name !== 'string' || node.isUnknown(...path))) return
        if (name?.startsWith('system-') || !node.lacks('spec', 'priority')) return
        const kinds = agents.kindsOf(node)
        const loss = losses.find(([kind]) =>
          kind === 'logs' ? shipsLogs(node, agents) : kinds.has(kind),
        )?.[1]
        if (!loss) return
        context.report({
          node,
          path,
          messageId: missing ? 'missing' : 'own',
          data: { name: nameOf(node.manifest), loss, class: name ?? '' },
          suggest: [{ messageId: 'critical', fix: (fixer) => fixer.set(path, 'system-node-critical') }],
        })
      },
    }
  },
})
