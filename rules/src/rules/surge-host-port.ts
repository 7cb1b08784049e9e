import { defineRule } from '@daemonlint/core/define'
import { hostPortsOf } from '../utils/host-ports.ts'
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
        'A node has host port {{port}} only once, so with `maxSurge` {{surge}} the new pod waits forever beside the old one, and no rollout ends. Expected `maxUnavailable` instead.',
      hostNetwork:
        'On the host network port {{port}} is a port of the node, which has it only once, so with `maxSurge` {{surge}} the new pod waits forever beside the old one, and no rollout ends. Expected `maxUnavailable` instead.',
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
        const [held] = surge !== undefined && template ? hostPortsOf(template) : []
        if (surge === undefined || !held) return
        context.report({
          node,
          path: surgePath,
          messageId: held.path.at(-1) === 'containerPort' ? 'hostNetwork' : 'hostPort',
          data: { port: held.port, surge },
          suggest: [{ messageId: 'replace', fix: (fixer) => replaceSurge(node, fixer) }],
        })
      },
    }
  },
})
