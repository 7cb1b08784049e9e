import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { describeCondition, findConflict, misspeltValue } from '../utils/node-conflicts.ts'
import { type NodeCondition, nodeConditionsOf, requiredTerms } from '../utils/node-selection.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow choosing nodes by conditions that no node can meet',
      category: 'scheduling',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      conflict: 'No node can meet both {{first}} and {{second}}, so this DaemonSet runs nowhere.',
      spelling:
        'No node has `{{key}}: {{value}}`, so this DaemonSet runs nowhere: kubelets write it `{{right}}`.',
      empty:
        'A term without conditions matches no node, not every node, so this DaemonSet runs nowhere. Expected conditions, or no node affinity.',
      correct: 'Write `{{right}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /nodeSelector|nodeAffinity/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        for (const fault of faultsOf(node) ?? []) {
          if (fault === 'empty') {
            context.report({ node, path: requiredTerms, messageId: 'empty' })
          } else if ('right' in fault) {
            const { key, path, operator, right } = fault
            const at = operator === 'In' && path.at(-1) === key ? path : [...path, 'values', 0]
            context.report({
              node,
              path: at,
              messageId: 'spelling',
              data: { key, value: fault.values[0] ?? '', right },
              suggest: [{ messageId: 'correct', data: { right }, fix: (fixer) => fixer.set(at, right) }],
            })
          } else {
            const [first, second] = fault
            context.report({
              node,
              path: second.path.at(-1) === second.key ? second.path : [...second.path, 'key'],
              messageId: 'conflict',
              data: { first: describeCondition(first), second: describeCondition(second) },
            })
          }
        }
      },
    }
  },
})

type Fault = 'empty' | (NodeCondition & { right: string }) | [NodeCondition, NodeCondition]

/**
 * Why no node can be chosen: what is wrong with `nodeSelector`, or with every term; undefined where a node can be, or
 * where not all is known. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
function faultsOf(template: PodTemplate): Fault[] | undefined {
  const conditions = nodeConditionsOf(template)
  if (!conditions) return undefined
  const wanted = [...osOf(template), ...conditions.selector]
  const fault = faultOf(wanted)
  if (fault) return [fault]
  const faults = conditions.terms.map((term) => (term.length === 0 ? 'empty' : faultOf([...wanted, ...term])))
  const found = faults.filter((one) => one !== undefined)
  if (found.length < faults.length) return undefined
  return found.filter((one, index) => one !== 'empty' || found.indexOf(one) === index)
}

/** What all of them together cannot hold for. */
function faultOf(conditions: readonly NodeCondition[]): Fault | undefined {
  for (const condition of conditions) {
    const right = misspeltValue(condition)
    if (right) return { ...condition, right }
  }
  return findConflict(conditions)
}

/** `spec.os` chooses no nodes, but the kubelets of all others refuse the pod. */
function osOf(template: PodTemplate): NodeCondition[] {
  const name = template.value.spec?.os?.name
  return name
    ? [{ key: 'kubernetes.io/os', operator: 'In', values: [name], path: ['spec', 'os', 'name'] }]
    : []
}
