import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { hasNoContainers } from '../utils/template.ts'

export default defineRule<'missing' | 'node' | 'cluster'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a priority class',
      category: 'scheduling',
      presets: {
        strict: 'warn',
        reliability: 'warn',
        'network-agents': 'warn',
        'storage-agents': 'warn',
        'security-agents': 'warn',
      },
    },
    messages: {
      missing:
        'DaemonSet `{{name}}` has no priority class: its pod fits one node only, and where other pods fill that node first it waits forever.',
      node: 'Use system-node-critical: the node is of no use without it (networking, storage)',
      cluster: 'Use system-cluster-critical: the cluster relies on it',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['shutdown-order'],
  },

  create(context) {
    return {
      podTemplate(node) {
        const path = ['spec', 'priorityClassName']
        if (!node.lacks(...path) || !node.lacks('spec', 'priority') || hasNoContainers(node)) return
        context.report({
          node,
          path,
          messageId: 'missing',
          data: { name: nameOf(node.manifest) },
          suggest: [
            { messageId: 'node', fix: (fixer) => fixer.set(path, 'system-node-critical') },
            { messageId: 'cluster', fix: (fixer) => fixer.set(path, 'system-cluster-critical') },
          ],
        })
      },
    }
  },
})
