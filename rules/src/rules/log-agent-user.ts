import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayRunAnother } from '../utils/commands.ts'
import { isWithin } from '../utils/host-paths.ts'
import { seesHostPath } from '../utils/host-view.ts'
import { hostMountsOf, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that a log agent may read the logs of containers',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      unreadable:
        'Container `{{container}}` runs {{agent}} as user {{user}} and group {{group}}, but the logs of containers belong to root, and only root and its group may read them. Expected `runAsUser: 0` without capabilities, or `runAsGroup: 0`.',
      group: 'Set `runAsGroup: 0`: what it writes to must be writable for that user or group',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /runAsGroup/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template)) return
        if (mayBeInGroup(template) || mayOpenLogs(template)) return
        for (const node of mainContainersOf(template)) {
          const agent = agentOf(node)
          if (!agent?.tailsLogs || !seesHostPath(template, node, '/var/log/pods')) continue
          if (mayRunAnother(node, agent)) continue
          const user = idOf(template, node, 'runAsUser')
          const group = idOf(template, node, 'runAsGroup')
          // Without a group it has that of the user in the image, which may be root's.
          if (!user || !group) continue
          const own = node.value.securityContext?.runAsGroup !== undefined
          const path = ['securityContext', 'runAsGroup'] as const
          context.report({
            node: own ? node : template,
            path: own ? path : ['spec', ...path],
            messageId: 'unreadable',
            data: { container: nameOf(node), agent: agent.name, user, group },
            suggest: [{ messageId: 'group', fix: (fixer) => fixer.set(path, 0, node) }],
          })
        }
      },
    }
  },
})

/** The number that a container runs with; undefined where it is not known. */
function idOf(template: PodTemplate, container: ContainerNode, field: 'runAsUser' | 'runAsGroup') {
  const path = ['securityContext', field] as const
  if (!container.lacks(...path)) return container.value.securityContext?.[field] ?? undefined
  if (template.isUnknown('spec', ...path)) return undefined
  return template.value.spec?.securityContext?.[field] ?? undefined
}

/** True when an init container can give the logs to other users: it has them, or a folder above, writable. */
function mayOpenLogs(template: PodTemplate): boolean {
  return hostMountsOf(template).some(
    ({ container, hostPath, mount }) =>
      container.list === 'initContainers' && mount.readOnly !== true && isWithin('/var/log/pods', hostPath),
  )
}

/** True when the pod has root's group besides, or may have it. */
function mayBeInGroup(template: PodTemplate): boolean {
  const path = ['spec', 'securityContext'] as const
  const { fsGroup, supplementalGroups } = template.value.spec?.securityContext ?? {}
  if (fsGroup === 0 || supplementalGroups?.some((group) => group === 0)) return true
  if (template.isUnknown(...path, 'fsGroup') || template.isUnknown(...path, 'supplementalGroups')) return true
  return (supplementalGroups ?? []).some((_, index) =>
    template.isUnknown(...path, 'supplementalGroups', index),
  )
}
