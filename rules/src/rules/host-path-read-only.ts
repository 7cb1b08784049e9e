import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { holdsOtherMount, hostMountsOf, isWritable, mayPropagate } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { readOnlyReason } from '../utils/read-only-paths.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require read-only mounts of host paths that need no writing',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      writable:
        "Container `{{container}}` mounts the node's `{{path}}` writable, and {{reason}}. Expected `readOnly: true`, so that a flaw in the agent leaves the node alone.",
      readOnly: 'Mount it read-only',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /hostPath/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(node) {
        for (const host of hostMountsOf(node)) {
          const { container, index, volume, hostPath } = host
          const path = ['volumeMounts', index] as const
          // Of one that is no place on the node another rule speaks.
          if (!volume.value.hostPath?.path.startsWith('/')) continue
          if (!isWritable(host) || mayPropagate(container, index)) continue
          // Its mount point may have to be created, which a read-only parent forbids.
          if (holdsOtherMount(host)) continue
          const reason = readOnlyReason(host, node, agents)
          if (!reason) continue
          context.report({
            node: container,
            path,
            messageId: 'writable',
            data: { container: nameOf(container), path: hostPath, reason },
            suggest: [{ messageId: 'readOnly', fix: (fixer) => fixer.set([...path, 'readOnly'], true) }],
          })
        }
      },
    }
  },
})
