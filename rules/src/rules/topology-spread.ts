import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import type { TopologySpreadConstraint } from 'kubernetes-types/core/v1.js'
import { withEmptied } from '../utils/removal.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow topology spread constraints in a DaemonSet',
      category: 'scheduling',
      presets: { recommended: 'info', strict: 'warn' },
    },
    messages: {
      pointless:
        'There is nothing to spread: the pods of a DaemonSet are one for each node. Expected no topology spread constraint.',
      stranded:
        'There is nothing to spread: the pods of a DaemonSet are one for each node. But on a node without the label `{{key}}` the pod stays Pending forever. Expected no topology spread constraint.',
      uneven:
        'With `nodeAffinityPolicy: Ignore` the pods of all nodes are counted: where one `{{key}}` has more nodes than another, pods of a DaemonSet stay Pending there. Expected no topology spread constraint.',
      remove: 'Remove the constraint',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /topologySpreadConstraints/ },
  },
  create(context) {
    return {
      podTemplate(node) {
        const list = ['spec', 'topologySpreadConstraints']
        const constraints = node.value.spec?.topologySpreadConstraints ?? []
        for (const [index, constraint] of constraints.entries()) {
          context.report({
            node,
            path: [...list, index, 'topologyKey'],
            messageId: effectOf(node, index, constraint),
            data: { key: constraint?.topologyKey ?? '' },
            suggest:
              node.manifest.role === 'patch'
                ? []
                : [
                    {
                      messageId: 'remove',
                      fix: (fixer) => fixer.remove(withEmptied(node, [...list, index], ['spec'])),
                    },
                  ],
          })
        }
      },
    }
  },
})

/**
 * What a constraint does to pods each of which must run on one node. Only that node is counted, so it is as even as can
 * be, whatever the skew: pkg/scheduler/framework/plugins/podtopologyspread/filtering.go.
 */
function effectOf(
  template: PodTemplate,
  index: number,
  constraint: TopologySpreadConstraint,
): 'pointless' | 'stranded' | 'uneven' {
  const path = ['spec', 'topologySpreadConstraints', index]
  const known = ['topologyKey', 'whenUnsatisfiable', 'nodeAffinityPolicy'].every(
    (field) => !template.isUnknown(...path, field),
  )
  // Every node has its host name, and one pod at most.
  if (!known || constraint?.topologyKey === 'kubernetes.io/hostname') return 'pointless'
  if (constraint?.whenUnsatisfiable !== 'DoNotSchedule') return 'pointless'
  return constraint.nodeAffinityPolicy === 'Ignore' ? 'uneven' : 'stranded'
}
