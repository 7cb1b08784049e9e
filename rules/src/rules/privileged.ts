import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, nodeChangingKinds } from '../utils/allow-kinds.ts'
import { hostMountsOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayNeedPrivileges } from '../utils/privileges.ts'

export default defineRule<'known' | 'unknown' | 'remove', [AllowKinds]>({
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
    schema: allowKindsSchema,
    defaultOptions: [{ allowKinds: nodeChangingKinds }],
    supersedes: [
      'added-capabilities',
      'app-armor-profile',
      'drop-capabilities',
      'privilege-escalation',
      'read-only-root',
      'se-linux-options',
      'seccomp-profile',
    ],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /privileged/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const allowed = context.options[0].allowKinds ?? []
    return {
      podTemplate(template) {
        for (const node of template.children) {
          if (node.type !== 'container' || node.value.securityContext?.privileged !== true) continue
          if (mayNeedPrivileges(node, template, agents, allowed)) continue
          const agent = agents.agentOf(node)
          const path = ['securityContext', 'privileged'] as const
          context.report({
            node,
            path,
            messageId: agent ? 'known' : 'unknown',
            data: { container: nameOf(node), agent: agent?.name ?? '' },
            suggest: canWriteState(template, node)
              ? []
              : [{ messageId: 'remove', fix: (fixer) => fixer.remove(path) }],
          })
        }
      },
    }
  },
})

/** True when it may write what the node tells of itself: without privileges it cannot, so more than one word changes. */
function canWriteState(template: PodTemplate, container: ContainerNode): boolean {
  return hostMountsOf(template).some(
    ({ container: own, hostPath, mount }) =>
      own === container && mount.readOnly !== true && ['/proc', '/sys', '/boot'].includes(hostPath),
  )
}
