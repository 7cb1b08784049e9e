import { defineRule } from '@daemonlint/core/define'
import { agentsFor, setsUpNode } from '../utils/agents.ts'
import type { AgentKind } from '../utils/known-agents.ts'
import { isForAllNodes, mayBeForControlPlane, nodeSelectionOf } from '../utils/node-selection.ts'
import { controlPlaneTaint, toleratesEverything, tolerationsOf } from '../utils/tolerations.ts'

/** Without these no other pod of the node works, so they must come before any taint is lifted. */
const nodeCritical: readonly AgentKind[] = ['network', 'storage', 'dns', 'device']

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow tolerating every taint in an agent that nodes can do without',
      category: 'scheduling',
      presets: { strict: 'info' },
    },
    messages: {
      everything:
        'This toleration (`operator: Exists` without key and effect) holds for every taint, those that keep pods off broken or reserved nodes too. Expected tolerations for the taints it must withstand, or `priorityClassName: system-node-critical` if nodes need it.',
      controlPlane: 'Tolerate the taint of control-plane nodes only',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['exclude-virtual-nodes'],
    needs: { text: /tolerations/ },
  },
  create(context) {
    const { mayBeOfKind } = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const found = tolerationsOf(node)?.filter(({ known, value }) => known && toleratesEverything(value))
        if (!found || found.length === 0 || node.manifest.role === 'patch') return
        if (node.isUnknown('spec', 'priorityClassName')) return
        if (node.value.spec?.priorityClassName === 'system-node-critical') return
        if (mayBeOfKind(node, nodeCritical) || setsUpNode(node) || mayBeForControlPlane(node)) return
        const selection = nodeSelectionOf(node)
        const isForAll = selection !== undefined && isForAllNodes(selection)
        for (const { index } of found) {
          const path = ['spec', 'tolerations', index] as const
          context.report({
            node,
            path,
            messageId: 'everything',
            // Nodes that are chosen may have taints of their own.
            suggest: isForAll
              ? [
                  {
                    messageId: 'controlPlane',
                    fix: (fixer) =>
                      fixer.set(path, {
                        key: controlPlaneTaint.key,
                        operator: 'Exists',
                        effect: controlPlaneTaint.effect,
                      }),
                  },
                ]
              : [],
          })
        }
      },
    }
  },
})
