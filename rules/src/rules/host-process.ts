import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, mayDoWorkOf, nodeChangingKinds } from '../utils/allow-kinds.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'

export default defineRule<'used', [AllowKinds]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow host process containers in agents whose work does not ask for them',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      used: 'A host process container is no container: it runs directly on every Windows node, as an account of the node, with its files and its network. Expected a container with mounts, or a disable comment that says why.',
    },
    schema: allowKindsSchema,
    defaultOptions: [{ allowKinds: ['metrics', ...nodeChangingKinds] }],
    needs: { text: /hostProcess/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (mayDoWorkOf(template, context.options[0].allowKinds ?? [], agents)) return
        for (const { node, path } of violationsOfControl(template, 'hostProcess')) {
          context.report({ node, path, messageId: 'used' })
        }
      },
    }
  },
})
