import type { ContainerNode, Path } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayDoWorkOf } from '../utils/allow-kinds.ts'
import { capabilityOf } from '../utils/capabilities.ts'
import { nameOf } from '../utils/names.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { isBeyondHardening } from '../utils/privileges.ts'

export default defineRule<'added' | 'remove', [{ allow?: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow powerful capabilities in agents whose work does not ask for them',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      added:
        'Container `{{container}}` adds {{names}}, and nothing it is seen to do asks for that: `{{name}}` {{power}}. Expected {{it}} left out, or a disable comment that says why.',
      remove: 'Remove `{{name}}`',
    },
    schema: [
      {
        type: 'object',
        properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allow: [] }],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /capabilities/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const allowed = context.options[0].allow ?? []
    return {
      podTemplate(template) {
        const found = new Map<ContainerNode, { name: string; path: Path }[]>()
        for (const { node, path, value, level } of violationsOfControl(template, 'capabilities')) {
          if (node.type !== 'container' || typeof value !== 'string' || level !== 'baseline') continue
          if (isBeyondHardening(node, template, agents) || allowed.includes(value)) continue
          if (mayDoWorkOf(template, capabilityOf(value).kinds, agents)) continue
          const items = found.get(node) ?? []
          items.push({ name: value, path })
          found.set(node, items)
        }
        for (const [node, items] of found) {
          const [{ name, path }] = items as [{ name: string; path: Path }]
          context.report({
            node,
            path,
            messageId: 'added',
            data: {
              container: nameOf(node),
              names: items.map((item) => `\`${item.name}\``).join(', '),
              name,
              power: capabilityOf(name).power,
              it: items.length > 1 ? 'them' : 'it',
            },
            suggest: items.map((item) => ({
              messageId: 'remove' as const,
              data: { name: item.name },
              fix: (fixer) => fixer.remove(item.path),
            })),
          })
        }
      },
    }
  },
})
