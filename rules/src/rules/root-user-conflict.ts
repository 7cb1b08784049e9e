import type { ContainerNode, Path, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { knownAt, podContext } from '../utils/pod-security/fields.ts'

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
          const user = effective(template, container, 'runAsUser')
          if (user?.value !== 0 || effective(template, container, 'runAsNonRoot')?.value !== true) continue
          const { node, path } = user
          if (told.has(node.field(...path))) continue
          told.add(node.field(...path))
          context.report({
            node,
            path,
            messageId: 'conflict',
            data: { container: nameOf(container) },
            suggest: [{ messageId: 'remove', fix: (fixer) => fixer.remove(path) }],
          })
        }
      },
    }
  },
})

/** A field of the container's security context, else of its pod's; undefined where it is absent or unknown. */
function effective(
  template: PodTemplate,
  container: ContainerNode,
  field: string,
): { node: PodTemplate | ContainerNode; path: Path; value: unknown } | undefined {
  const own = ['securityContext', field]
  const value = knownAt(container, ...own)
  if (value !== undefined) return { node: container, path: own, value }
  if (!container.lacks(...own)) return undefined
  const path = [...podContext, field]
  return { node: template, path, value: knownAt(template, ...path) }
}
