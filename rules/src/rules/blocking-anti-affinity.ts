import { defineRule } from '@daemonlint/core/define'
import { effectOnOwnPods, requiredPodTerms } from '../utils/pod-affinity.ts'
import { withEmptied } from '../utils/removal.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow an anti-affinity that keeps the pods of a DaemonSet itself from running',
      category: 'scheduling',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      surge:
        'With `maxSurge` the new pod of a node has to start beside the old one, which this anti-affinity forbids: the rollout waits forever. Expected no anti-affinity to the own pods.',
      shared:
        'Nodes share their `{{key}}`, and this anti-affinity lets one pod run for each of its values: on all other nodes the pods stay Pending. Expected no anti-affinity to the own pods.',
      remove: 'Remove the anti-affinity to the own pods',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /podAntiAffinity/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        for (const pods of requiredPodTerms(node, 'podAntiAffinity')) {
          const effect = effectOnOwnPods(node, pods, { required: true })
          if (effect !== 'stopsRollout' && effect !== 'stopsPods') continue
          context.report({
            node,
            path: [...pods.at, 'topologyKey'],
            messageId: effect === 'stopsPods' ? 'shared' : 'surge',
            data: { key: pods.term.topologyKey ?? '' },
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
