import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayOnlyWait } from '../utils/commands.ts'
import { containersOf } from '../utils/mounts.ts'

export default defineRule<'zero' | 'negative' | 'default'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require time for the daemon to stop',
      category: 'lifecycle',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      zero: 'With a grace period of 0 the daemon is killed without notice: what it has not sent is lost, and what it set up on the node may stay behind.',
      negative:
        'A grace period of {{seconds}} is invalid and treated as 1 second: too little for the daemon to flush its buffers and clean up the node.',
      default: 'Remove it: the default is 30 seconds',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['api-server/negative-grace-period'],
    needs: { text: /terminationGracePeriodSeconds/ },
  },

  create(context) {
    const { mayBeOfKind } = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const path = ['spec', 'terminationGracePeriodSeconds']
        const seconds = node.value.spec?.terminationGracePeriodSeconds
        if (typeof seconds !== 'number' || seconds > 0) return
        // What serves the node's network is to be back soon, and to leave its routes behind: Calico asks for 0.
        if (seconds === 0 && mayBeOfKind(node, ['network'])) return
        // What only waits has nothing to finish, unless a hook does.
        if (mayOnlyWait(node) && !containersOf(node).some(({ value }) => value.lifecycle?.preStop)) return
        context.report({
          node,
          path,
          messageId: seconds === 0 ? 'zero' : 'negative',
          data: { seconds },
          suggest: [{ messageId: 'default', fix: (fixer) => fixer.remove(path) }],
        })
      },
    }
  },
})
