import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { listAt, textAt, valueAt } from '../utils/fields.ts'
import type { AgentKind } from '../utils/known-agents.ts'
import { isForAllNodes, nodeSelectionOf } from '../utils/node-selection.ts'
import { labelMapAt, selectedDaemonSet } from '../utils/selectors.ts'

/**
 * Ports at which agents take what the pods of their node send, by their defaults: the documentation of the projects.
 */
const intakes = new Map([
  [4317, 'OTLP'],
  [4318, 'OTLP'],
  [6831, 'Jaeger'],
  [6832, 'Jaeger'],
  [8125, 'StatsD'],
  [8126, "Datadog's traces"],
  [9411, 'Zipkin'],
  [14250, 'Jaeger'],
  [14268, 'Jaeger'],
  [24224, 'Fluent forward'],
])

/** Kinds of agents that take in what pods send. */
const collectors: readonly AgentKind[] = ['logs', 'metrics']

const path = ['spec', 'internalTrafficPolicy'] as const

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require the Service of an agent to keep the traffic of a node on the node',
      category: 'networking',
      presets: { strict: 'info' },
    },
    messages: {
      cluster:
        "What pods send to {{agent}} ({{intake}} at port {{port}}) goes to the agent of any node: it crosses the network, and is taken for that node's. Expected `internalTrafficPolicy: Local`.",
      set: 'Set `internalTrafficPolicy: Local` (pods on nodes without the agent then reach none)',
    },
    hasSuggestions: true,
    needs: { kinds: ['Service'], text: /selector/, beside: ['DaemonSet'] },
  },
  create(context) {
    const { agentOfKind } = agentsFor(context.settings)
    return {
      manifest(node) {
        if (node.apiVersion !== 'v1') return
        if (!node.lacks(...path) || !node.lacks('spec', 'trafficDistribution')) return
        const [address, type] = (['clusterIP', 'type'] as const).map((key) => textAt(node, 'spec', key))
        if (address === 'None' || (type && type !== 'ClusterIP')) return
        if (['clusterIP', 'type'].some((key) => node.isUnknown('spec', key))) return
        const at = listAt(node, 'spec', 'ports').findIndex((_, index) => intakes.has(targetOf(index)))
        if (at < 0) return
        const selector = labelMapAt(node, 'spec', 'selector')
        const found = selector && selectedDaemonSet(context, node, selector)
        const selection = found?.alone && nodeSelectionOf(found.template)
        if (!selection || !isForAllNodes(selection)) return
        const agent = collectors.map((kind) => agentOfKind(found.template, kind)).find(Boolean)
        if (!agent) return
        const port = targetOf(at)
        const loc = node.at('spec', 'ports', at, 'port')
        context.report({
          node,
          path,
          ...(loc && { loc }),
          messageId: 'cluster',
          data: { agent: agent.name, intake: intakes.get(port) ?? '', port },
          suggest: [{ messageId: 'set', fix: (fixer) => fixer.set(path, 'Local') }],
        })

        function targetOf(index: number): number {
          const own = ['spec', 'ports', index] as const
          if (node.isUnknown(...own, 'targetPort')) return 0
          const target = valueAt(node, ...own, 'targetPort')
          return Number(typeof target === 'number' ? target : valueAt(node, ...own, 'port'))
        }
      },
    }
  },
})
