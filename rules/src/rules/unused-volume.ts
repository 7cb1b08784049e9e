import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { isChecksumKey } from '../utils/config-maps.ts'
import { knowsMounts, mountersOf, volumesOf } from '../utils/mounts.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow volumes that no container mounts',
      category: 'storage',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      unused:
        'No container mounts the volume `{{name}}`, so the kubelet does not set it up. Expected a `volumeMounts` entry where it is needed, or no volume.',
      remove: 'Remove the volume',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['host-path-type'],
    needs: { text: /volumes/ },
  },
  create(context) {
    return {
      podTemplate(template) {
        if (!knowsMounts(template)) return
        const used = mountersOf(template)
        const only = template.value.spec?.volumes?.length === 1
        for (const node of volumesOf(template)) {
          const { name } = node.value
          if (!name || node.isUnknown('name') || used.has(name) || isNamedElsewhere(template, name)) continue
          context.report({
            node,
            path: ['name'],
            messageId: 'unused',
            data: { name },
            suggest: [
              {
                messageId: 'remove',
                fix: (fixer) => (only ? fixer.remove(['spec', 'volumes'], template) : fixer.remove([])),
              },
            ],
          })
        }
      },
    }
  },
})

/** True when an annotation speaks of the volume, or may do: one for a container that is injected later, for instance. */
function isNamedElsewhere(template: PodTemplate, name: string): boolean {
  if (template.isUnknown('metadata', 'annotations')) return true
  return Object.entries(template.value.metadata?.annotations ?? {}).some(
    ([key, text]) =>
      (typeof text === 'string' && text.includes(name)) ||
      (template.isUnknown('metadata', 'annotations', key) && !isChecksumKey(key)),
  )
}
