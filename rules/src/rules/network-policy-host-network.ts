import { defineRule } from '@daemonlint/core/define'
import { placeOf } from '../utils/found.ts'
import { nameOf } from '../utils/names.ts'
import { labelSelectorAt, selectedDaemonSet } from '../utils/selectors.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow network policies for pods on the host network',
      category: 'networking',
      presets: { strict: 'info', security: 'info' },
    },
    messages: {
      undefined:
        'The policy selects the pods of DaemonSet `{{name}}` ({{place}}), which are on the host network: what it does there is left to the network plugin, and with most it does nothing.',
    },
    needs: { kinds: ['NetworkPolicy'], text: /podSelector/, beside: ['DaemonSet'] },
  },
  create(context) {
    return {
      manifest(node) {
        if (node.apiVersion !== 'networking.k8s.io/v1' || node.role === 'patch') return
        // An empty selector is a policy of the whole namespace.
        const selector = labelSelectorAt(node, 'spec', 'podSelector')
        const found = selector && selectedDaemonSet(context, node, selector)
        if (found?.template.value.spec?.hostNetwork !== true) return
        context.report({
          node,
          path: ['spec', 'podSelector'],
          messageId: 'undefined',
          data: { name: nameOf(found.manifest), place: placeOf(found, context.filePath) },
        })
      },
    }
  },
})
