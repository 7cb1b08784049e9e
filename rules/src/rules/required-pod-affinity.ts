import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import {
  effectOnOwnPods,
  isMetByDaemonSet,
  knowsOwnPods,
  type PodTerm,
  requiredPodTerms,
} from '../utils/pod-affinity.ts'
import { withEmptied } from '../utils/removal.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow making the nodes of a DaemonSet depend on the pods that run there',
      category: 'scheduling',
      presets: { strict: 'warn', reliability: 'warn' },
    },
    messages: {
      affinity:
        'A DaemonSet gets a pod on every node it chooses, whatever pods run there: on a node without those that this affinity requires it stays Pending and holds up rollouts. Expected nodes chosen by labels.',
      antiAffinity:
        'A DaemonSet gets a pod on every node it chooses, whatever pods run there: on a node with those that this anti-affinity forbids it stays Pending and holds up rollouts. Expected nodes chosen by labels.',
      remove: 'Remove it: the pods run on every chosen node',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /podA(?:ntiA)?ffinity/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        for (const side of ['podAffinity', 'podAntiAffinity'] as const) {
          for (const pods of requiredPodTerms(node, side)) {
            if (!pods.term.labelSelector) continue
            if (side === 'podAffinity' && isMetByDaemonSet(node, pods, context)) continue
            // Of the own pods another rule speaks.
            if (side === 'podAntiAffinity' && mayBeOwnPods(node, pods)) continue
            context.report({
              node,
              path: [...pods.at, 'topologyKey'],
              messageId: side === 'podAffinity' ? 'affinity' : 'antiAffinity',
              suggest:
                node.manifest.role === 'patch'
                  ? []
                  : [
                      {
                        messageId: 'remove',
                        fix: (fixer) => fixer.remove(withEmptied(node, pods.path, ['spec'])),
                      },
                    ],
            })
          }
        }
      },
    }
  },
})

function mayBeOwnPods(template: PodTemplate, pods: PodTerm): boolean {
  return !knowsOwnPods(template) || effectOnOwnPods(template, pods, { required: true }) !== undefined
}
