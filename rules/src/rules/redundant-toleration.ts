import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { withEmptied } from '../utils/removal.ts'
import {
  isAddedByController,
  type ListedToleration,
  toleratesEverything,
  tolerationsOf,
} from '../utils/tolerations.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow tolerations that the pods have anyway',
      category: 'scheduling',
      presets: { strict: 'info' },
    },
    messages: {
      controller:
        'The DaemonSet controller adds the toleration of `{{key}}:{{effect}}` to every pod by itself, so this one changes nothing.',
      everything:
        'Another toleration here (`operator: Exists` without a key) tolerates every taint already, so this one changes nothing.',
      remove: 'Remove the toleration',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /tolerations/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const tolerations = tolerationsOf(node) ?? []
        for (const toleration of tolerations) {
          const messageId = reasonOf(toleration, tolerations, node)
          if (!messageId) continue
          const { index, value } = toleration
          const path = ['spec', 'tolerations', index]
          context.report({
            node,
            path,
            messageId,
            data: { key: value.key ?? '', effect: value.effect ?? '' },
            suggest: [
              { messageId: 'remove', fix: (fixer) => fixer.remove(withEmptied(node, path, ['spec'])) },
            ],
          })
        }
      },
    }
  },
})

function reasonOf(
  toleration: ListedToleration,
  all: ListedToleration[],
  template: PodTemplate,
): 'controller' | 'everything' | undefined {
  const { known, value, index } = toleration
  if (!known || template.isUnknown('spec', 'tolerations', index, 'tolerationSeconds')) return undefined
  const seconds = value.tolerationSeconds !== undefined && value.tolerationSeconds !== null
  if (seconds) return undefined
  if (isAddedByController(value, { hostNetwork: template.value.spec?.hostNetwork === true }))
    return 'controller'
  const covered = all.some(
    (other) => other.known && other.index !== index && toleratesEverything(other.value),
  )
  return covered && !toleratesEverything(value) ? 'everything' : undefined
}
