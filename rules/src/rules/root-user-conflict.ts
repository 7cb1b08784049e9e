import { defineRule } from '@daemonlint/core/define'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { effectiveField } from '../utils/pod-security/fields.ts'
import { withEmptied } from '../utils/removal.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow requiring a non-root user while setting root',
      category: 'security',
      presets: { recommended: 'error', strict: 'error', security: 'error' },
    },
    messages: {
      conflict:
        'Container `{{container}}` starts on no node: `runAsNonRoot: true` forbids the user that `runAsUser: 0` states, so the kubelet fails with CreateContainerConfigError. Expected another user.',
      remove: "Remove `runAsUser: 0`, so that it runs as its image's user",
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['run-as-non-root'],
    needs: { text: /runAsNonRoot/ },
  },
  create(context) {
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        const told = new Set<string>()
        for (const container of containersOf(template)) {
          const user = effectiveField(template, container, 'runAsUser')
          if (user?.value !== 0 || effectiveField(template, container, 'runAsNonRoot')?.value !== true)
            continue
          const { node, path } = user
          if (told.has(node.field(...path))) continue
          told.add(node.field(...path))
          context.report({
            node,
            path,
            messageId: 'conflict',
            data: { container: nameOf(container) },
            suggest: [
              {
                messageId: 'remove',
                fix: (fixer) => fixer.remove(withEmptied(node, path, path.slice(0, -2))),
              },
            ],
          })
        }
      },
    }
  },
})
