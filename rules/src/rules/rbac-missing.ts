import { defineRule } from '@daemonlint/core/define'
import { accountOf, accountPathOf, mayBeMade, mayHaveNoToken, namespaceOf } from '../utils/accounts.ts'
import { agentsFor } from '../utils/agents.ts'
import { askingAgentOf } from '../utils/asking-agents.ts'
import { bindingKinds, mayHaveRights, roleKinds } from '../utils/rbac.ts'

export default defineRule<'missing', [{ complete?: boolean }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require rights for an agent that has to ask the API server',
      category: 'cross-resource',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        '{{agent}} has to ask the API server, but nothing here binds its account `{{account}}` to a role, so on every node it is refused. Expected a ClusterRoleBinding or a RoleBinding.',
    },
    schema: [{ type: 'object', properties: { complete: { type: 'boolean' } }, additionalProperties: false }],
    defaultOptions: [{ complete: false }],
  },

  create(context) {
    const agents = agentsFor(context.settings)
    const { complete } = context.options[0]
    const scope = complete ? 'run' : 'folder'
    const isSeen = (account: string, namespace: string) =>
      complete ||
      (mayBeMade(account, namespace, context) &&
        context.resources({ kinds: [...roleKinds, ...bindingKinds] }).length > 0)

    return {
      podTemplate(node) {
        const { manifest } = node
        const agent = askingAgentOf(node, agents)
        const [account, namespace] = [accountOf(node), namespaceOf(manifest)]
        // With the account `default` it has another problem.
        if (!agent || !account || account === 'default' || namespace === undefined) return
        if (manifest.type !== 'daemonSet' || manifest.role === 'patch' || mayHaveNoToken(node)) return
        if (!isSeen(account, namespace) || mayHaveRights(manifest, context, scope)) return
        context.report({
          node,
          path: accountPathOf(node),
          messageId: 'missing',
          data: { agent: agent.name, account },
        })
      },
    }
  },
})
