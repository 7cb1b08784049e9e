import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { isRegistrar } from '../utils/csi.ts'
import { isCniFolder } from '../utils/host-paths.ts'
import { containersOf, hostMountsOf, mainContainersOf } from '../utils/mounts.ts'
import { isForAllNodes, mayBeForWindows, nodeSelectionOf } from '../utils/node-selection.ts'
import { tolerationsOf, untoleratedEffects } from '../utils/tolerations.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require agents that other pods of a node need to tolerate every taint',
      category: 'agents',
      presets: { strict: 'warn', 'network-agents': 'warn', 'storage-agents': 'warn' },
    },
    messages: {
      missing:
        'A node with a taint of effect {{effects}} runs without {{agent}}, though pods that tolerate that taint need it there. Expected `operator: Exists` with that effect and no key.',
      tolerate: 'Tolerate every taint of effect {{effects}}',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['control-plane-coverage', 'taint-coverage'],
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const agent = neededAgentOf(node, agents)
        const selection = nodeSelectionOf(node)
        if (!agent || !selection || !isForAllNodes(selection) || mayBeForWindows(node)) return
        const tolerations = tolerationsOf(node)
        if (!tolerations?.every(({ known }) => known)) return
        const missing = untoleratedEffects(tolerations)
        if (missing.length === 0) return
        const path = ['spec', 'tolerations'] as const
        const data = { agent, effects: missing.map((effect) => `\`${effect}\``).join(' or ') }
        context.report({
          node,
          path,
          messageId: 'missing',
          data,
          suggest: [
            {
              messageId: 'tolerate',
              data,
              fix: (fixer) => missing.map((effect) => fixer.append(path, { operator: 'Exists', effect })),
            },
          ],
        })
      },
    }
  },
})

/** The agent of a pod without which other pods of its node have no network, no names or no volumes. */
function neededAgentOf(template: PodTemplate, { agentOf }: Agents): string | undefined {
  const known = mainContainersOf(template).flatMap((container) => agentOf(container) ?? [])
  const installs = hostMountsOf(template).some(({ hostPath }) => isCniFolder(hostPath))
  const found = known.find(
    ({ id, kinds, providesNetwork }) =>
      id === 'kube-proxy' ||
      kinds.includes('dns') ||
      (providesNetwork && installs) ||
      (kinds.includes('storage') && registers(template)),
  )
  return found && (found.id === 'csi-driver' ? 'its CSI driver' : found.name)
}

/** True when the pod makes a driver known to the kubelet: the node's part of it, not the cluster's. */
function registers(template: PodTemplate): boolean {
  if (containersOf(template).some(isRegistrar)) return true
  return hostMountsOf(template).some(({ hostPath }) => hostPath.endsWith('/plugins_registry'))
}
