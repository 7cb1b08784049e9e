import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mayRunWait, onlyWaits } from '../utils/commands.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { isForWindows } from '../utils/node-selection.ts'
import { systemClasses } from '../utils/priority-classes.ts'
import { labelOf, lacksRequest, type ResourceName, runsThroughout } from '../utils/resources.ts'
import { starts } from '../utils/starting-resources.ts'
import { templateOf } from '../utils/template.ts'

export default defineRule<'missing' | 'add'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require CPU and memory requests',
      category: 'resources',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing: 'Container `{{container}}` requests no {{resources}}, {{effect}}. Expected `{{expected}}`.',
      add: 'Request {{values}} as a start; measure, then adjust',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    return {
      container(node) {
        if (!runsThroughout(node) || onlyWaits(node) || mayRunWait(node)) return
        const missing = (['cpu', 'memory'] as const).filter((resource) => lacksRequest(node, resource))
        if (missing.length === 0) return
        const requests = Object.fromEntries(missing.map((resource) => [resource, starts.requests[resource]]))
        context.report({
          node,
          path: ['resources', 'requests'],
          messageId: 'missing',
          data: {
            container: nameOf(node),
            resources: missing.map(labelOf).join(' and no '),
            effect: effectFor(node, missing),
            expected: missing.length > 1 ? 'requests' : `requests.${missing[0]}`,
          },
          suggest: [
            {
              messageId: 'add',
              data: {
                values: missing
                  .map((resource) => `${starts.requests[resource]} of ${labelOf(resource)}`)
                  .join(' and '),
              },
              fix: (fixer) =>
                node.lacks('resources', 'requests')
                  ? fixer.set(['resources', 'requests'], requests)
                  : missing.map((resource) =>
                      fixer.set(['resources', 'requests', resource], starts.requests[resource]),
                    ),
            },
          ],
        })
      },
    }
  },
})

function effectFor(node: ContainerNode, missing: readonly ResourceName[]): string {
  const criticalClass = criticalBestEffortClass(node)
  const filled = 'so the scheduler fills its nodes as if the container needed none'
  if (!criticalClass && mayBeSpared(node, missing)) return filled
  return criticalClass
    ? `nor does its pod: the class \`${criticalClass}\` brings it onto full nodes, and there, when CPU is short, it gets less than any pod that requests some`
    : `${filled}, and under pressure the container is among the first to starve`
}

/**
 * True where pressure on the node does a container no harm for what it does not request, or may do none. The kubelet evicts
 * no critical pod, the kernel kills containers of one that is critical to its node last, and Windows kills none at all.
 * GetContainerOOMScoreAdjust in pkg/kubelet/qos/policy.go, IsCriticalPod in pkg/kubelet/types/pod_update.go.
 */
function mayBeSpared(node: ContainerNode, missing: readonly ResourceName[]): boolean {
  const template = templateOf(node)
  const unknown = template?.isUnknown('spec', 'priorityClassName') ?? false
  const { priorityClassName = '' } = template?.value.spec ?? {}
  if (template && isForWindows(template)) return unknown || systemClasses.has(priorityClassName)
  return missing.every((one) => one === 'memory') && (unknown || priorityClassName === 'system-node-critical')
}

/** The class of a pod that is critical to its node or cluster and yet, in all of its containers, requests nothing. */
function criticalBestEffortClass(node: ContainerNode): string | undefined {
  const template = templateOf(node)
  if (!template || isForWindows(template)) return undefined
  const { priorityClassName } = template.value.spec ?? {}
  if (!priorityClassName || !systemClasses.has(priorityClassName)) return undefined
  const requestsNothing = containersOf(template).every((container) =>
    (['cpu', 'memory'] as const).every((resource) => lacksRequest(container, resource)),
  )
  return requestsNothing ? priorityClassName : undefined
}
