import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { isCniFolder } from '../utils/host-paths.ts'
import { hostMountsOf, mainContainersOf } from '../utils/mounts.ts'
import { mayShare } from '../utils/template.ts'
import { mayTolerate, tolerationsOf, untoleratedEffects } from '../utils/tolerations.ts'

/** Set on a node that is not ready, which it is as long as it has no network; the controller adds no toleration. */
const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require an agent that gives pods their network to start without one',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      network:
        'A pod of {{agent}} waits for the network that it is to set up itself: on a new node it never starts. Expected `hostNetwork: true`.',
      taint:
        'A new node is tainted `node.kubernetes.io/not-ready:NoSchedule` until it has a network, so it never gets {{agent}}, and never becomes ready. Expected a toleration.',
      join: 'Set `hostNetwork: true`',
      tolerate: 'Tolerate every taint',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['node-agent-tolerations', 'control-plane-coverage', 'taint-coverage'],
    needs: { text: /cni/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(node) {
        if (node.manifest.role === 'patch' || node.isUnknown('spec', 'containers')) return
        const agent = mainContainersOf(node)
          .map(agentOf)
          .find((one) => one?.providesNetwork)
        // Without them it installs no plugin: it may only enforce policies.
        if (!agent || !hostMountsOf(node).some(({ hostPath }) => isCniFolder(hostPath))) return
        const data = { agent: agent.name }
        if (!mayShare(node, 'hostNetwork')) {
          const hostNetwork = ['spec', 'hostNetwork'] as const
          context.report({
            node,
            path: hostNetwork,
            messageId: 'network',
            data,
            suggest: [{ messageId: 'join', fix: (fixer) => fixer.set(hostNetwork, true) }],
          })
        }
        if (mayTolerate(node, notReady)) return
        const path = ['spec', 'tolerations'] as const
        const effects = untoleratedEffects(tolerationsOf(node) ?? [])
        context.report({
          node,
          path,
          messageId: 'taint',
          data,
          suggest: [
            {
              messageId: 'tolerate',
              fix: (fixer) => effects.map((effect) => fixer.append(path, { operator: 'Exists', effect })),
            },
          ],
        })
      },
    }
  },
})
