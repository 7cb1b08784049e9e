import { defineRule } from '@daemonlint/core/define'
import { textAt } from '../utils/fields.ts'
import { placeOf } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { labelSelectorAt, selectedDaemonSet } from '../utils/selectors.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow disruption budgets that cannot be computed for the pods of a DaemonSet',
      category: 'cross-resource',
      presets: { recommended: 'error', strict: 'error', reliability: 'error' },
    },
    messages: {
      maxUnavailable:
        'The budget selects the pods of DaemonSet `{{name}}` ({{place}}), which has no number of replicas that `maxUnavailable` could be counted from: it fails, and allows no eviction at all. Expected an integer `minAvailable`, or no budget.',
      percentage:
        'The budget selects the pods of DaemonSet `{{name}}` ({{place}}), which has no number of replicas that {{written}} could be counted from: it fails, and allows no eviction at all. Expected an integer `minAvailable`, or no budget.',
    },
    needs: { kinds: ['PodDisruptionBudget'], text: /maxUnavailable|%/, beside: ['DaemonSet'] },
  },
  create(context) {
    return {
      manifest(node) {
        if (!node.apiVersion.startsWith('policy/')) return
        const path = [
          'spec',
          node.keyAt('spec', 'maxUnavailable') ? 'maxUnavailable' : 'minAvailable',
        ] as const
        const written = textAt(node, ...path) ?? ''
        if (path[1] === 'minAvailable' && !/^\d+%$/.test(written)) return
        if (node.role === 'patch' || node.isUnknown(...path) || node.lacks(...path)) return
        const selector = labelSelectorAt(node, 'spec', 'selector')
        const found = selector && selectedDaemonSet(context, node, selector)
        if (!found) return
        context.report({
          node,
          path,
          messageId: path[1] === 'maxUnavailable' ? 'maxUnavailable' : 'percentage',
          data: { name: nameOf(found.manifest), place: placeOf(found, context.filePath), written },
        })
      },
    }
  },
})
