import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { clusterOf } from '../utils/cluster.ts'
import { archLabels, isForWindows, nodeSelectionOf } from '../utils/node-selection.ts'
import { hasNoContainers } from '../utils/template.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a DaemonSet to select the operating system of its nodes',
      category: 'scheduling',
      presets: { recommended: 'info', strict: 'warn' },
    },
    messages: {
      missing:
        'Nothing limits this DaemonSet to {{nodes}} nodes, so on a node of another operating system its pod is created and cannot start. Expected `kubernetes.io/os: {{os}}` in `nodeSelector`.',
      osField:
        '`spec.os` does not choose nodes: the controller still creates a pod on nodes of another operating system, where the kubelet rejects it again and again. Expected `kubernetes.io/os: {{os}}` in `nodeSelector`.',
      select: 'Select `kubernetes.io/os: {{os}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    if (clusterOf(context.settings).os) return {}
    return {
      podTemplate(node) {
        if (node.isUnknown('spec', 'os', 'name') || !leavesOsOpen(node) || hasNoContainers(node)) return
        const stated = node.value.spec?.os?.name
        const os = stated ?? (isForWindows(node) ? 'windows' : 'linux')
        const data = { os, nodes: os === 'windows' ? 'Windows' : 'Linux' }
        context.report({
          node,
          path: stated ? ['spec', 'os', 'name'] : ['spec', 'nodeSelector'],
          messageId: stated ? 'osField' : 'missing',
          data,
          suggest: [
            {
              messageId: 'select',
              data,
              fix: (fixer) => fixer.set(['spec', 'nodeSelector', 'kubernetes.io/os'], data.os),
            },
          ],
        })
      },
    }
  },
})

/**
 * True when nodes of every operating system are chosen. Any other label counts as a choice: a pool of nodes has one
 * operating system.
 */
function leavesOsOpen(template: PodTemplate): boolean {
  const selection = nodeSelectionOf(template)
  if (!selection || selection.labels.some((label) => !archLabels.includes(label))) return false
  return (
    selection.terms.length === 0 ||
    selection.terms.some((keys) => keys.every((key) => archLabels.includes(key)))
  )
}
