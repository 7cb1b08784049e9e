import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { containersOf } from '../utils/mounts.ts'
import { runsThroughout } from '../utils/resources.ts'
import { replaceSurge, surgeOf, surgePath } from '../utils/rollout.ts'

export default defineRule<'hostPort' | 'hostNetwork' | 'replace'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow surging over pods that hold a port of their node',
      category: 'rollout',
      presets: { recommended: 'error', strict: 'error', reliability: 'error' },
    },
    messages: {
      hostPort:
        'A node has host port {{port}} only once, so with maxSurge {{surge}} the new pod waits for ever beside the old one, and no rollout ends. Expected `maxUnavailable` instead.',
      hostNetwork:
        'On the host network port {{port}} is a port of the node, which has it only once, so with maxSurge {{surge}} the new pod waits for ever beside the old one, and no rollout ends. Expected `maxUnavailable` instead.',
      replace: 'Take the old pod of a node down first: `maxUnavailable` instead of `maxSurge`',
    },
    hasSuggestions: true,
    supersedes: ['surge-shared-state'],
    needs: { text: /maxSurge/ },
  },

  create(context) {
    return {
      daemonSet(node) {
        const surge = surgeOf(node)
        const [template] = node.children
        const held = surge !== undefined && template && heldPort(template)
        if (!held) return
        context.report({
          node,
          path: surgePath,
          messageId: held.hostNetwork ? 'hostNetwork' : 'hostPort',
          data: { port: held.port, surge },
          suggest: [{ messageId: 'replace', fix: (fixer) => replaceSurge(node, fixer) }],
        })
      },
    }
  },
})

/**
 * The first port that a pod holds on its node. On the host network that is every port a container declares: the API
 * server writes it as `hostPort` into the pod, and what the scheduler looks at is the pod. defaultHostNetworkPorts in
 * pkg/apis/core/v1/defaults.go, GetHostPorts in pkg/scheduler/util/utils.go.
 */
function heldPort(template: PodTemplate): { port: number; hostNetwork: boolean } | undefined {
  const hostNetwork = template.value.spec?.hostNetwork === true
  for (const container of containersOf(template)) {
    if (!runsThroughout(container)) continue
    for (const port of container.value.ports ?? []) {
      if (port?.hostPort) return { port: port.hostPort, hostNetwork: false }
      if (hostNetwork && port?.containerPort) return { port: port.containerPort, hostNetwork: true }
    }
  }
  return undefined
}
