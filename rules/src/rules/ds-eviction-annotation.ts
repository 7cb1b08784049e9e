import { defineRule } from '@daemonlint/core/define'
import { evictionAnnotation } from '../utils/autoscaler.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the annotation about eviction where the cluster autoscaler reads it',
      category: 'lifecycle',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      misplaced:
        'The cluster autoscaler reads this annotation of pods, not of the DaemonSet, so here it has no effect. Expected it in the annotations of the pod template.',
      value:
        'The cluster autoscaler takes every value but `"true"` for a no, `{{value}}` as well, so the pods are not evicted before their node goes. Expected `"true"` or `"false"`.',
      move: 'Move it to the pod template',
      yes: 'Evict the pods before their node goes',
      no: 'Leave the pods on their node to the end',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /cluster-autoscaler/ },
  },

  create(context) {
    const path = ['metadata', 'annotations', evictionAnnotation]
    return {
      daemonSet(node) {
        const onPods = ['spec', 'template', ...path]
        if (node.value.metadata?.annotations?.[evictionAnnotation] === undefined) return
        // Stated for the pods as well it does no harm, and a patch may leave that to its base.
        if (!node.lacks(...onPods)) return
        context.report({
          node,
          path,
          on: 'key',
          messageId: 'misplaced',
          suggest: [{ messageId: 'move', fix: (fixer) => fixer.move(path, onPods) }],
        })
      },
      podTemplate(node) {
        const value = node.value.metadata?.annotations?.[evictionAnnotation]
        if (typeof value !== 'string' || /^(true|false)$/.test(value)) return
        context.report({
          node,
          path,
          messageId: 'value',
          data: { value },
          suggest: [
            { messageId: 'yes', fix: (fixer) => fixer.set(path, 'true') },
            { messageId: 'no', fix: (fixer) => fixer.set(path, 'false') },
          ],
        })
      },
    }
  },
})
