import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { itemsAt } from '../utils/pod-security/fields.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { needsNoHardening } from '../utils/privileges.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require containers to drop all capabilities but those they add',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      missing:
        'Container `{{container}}` keeps the capabilities that the runtime gives by default, such as `DAC_OVERRIDE` and `SETUID`, on every node. Expected `drop: [ALL]`, and `add` for those it uses.',
      partial:
        'Container `{{container}}` drops {{dropped}} and keeps the other capabilities that the runtime gives by default, on every node. Expected `drop: [ALL]`, and `add` for those it uses.',
      drop: 'Drop `ALL` (what it still needs must then be added)',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        for (const { node, path, value } of violationsOfControl(template, 'capabilities')) {
          if (node.type !== 'container' || value !== undefined) continue
          if (needsNoHardening(node, template, agents)) continue
          const dropped = itemsAt(node, ...path).map((item) => `\`${item.value}\``)
          context.report({
            node,
            path,
            messageId: dropped.length > 0 ? 'partial' : 'missing',
            data: { container: nameOf(node), dropped: dropped.join(', ') },
            suggest: [{ messageId: 'drop', fix: (fixer) => fixer.append(path, 'ALL') }],
          })
        }
      },
    }
  },
})
