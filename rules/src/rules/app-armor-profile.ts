import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, mayDoWorkOf, nodeChangingKinds } from '../utils/allow-kinds.ts'
import { containersOf } from '../utils/mounts.ts'
import { appArmorAnnotation } from '../utils/pod-security/baseline.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'
import { isBeyondHardening } from '../utils/privileges.ts'

export default defineRule<'unconfined' | 'set', [AllowKinds]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow running agents without an AppArmor profile',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      unconfined:
        "`{{value}}` takes away the AppArmor profile that the runtime gives on nodes that have AppArmor, so that nothing keeps root in the container from mounting, or from writing the kernel's settings. Expected the default or a profile of its own.",
      set: 'Set `RuntimeDefault`',
    },
    schema: allowKindsSchema,
    defaultOptions: [{ allowKinds: nodeChangingKinds }],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /appArmor|apparmor/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        const containers = containersOf(template)
        if (containers.every((one) => isBeyondHardening(one, template, agents))) return
        if (mayDoWorkOf(template, context.options[0].allowKinds ?? [], agents)) return
        for (const { node, path, value } of violationsOfControl(template, 'appArmor')) {
          const key = String(path.at(-1))
          const isAnnotation = key.startsWith(appArmorAnnotation)
          const named = containers.find(({ value: { name } }) => appArmorAnnotation + name === key)
          const container = node.type === 'container' ? node : named
          if (container && isBeyondHardening(container, template, agents)) continue
          const hidden = containers.some((one) => one.isUnknown('name'))
          if (isAnnotation && !named && hidden) continue
          context.report({
            node,
            path,
            messageId: 'unconfined',
            data: { value: String(value) },
            suggest: isAnnotation
              ? []
              : [{ messageId: 'set', fix: (fixer) => fixer.set(path, 'RuntimeDefault') }],
          })
        }
      },
    }
  },
})
