import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { clusterOf } from '../utils/cluster.ts'
import type { AgentKind } from '../utils/known-agents.ts'
import { isForAllNodes, isForWindows, nodeSelectionOf } from '../utils/node-selection.ts'
import { controlPlaneTaint, decidesInComment, mayTolerate } from '../utils/tolerations.ts'

/** Agents whose work every node needs; a device plugin or a CSI driver has nothing to do where no such pods run. */
const wantedEverywhere: readonly AgentKind[] = ['logs', 'metrics', 'network', 'dns', 'security', 'node']

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require an agent meant for all nodes to run on the control plane as well',
      category: 'scheduling',
      presets: {
        recommended: 'info',
        strict: 'warn',
        reliability: 'info',
        'log-agents': 'warn',
        'monitoring-agents': 'warn',
        'security-agents': 'warn',
      },
    },
    messages: {
      missing:
        'No toleration for the taint `node-role.kubernetes.io/control-plane`, so control-plane nodes run without {{agent}}. Expected one, or a comment that says it is meant.',
      append: 'Tolerate the taint of control-plane nodes',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['taint-coverage'],
  },
  create(context) {
    const agents = agentsFor(context.settings)
    if (clusterOf(context.settings).controlPlaneNodes === false) return {}
    return {
      podTemplate(node) {
        const selection = nodeSelectionOf(node)
        // Windows nodes are never part of a control plane.
        if (!selection || !isForAllNodes(selection) || isForWindows(node)) return
        const kind = wantedEverywhere.find((one) => agents.kindsOf(node).has(one))
        if (!kind || mayTolerate(node, controlPlaneTaint) || decidesInComment(node, context.root)) return
        context.report({
          node,
          path: ['spec', 'tolerations'],
          messageId: 'missing',
          // The agent's name, or what it does when only its mounts tell.
          data: { agent: agents.agentOfKind(node, kind)?.name ?? `this ${kind} agent` },
          suggest: [
            {
              messageId: 'append',
              fix: (fixer) =>
                fixer.append(['spec', 'tolerations'], {
                  key: controlPlaneTaint.key,
                  operator: 'Exists',
                  effect: controlPlaneTaint.effect,
                }),
            },
          ],
        })
      },
    }
  },
})
