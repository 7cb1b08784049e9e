import { defineRule } from '@daemonlint/core/define'
import { textAt } from '../utils/fields.ts'
import { nameOf } from '../utils/names.ts'
import { daemonSetNamedBy } from '../utils/targets.ts'

const path = ['spec', 'updatePolicy', 'updateMode'] as const

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow vertical autoscalers that evict the pods of a DaemonSet',
      category: 'cross-resource',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      evicts:
        'With `updateMode: {{mode}}` the autoscaler evicts pods of DaemonSet `{{target}}`, by default up to half of them at once, whatever its `maxUnavailable` says. Expected `Initial` or `Off`.',
      unset:
        'Without an `updateMode` the autoscaler evicts pods of DaemonSet `{{target}}`, by default up to half of them at once, whatever its `maxUnavailable` says. Expected `Initial` or `Off`.',
      initial: 'Set `updateMode: Initial`: pods get their resources when a rollout or a new node makes them',
      off: 'Set `updateMode: Off`: it only recommends',
    },
    hasSuggestions: true,
    needs: { kinds: ['VerticalPodAutoscaler'], text: /DaemonSet/ },
  },
  create(context) {
    return {
      manifest(node) {
        if (!node.apiVersion.startsWith('autoscaling.k8s.io/')) return
        const target = daemonSetNamedBy(node, 'targetRef')
        if (!target) return
        const mode = textAt(node, ...path)
        const unset = node.lacks(...path)
        if (!unset && mode !== 'Auto' && mode !== 'Recreate') return
        context.report({
          node,
          path,
          messageId: unset ? 'unset' : 'evicts',
          data: { mode: String(mode), target: typeof target.name === 'string' ? target.name : nameOf(node) },
          suggest: [
            { messageId: 'initial', fix: (fixer) => fixer.set(path, 'Initial') },
            { messageId: 'off', fix: (fixer) => fixer.set(path, 'Off') },
          ],
        })
      },
    }
  },
})
