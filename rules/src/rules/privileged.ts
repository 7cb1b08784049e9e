import { defineRule } from '@daemonlint/core/define'
import { type AgentKind, agentKinds, agentsFor, setsUpNode } from '../utils/agents.ts'
import { mayPropagate } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'

interface PrivilegedOptions {
  /** Kinds of agents that may be privileged. */
  allowKinds?: AgentKind[]
}

export default defineRule<'known' | 'unknown' | 'remove', [PrivilegedOptions]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow privileged containers in agents that need not be',
      category: 'security',
      presets: { recommended: 'warn', strict: 'warn', security: 'warn' },
    },
    messages: {
      known:
        'Container `{{container}}` is privileged, which makes it root on every node; {{agent}} needs host mounts and at most single capabilities.',
      unknown:
        'Container `{{container}}` is privileged, which makes it root on every node: all devices, all capabilities, no seccomp. Expected the single capabilities it needs, or a disable comment that says why.',
      remove: 'Remove `privileged`',
    },
    schema: [
      {
        type: 'object',
        properties: { allowKinds: { type: 'array', items: { enum: agentKinds }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allowKinds: ['network', 'storage', 'device', 'security', 'node'] }],
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const { agentOf, mayBeOfKind } = agentsFor(context.settings)
    const allowed = context.options[0].allowKinds ?? []
    return {
      podTemplate(template) {
        if (mayBeOfKind(template, allowed) || (allowed.includes('node') && setsUpNode(template))) return
        for (const node of template.children) {
          if (node.type !== 'container' || node.value.securityContext?.privileged !== true) continue
          // The API server refuses the propagation in any other container.
          const mounts = node.value.volumeMounts ?? []
          if (mounts.some((_, index) => mayPropagate(node, index))) continue
          const agent = agentOf(node)
          // A patch does not say what it is part of.
          if (!agent && node.manifest.role === 'patch') continue
          const path = ['securityContext', 'privileged'] as const
          context.report({
            node,
            path,
            messageId: agent ? 'known' : 'unknown',
            data: { container: nameOf(node), agent: agent?.name ?? '' },
            suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(path) }],
          })
        }
      },
    }
  },
})
