import type { FixFunction, Path, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import type { NodeSelectorTerm } from 'kubernetes-types/core/v1.js'
import { controlPlaneTaint, masterKey } from '../utils/tolerations.ts'

/**
 * What took the place of a label. `same`: the kubelet sets both to the same value on every node, so that the new name
 * chooses the same nodes. pkg/api/node/util.go and pkg/kubelet/kubelet_node_status.go of kubernetes/kubernetes.
 */
const successors = new Map([
  ['beta.kubernetes.io/os', { label: 'kubernetes.io/os', same: true, since: '1.14' }],
  ['beta.kubernetes.io/arch', { label: 'kubernetes.io/arch', same: true, since: '1.14' }],
  [
    'beta.kubernetes.io/instance-type',
    { label: 'node.kubernetes.io/instance-type', same: false, since: '1.17' },
  ],
  [
    'failure-domain.beta.kubernetes.io/region',
    { label: 'topology.kubernetes.io/region', same: false, since: '1.17' },
  ],
  [
    'failure-domain.beta.kubernetes.io/zone',
    { label: 'topology.kubernetes.io/zone', same: false, since: '1.17' },
  ],
  // The labels are called as the taints are.
  [masterKey, { label: controlPlaneTaint.key, same: false, since: '1.24' }],
])

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow choosing nodes by deprecated labels',
      category: 'scheduling',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      deprecated:
        'The node label `{{old}}` is deprecated since {{since}}; where a node lacks it, the daemon does not run there. Expected `{{label}}`.',
      unset:
        'Since {{since}} kubeadm no longer sets the node label `{{old}}`; where a node lacks it, the daemon does not run there. Expected `{{label}}`.',
      rename: 'Choose nodes by `{{label}}`',
      remove: 'Remove it; `{{label}}` is stated already',
    },
    fixable: 'code',
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['api-server/deprecated-node-selector', 'api-server/deprecated-affinity-label'],
    needs: { text: /beta\.kubernetes\.io|node-role\.kubernetes\.io\/master/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const selector = ['spec', 'nodeSelector'] as const
        const chosen = node.value.spec?.nodeSelector ?? {}
        for (const [old, { label, same, since }] of successors) {
          const path = [...selector, old]
          if (!node.keyAt(...path)) continue
          const stated = node.keyAt(...selector, label) !== undefined
          const repeated = stated && chosen[old] !== undefined && chosen[old] === chosen[label]
          const rename: FixFunction = (fixer) => fixer.rename(path, label)
          const remove: FixFunction = (fixer) => fixer.remove(path)
          context.report({
            node,
            path,
            on: 'key',
            messageId: old === masterKey ? 'unset' : 'deprecated',
            data: { old, label, since },
            ...(same && !stated && { fix: rename }),
            suggest: [
              ...(same || stated ? [] : [{ messageId: 'rename' as const, data: { label }, fix: rename }]),
              ...(repeated ? [{ messageId: 'remove' as const, data: { label }, fix: remove }] : []),
            ],
          })
        }
        for (const { path, key } of affinityKeys(node)) {
          const successor = successors.get(key)
          if (!successor) continue
          const { label, same, since } = successor
          const rename: FixFunction = (fixer) => fixer.set(path, label)
          context.report({
            node,
            path,
            messageId: key === masterKey ? 'unset' : 'deprecated',
            data: { old: key, label, since },
            ...(same
              ? { fix: rename }
              : { suggest: [{ messageId: 'rename', data: { label }, fix: rename }] }),
          })
        }
      },
    }
  },
})

/** The keys that the node affinity's terms, required and preferred, speak of, with their paths. */
function affinityKeys(template: PodTemplate): { path: Path; key: string }[] {
  const base = ['spec', 'affinity', 'nodeAffinity'] as const
  const affinity = template.value.spec?.affinity?.nodeAffinity
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'
  const terms: { path: Path; term: NodeSelectorTerm | undefined }[] = [
    ...(affinity?.[required]?.nodeSelectorTerms ?? []).map((term, index) => ({
      path: [...base, required, 'nodeSelectorTerms', index],
      term,
    })),
    ...(affinity?.[preferred] ?? []).map((item, index) => ({
      path: [...base, preferred, index, 'preference'],
      term: item?.preference,
    })),
  ]
  return terms.flatMap(({ path, term }) =>
    (term?.matchExpressions ?? []).flatMap((expression, index) =>
      expression?.key ? [{ path: [...path, 'matchExpressions', index, 'key'], key: expression.key }] : [],
    ),
  )
}
