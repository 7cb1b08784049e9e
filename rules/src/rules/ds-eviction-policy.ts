import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { evictionAnnotation } from '../utils/autoscaler.ts'
import { shipsLogs } from '../utils/container-logs.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require agents that other pods need to the end to say whether they may be evicted first',
      category: 'lifecycle',
      presets: { strict: 'info', reliability: 'info', 'log-agents': 'info', 'storage-agents': 'info' },
    },
    messages: {
      logs: 'The cluster autoscaler evicts `{{name}}` together with the pods whose logs it ships, so their last lines may stay behind. Expected the annotation `enable-ds-eviction` to say whether that is meant.',
      storage:
        'The cluster autoscaler evicts `{{name}}` together with the pods whose volumes it serves, so these may not be unmounted. Expected the annotation `enable-ds-eviction` to say whether that is meant.',
      stay: 'Leave the pods on their node to the end',
      evict: 'Let the pods be evicted, so that they end in order',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const agents = agentsFor(context.settings)
    const path = ['metadata', 'annotations', evictionAnnotation]
    return {
      podTemplate(node) {
        const { manifest } = node
        // Of one that stands in the wrong place `ds-eviction-annotation` speaks.
        if (!node.lacks(...path) || !manifest.lacks(...path)) return
        const storage = agents.kindsOf(node).has('storage')
        if (!storage && !shipsLogs(node, agents)) return
        context.report({
          node,
          path,
          messageId: storage ? 'storage' : 'logs',
          data: { name: nameOf(manifest) },
          suggest: [
            { messageId: 'stay', fix: (fixer) => fixer.set(path, 'false') },
            { messageId: 'evict', fix: (fixer) => fixer.set(path, 'true') },
          ],
        })
      },
    }
  },
})
