import type { DaemonSetNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { accountOf } from '../utils/accounts.ts'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { mayRun } from '../utils/commands.ts'
import { type Around, sharesNamespace } from '../utils/found.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayHaveRights } from '../utils/rbac.ts'

/** Programs, flags and addresses by which the API server is asked. */
const asking = /(^|[\s/;&|("'`])(kubectl|helm)(\s|$)|kube-?config|kube-?api|kubernetes\.default|in-?cluster/i

const path = ['spec', 'automountServiceAccountToken'] as const

export default defineRule<'token' | 'omit'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow the token of an account where nothing uses it',
      category: 'security',
      presets: { security: 'info', strict: 'info' },
    },
    messages: {
      token:
        'The pods of `{{name}}` get a token of account `{{account}}` on each node, though nothing here gives it rights or shows that they ask the API server. Expected `automountServiceAccountToken: false`.',
      omit: 'Mount no token',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const { manifest } = node
        if (manifest.type !== 'daemonSet' || !node.lacks(...path)) return
        const account = accountOf(node)
        if (account === undefined || mayAsk(node, account, agents)) return
        if (mayHaveRights(manifest, context)) return
        if (mayDecide(account, manifest, context)) return
        context.report({
          node,
          path,
          messageId: 'token',
          data: { name: nameOf(manifest), account },
          suggest: [{ messageId: 'omit', fix: (fixer) => fixer.set(path, false) }],
        })
      },
    }
  },
})

/** True when the pods ask the API server, or may do: who makes an account for them has a reason. */
function mayAsk(template: PodTemplate, account: string, agents: Agents): boolean {
  if (template.isUnknown('spec', 'containers') || template.isUnknown('spec', 'initContainers')) return true
  const containers = containersOf(template)
  const known = containers.map((container) => agents.agentOf(container)?.asksApiServer)
  if (known.every((asks) => asks === false)) return containers.length === 0
  if (account !== 'default' || agents.mayBeOfKind(template, ['network'])) return true
  return containers.some(
    (container) =>
      !agents.knowsAgent(container) ||
      (agents.agentOf(container)?.asksApiServer ?? agents.agentOf(container) !== undefined) ||
      mayRun(container, asking),
  )
}

/** True when a ServiceAccount around says whether its token is mounted, or may say it. */
function mayDecide(account: string, daemonSet: DaemonSetNode, around: Around): boolean {
  return around
    .resources({ kinds: ['ServiceAccount'], text: 'automount', scope: 'folder' })
    .some(
      ({ manifest }) =>
        !manifest.lacks('automountServiceAccountToken') &&
        (manifest.name === account || manifest.name === '') &&
        sharesNamespace(manifest, daemonSet) !== false,
    )
}
