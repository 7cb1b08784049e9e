import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { knownAt } from '../utils/pod-security/fields.ts'
import { needsNoHardening } from '../utils/privileges.ts'
import { runsThroughout } from '../utils/resources.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a read-only root file system',
      category: 'security',
      presets: { strict: 'info', security: 'info' },
    },
    messages: {
      writable:
        'Container `{{container}}` can change its own programs, and what it writes beside its volumes fills the disk of the node. Expected `readOnlyRootFilesystem: true`, and an `emptyDir` for what it has to write.',
      readOnly: 'Set `readOnlyRootFilesystem: true` (folders it writes to then need a volume)',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const path = ['securityContext', 'readOnlyRootFilesystem'] as const
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        for (const node of containersOf(template)) {
          if (!runsThroughout(node) || needsNoHardening(node, template, agents)) continue
          if (!node.lacks(...path) && knownAt(node, ...path) !== false) continue
          context.report({
            node,
            path,
            messageId: 'writable',
            data: { container: nameOf(node) },
            suggest: [{ messageId: 'readOnly', fix: (fixer) => fixer.set(path, true) }],
          })
        }
      },
    }
  },
})
