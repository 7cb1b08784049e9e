import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { mayOnlyWait } from '../utils/commands.ts'
import { mainContainersOf } from '../utils/mounts.ts'
import { mayRoll, unavailablePath } from '../utils/rollout.ts'

export default defineRule<'all' | 'tenth' | 'one'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow rollouts that take the daemon down on all nodes at once',
      category: 'rollout',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      all: 'With `maxUnavailable` {{value}} a rollout stops the daemon on all nodes at once, and a broken version reaches every node before anyone can stop it{{effect}}.',
      tenth: 'Update a tenth of the nodes at a time',
      one: 'Update one node at a time',
    },
    hasSuggestions: true,
    needs: { text: /maxUnavailable/ },
  },

  create(context) {
    const agents = agentsFor(context.settings)
    return {
      daemonSet(node) {
        const value = node.value.spec?.updateStrategy?.rollingUpdate?.maxUnavailable
        if (typeof value !== 'string' || !/^0*100%$/.test(value) || !mayRoll(node)) return
        if (node.children.some((template) => mayOnlyWait(template) || mayUpdateAtOnce(template, agents)))
          return
        const kinds = new Set(node.children.flatMap((template) => [...agents.kindsOf(template)]))
        const lost = [
          kinds.has('network') && 'set up networking',
          kinds.has('storage') && 'attach volumes',
          kinds.has('dns') && 'resolve names',
        ]
          .filter(Boolean)
          .join(' or ')
        context.report({
          node,
          path: unavailablePath,
          messageId: 'all',
          data: { value, effect: lost && `; meanwhile no node can ${lost} for new pods` },
          suggest: [
            { messageId: 'tenth', fix: (fixer) => fixer.set(unavailablePath, '10%') },
            { messageId: 'one', fix: (fixer) => fixer.set(unavailablePath, 1) },
          ],
        })
      },
    }
  },
})

/** True when an agent of the pod, or what may be one, is to be replaced on all nodes at once. */
const mayUpdateAtOnce = (template: PodTemplate, { agentOf, knowsAgent }: Agents): boolean =>
  mainContainersOf(template).some((container) => agentOf(container)?.updatesAtOnce || !knowsAgent(container))
