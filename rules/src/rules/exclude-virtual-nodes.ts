import type { FixFunction, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { clusterOf } from '../utils/cluster.ts'
import {
  isForAllNodes,
  isForWindows,
  nodeSelectionOf,
  requiredTerms,
  requiredTermsOf,
} from '../utils/node-selection.ts'
import { type Taint, tolerates, tolerationsOf } from '../utils/tolerations.ts'

/**
 * Nodes that run single pods elsewhere, and none of a DaemonSet; their taints keep off what does not tolerate them.
 * https://docs.aws.amazon.com/eks/latest/userguide/fargate.html, https://virtual-kubelet.io/docs/setup/
 */
const virtualNodes: readonly { label: string; value: string; taint: Taint }[] = [
  {
    label: 'eks.amazonaws.com/compute-type',
    value: 'fargate',
    taint: { key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' },
  },
  {
    label: 'type',
    value: 'virtual-kubelet',
    taint: { key: 'virtual-kubelet.io/provider', value: 'azure', effect: 'NoSchedule' },
  },
]

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require what tolerates every taint to stay off virtual nodes',
      category: 'scheduling',
      presets: {},
    },
    messages: {
      tolerated:
        'This toleration holds for virtual nodes too (Fargate, virtual-kubelet), where as a rule pods of a DaemonSet stay Pending and hold up rollouts. Expected a node affinity that leaves such nodes out.',
      exclude: 'Leave out nodes with `{{label}}: {{value}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /tolerations/ },
  },
  create(context) {
    if (clusterOf(context.settings).virtualNodes === false) return {}
    return {
      podTemplate(node) {
        const selection = nodeSelectionOf(node)
        // Whoever chooses nodes by another label has chosen a pool of real ones.
        if (!selection || !isForAllNodes(selection) || isForWindows(node)) return
        const toleration = tolerationsOf(node)?.find(
          ({ known, value }) => known && virtualNodes.some(({ taint }) => tolerates(value, taint)),
        )
        if (!toleration) return
        context.report({
          node,
          path: ['spec', 'tolerations', toleration.index],
          messageId: 'tolerated',
          suggest: virtualNodes
            .filter(({ taint }) => tolerates(toleration.value, taint))
            .map(({ label, value }) => ({
              messageId: 'exclude' as const,
              data: { label, value },
              fix: exclusion(node, label, value),
            })),
        })
      },
    }
  },
})

/** A node need match only one term, so each of them has to say it. */
function exclusion(template: PodTemplate, key: string, value: string): FixFunction {
  const expression = { key, operator: 'NotIn', values: [value] }
  const terms = requiredTermsOf(template)
  if (terms.length === 0) return (fixer) => fixer.set(requiredTerms, [{ matchExpressions: [expression] }])
  return (fixer) =>
    terms.map((_, index) => fixer.append([...requiredTerms, index, 'matchExpressions'], expression))
}
