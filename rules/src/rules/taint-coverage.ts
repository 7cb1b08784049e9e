import type { FixFunction, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { clusterOf } from '../utils/cluster.ts'
import { nameOf } from '../utils/names.ts'
import { isForAllNodes, isForWindows, nodeSelectionOf } from '../utils/node-selection.ts'
import { hasNoContainers } from '../utils/template.ts'
import {
  controlPlaneTaint,
  decidesInComment,
  isAddedByController,
  tolerationsOf,
} from '../utils/tolerations.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require tolerations, or a choice of the nodes that are meant',
      category: 'scheduling',
      presets: {
        strict: 'info',
        reliability: 'info',
        'log-agents': 'info',
        'monitoring-agents': 'info',
        'security-agents': 'warn',
      },
    },
    messages: {
      none: 'DaemonSet `{{name}}` has neither tolerations nor a choice of nodes, so it runs on every node but the tainted ones: the control plane, and pools for GPUs or spot nodes, go without it, and nobody is told. Expected tolerations for the taints it must withstand, or a node selector.',
      controlPlane: 'Tolerate the taint of control-plane nodes',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const { controlPlaneNodes } = clusterOf(context.settings)
    return {
      podTemplate(node) {
        if (hasNoContainers(node) || !hasNoTolerations(node) || isForWindows(node)) return
        const selection = nodeSelectionOf(node)
        if (!selection || !isForAllNodes(selection) || decidesInComment(node, context.root)) return
        const path = ['spec', 'tolerations'] as const
        const { key, effect } = controlPlaneTaint
        const tolerate: FixFunction = (fixer) => fixer.append(path, { key, operator: 'Exists', effect })
        context.report({
          node,
          path,
          messageId: 'none',
          data: { name: nameOf(node.manifest) },
          suggest: controlPlaneNodes === false ? [] : [{ messageId: 'controlPlane', fix: tolerate }],
        })
      },
    }
  },
})

/** True when it surely states no tolerations but those that its pods have anyway. */
function hasNoTolerations(template: PodTemplate): boolean {
  const hostNetwork = template.value.spec?.hostNetwork === true
  return (
    tolerationsOf(template)?.every(({ known, value: { tolerationSeconds: _, ...toleration } }) => {
      return known && isAddedByController(toleration, { hostNetwork })
    }) ?? false
  )
}
