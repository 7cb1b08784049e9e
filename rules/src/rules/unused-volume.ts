import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { containersOf, knowsMounts, volumesOf } from '../utils/mounts.ts'

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
        'No container mounts the volume `{{name}}`, so the kubelet leaves it out. Expected a `volumeMounts` entry where it is needed, or no volume.',
      remove: 'Remove the volume',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['host-path-type'],
  },
  create(context) {
    return {
      podTemplate(template) {
        if (!knowsMounts(template)) return
        const used = usedNames(template)
        const volumes = volumesOf(template)
        for (const [index, node] of volumes.entries()) {
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
                fix: (fixer) =>
                  fixer.remove(['spec', 'volumes', ...(volumes.length > 1 ? [index] : [])], template),
              },
            ],
          })
        }
      },
    }
  },
})

function usedNames(template: PodTemplate): Set<string> {
  return new Set(
    containersOf(template).flatMap(({ value }) =>
      [...(value.volumeMounts ?? []), ...(value.volumeDevices ?? [])].map((item) => item?.name),
    ),
  )
}

/** True when an annotation speaks of the volume: one for a container that is injected later, for instance. */
function isNamedElsewhere(template: PodTemplate, name: string): boolean {
  const annotations = Object.values(template.value.metadata?.annotations ?? {})
  return annotations.some((text) => typeof text === 'string' && text.includes(name))
}
