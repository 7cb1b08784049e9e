import type { DaemonSetNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { accountOf, accountPathOf, mayHaveNoToken } from '../utils/accounts.ts'
import { agentsFor } from '../utils/agents.ts'
import { askingAgentOf } from '../utils/asking-agents.ts'
import { type Around, sharesNamespace } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { bindingsOf } from '../utils/rbac.ts'

export default defineRule<'asks' | 'bound' | 'use'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require an account of its own for an agent that asks the API server',
      category: 'security',
      presets: { security: 'warn', strict: 'warn' },
    },
    messages: {
      asks: '{{agent}} asks the API server, but names no account, so it has the rights of `default`: none, or those that all pods of the namespace without an account share. Expected an account of its own.',
      bound:
        '{{kind}} `{{binding}}` gives rights to account `default`, which is not only that of `{{name}}`, but of every pod of the namespace that names none. Expected an account of its own.',
      use: 'Use ServiceAccount `{{account}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const { manifest } = node
        if (manifest.type !== 'daemonSet' || accountOf(node) !== 'default' || mayHaveNoToken(node)) return
        const [binding] = bindingsOf(manifest, context)
        const agent = askingAgentOf(node, agents)
        if (!binding && !agent) return
        context.report({
          node,
          path: accountPathOf(node),
          messageId: binding ? 'bound' : 'asks',
          data: {
            name: nameOf(manifest),
            agent: agent?.name ?? '',
            kind: binding?.kind ?? '',
            binding: binding ? nameOf(binding) : '',
          },
          suggest: accountsBeside(manifest, context).map((account) => ({
            messageId: 'use',
            data: { account },
            fix: (fixer) => fixer.set(['spec', 'serviceAccountName'], account),
          })),
        })
      },
    }
  },
})

/** The accounts that are made together with a DaemonSet, in its namespace. */
function accountsBeside(daemonSet: DaemonSetNode, around: Around): string[] {
  const names = around
    .resources({ kinds: ['ServiceAccount'] })
    .flatMap(({ manifest }) => (sharesNamespace(manifest, daemonSet) ? [manifest.name] : []))
  return [...new Set(names)].filter((name) => name !== '' && name !== 'default')
}
