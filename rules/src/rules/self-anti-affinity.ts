import { defineRule } from '@daemonlint/core/define'
import { effectOnOwnPods, preferredPodTerms, requiredPodTerms } from '../utils/pod-affinity.ts'
import { withEmptied } from '../utils/removal.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow keeping the pods of a DaemonSet away from each other',
      category: 'scheduling',
      presets: { strict: 'info' },
    },
    messages: {
      useless:
        'This anti-affinity keeps the pods of this DaemonSet apart, but a node never gets two of them: it has no use.',
      remove: 'Remove the anti-affinity to the own pods',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /podAntiAffinity/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const all = [
          ...requiredPodTerms(node, 'podAntiAffinity').map((pods) => ({ pods, required: true })),
          ...preferredPodTerms(node, 'podAntiAffinity').map((pods) => ({ pods, required: false })),
        ]
        for (const { pods, required } of all) {
          if (effectOnOwnPods(node, pods, { required }) !== 'nothing') continue
          context.report({
            node,
            path: pods.at,
            messageId: 'useless',
            suggest: [
              {
                messageId: 'remove',
                fix: (fixer) => fixer.remove(withEmptied(node, pods.path, ['spec'])),
              },
            ],
          })
        }
      },
    }
  },
})
