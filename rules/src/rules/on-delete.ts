import type { DaemonSetNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { hostMountsOf, isWritable, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { ungatedContainerOf } from '../utils/readiness.ts'
import { unavailablePath } from '../utils/rollout.ts'

const path = ['spec', 'updateStrategy', 'type'] as const

export default defineRule<'manual' | 'rolling'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow updates that wait until somebody deletes the pods',
      category: 'rollout',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      manual:
        'With `OnDelete` the pods of `{{name}}` stay as they are until somebody deletes them, so nodes run different versions for as long as nobody does. Expected `RollingUpdate`, unless something else replaces the pods.',
      rolling: 'Update one node at a time',
    },
    hasSuggestions: true,
    needs: { text: /OnDelete/ },
  },

  create(context) {
    const agents = agentsFor(context.settings)
    return {
      daemonSet(node) {
        if (node.value.spec?.updateStrategy?.type !== 'OnDelete') return
        if (node.children.some((template) => mayHoldClusterData(template, agents))) return
        context.report({
          node,
          path,
          messageId: 'manual',
          data: { name: nameOf(node) },
          suggest: maySwitch(node)
            ? [
                {
                  messageId: 'rolling',
                  fix: (fixer) => [fixer.set(path, 'RollingUpdate'), fixer.set(unavailablePath, 1)],
                },
              ]
            : [],
        })
      },
    }
  },
})

/**
 * True for a pod that has data of a cluster on its node, or may have. A rolling update replaces at once all pods that are
 * not available, or have not been for `minReadySeconds`, whatever `maxUnavailable` says: several copies of the data may go
 * together. rollingUpdate in pkg/controller/daemon/update.go.
 */
function mayHoldClusterData(template: PodTemplate, { agentOf, knowsAgent }: Agents): boolean {
  const isServer = mainContainersOf(template).some((container) => {
    const id = agentOf(container)?.id
    return id === 'ceph' || id === 'glusterfs' || !knowsAgent(container)
  })
  return isServer && (hostMountsOf(template).some(isWritable) || !knowsHostMounts(template))
}

/**
 * True where a rolling update would be gated by readiness, and nothing is stated of it: limits that were never read may
 * not be what is wanted.
 */
function maySwitch(node: DaemonSetNode): boolean {
  const limits = ['spec', 'updateStrategy', 'rollingUpdate'] as const
  return !node.keyAt(...limits) && !node.isUnknown(...limits) && !node.children.some(ungatedContainerOf)
}
