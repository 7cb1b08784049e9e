import type { Path, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { clusterOf } from '../utils/cluster.ts'
import { type NodeCondition, nodeConditionsOf } from '../utils/node-selection.ts'
import { controlPlaneTaint, masterKey, type Taint, tolerates, tolerationsOf } from '../utils/tolerations.ts'

interface TaintedNodes {
  label: string
  /** The value that the label has on these nodes; any where there is none. */
  value?: string
  taint: Taint
  /** Who sets the taint. */
  by: string
}

/**
 * Nodes that have a taint wherever they have a label, as those who make the nodes set both: kubeadm, mark-control-plane;
 * https://cloud.google.com/kubernetes-engine/docs/how-to/gpus; https://learn.microsoft.com/azure/aks/spot-node-pool.
 * Not the label with the value `true`: k3s sets that, and no taint.
 */
const taintedNodes: readonly TaintedNodes[] = [
  { label: controlPlaneTaint.key, value: '', taint: controlPlaneTaint, by: 'kubeadm' },
  {
    label: 'cloud.google.com/gke-accelerator',
    taint: { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' },
    by: 'GKE',
  },
  {
    label: 'kubernetes.azure.com/scalesetpriority',
    value: 'spot',
    taint: { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' },
    by: 'AKS',
  },
]

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the toleration for the taint of the nodes that are chosen',
      category: 'scheduling',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      untolerated:
        'The chosen nodes have the label `{{label}}`, and {{by}} gives them the taint `{{taint}}`, which nothing here tolerates: the DaemonSet runs nowhere. Expected a toleration for it.',
      append: 'Tolerate `{{taint}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    // What follows the slash: in JSON that may be written `\/`.
    needs: {
      text: new RegExp(taintedNodes.map(({ label }) => label.slice(label.indexOf('/') + 1)).join('|')),
    },
  },
  create(context) {
    const noControlPlane = clusterOf(context.settings).controlPlaneNodes === false
    return {
      podTemplate(node) {
        const tolerations = tolerationsOf(node)
        if (!tolerations || tolerations.some(({ known }) => !known)) return
        for (const nodes of taintedNodes) {
          const isControlPlane = nodes.taint === controlPlaneTaint
          // Of the old toleration another rule speaks.
          const isOld = isControlPlane && tolerations.some(({ value }) => value.key === masterKey)
          if (isOld || (isControlPlane && noControlPlane)) continue
          const path = choosing(node, nodes)
          if (!path || tolerations.some(({ value }) => tolerates(value, nodes.taint))) continue
          const { key, value, effect } = nodes.taint
          const data = {
            label: nodes.label,
            by: nodes.by,
            taint: `${key}${value ? `=${value}` : ''}:${effect}`,
          }
          context.report({
            node,
            path,
            on: path.at(-1) === nodes.label ? 'key' : 'value',
            messageId: 'untolerated',
            data,
            suggest: [
              {
                messageId: 'append',
                data,
                fix: (fixer) => fixer.append(['spec', 'tolerations'], { key, operator: 'Exists', effect }),
              },
            ],
          })
        }
      },
    }
  },
})

/** Where a template says that it chooses none but these nodes; undefined where it does not, or may not. */
function choosing(template: PodTemplate, nodes: TaintedNodes): Path | undefined {
  const conditions = nodeConditionsOf(template)
  const chosen = conditions?.selector.find((one) => demands(one, nodes))
  if (chosen) return chosen.path
  const inTerms = conditions?.terms.map((term) => term.find((one) => demands(one, nodes))) ?? []
  const [first] = inTerms
  return first && inTerms.every((one) => one !== undefined) ? [...first.path, 'key'] : undefined
}

function demands({ key, operator, values }: NodeCondition, { label, value }: TaintedNodes): boolean {
  if (key !== label) return false
  if (operator === 'Exists') return value === undefined || value === ''
  return operator === 'In' && (value === undefined || values.every((one) => one === value))
}
