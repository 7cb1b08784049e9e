import type { ContainerNode, DaemonSetNode, Manifest } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { listAt, mapAt } from '../utils/fields.ts'
import { type Around, sharesNamespace } from '../utils/found.ts'
import { containersOf } from '../utils/mounts.ts'
import { listed, nameOf } from '../utils/names.ts'
import { lacksRequest, lacksResource } from '../utils/resources.ts'
import { type Demand, startingSuggestions } from '../utils/starting-resources.ts'

/** What a quota counts, and then demands of every container. Source: validationSet in pkg/quota/v1/evaluator/core/pods.go. */
const demands: Readonly<Record<string, Demand>> = {
  cpu: { part: 'requests', resource: 'cpu' },
  memory: { part: 'requests', resource: 'memory' },
  'requests.cpu': { part: 'requests', resource: 'cpu' },
  'requests.memory': { part: 'requests', resource: 'memory' },
  'limits.cpu': { part: 'limits', resource: 'cpu' },
  'limits.memory': { part: 'limits', resource: 'memory' },
}

export default defineRule<'missing' | 'add' | 'addGo'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the requests and limits that a ResourceQuota of the namespace demands',
      category: 'cross-resource',
      presets: { reliability: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        'ResourceQuota `{{quota}}` counts {{demanded}}, which container `{{container}}` does not state, so the API server refuses every pod: the DaemonSet has none on any node.',
      add: 'State {{values}} as a start; measure, then adjust',
      addGo: 'State {{values}} as a start, and tell the Go runtime by `GOMEMLIMIT`; measure, then adjust',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['cpu-memory-requests', 'memory-limit'],
  },

  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const { manifest } = node
        // With resources of the whole pod nothing is asked of its containers.
        if (manifest.type !== 'daemonSet' || !node.lacks('spec', 'resources')) return
        const lacking = containersOf(node).filter((one) =>
          Object.values(demands).some((demand) => lacks(one, demand)),
        )
        if (lacking.length === 0) return
        const quotas = context.resources({ kinds: ['ResourceQuota'] }).map((found) => found.manifest)
        for (const quota of quotas.filter((one) => isFor(one, manifest))) {
          const stated = Object.keys(mapAt(quota, 'spec', 'hard')).filter((key) =>
            Object.hasOwn(demands, key),
          )
          const demanded = stated.filter((key) => !mayBeSupplied(demands[key]!, manifest, context))
          for (const container of lacking) {
            const missing = demanded.filter((key) => lacks(container, demands[key]!))
            if (missing.length === 0) continue
            context.report({
              node: container,
              path: ['resources'],
              messageId: 'missing',
              data: {
                quota: nameOf(quota),
                container: nameOf(container),
                demanded: listed(missing),
              },
              suggest: startingSuggestions(
                container,
                agentOf(container),
                missing.map((key) => demands[key]!),
                { plain: 'add', go: 'addGo' },
              ),
            })
          }
        }
      },
    }
  },
})

function lacks(container: ContainerNode, { part, resource }: Demand): boolean {
  return part === 'requests' ? lacksRequest(container, resource) : lacksResource(container, part, resource)
}

/** True for a quota that surely holds for all pods of a DaemonSet's namespace. */
function isFor(quota: Manifest, daemonSet: DaemonSetNode): boolean {
  if (!quota.lacks('spec', 'scopes') || !quota.lacks('spec', 'scopeSelector')) return false
  return sharesNamespace(quota, daemonSet) === true
}

/**
 * True when a LimitRange supplies what containers do not state, or may do.
 * Source: SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go.
 */
function mayBeSupplied({ part, resource }: Demand, daemonSet: DaemonSetNode, around: Around): boolean {
  const fields = part === 'limits' ? ['default', 'max'] : ['defaultRequest', 'default', 'max', 'min']
  const ranges = { kinds: ['LimitRange'], scope: 'run' as const }
  const supplies = around.resources(ranges).some(({ manifest }) => {
    if (sharesNamespace(manifest, daemonSet) === false) return false
    if (manifest.isUnknown('spec', 'limits')) return true
    return listAt(manifest, 'spec', 'limits').some((_, index) =>
      fields.some((field) => !manifest.lacks('spec', 'limits', index, field, resource)),
    )
  })
  return supplies || around.mayHide(ranges)
}
