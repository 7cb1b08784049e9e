import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { programOfAgent } from '../utils/commands.ts'
import { isWithin } from '../utils/host-paths.ts'
import type { KnownAgent } from '../utils/known-agents.ts'
import { mountHost } from '../utils/mount-fix.ts'
import { hostMountsOf, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { programOf } from '../utils/shell.ts'

const folder = '/var/lib/kubelet/device-plugins'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: "Require a device plugin to mount the kubelet's folder of device plugins",
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` is a device plugin without the kubelet's folder `/var/lib/kubelet/device-plugins`, so the kubelet never learns of it, and the node offers none of its devices.",
      mount: 'Mount the folder',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template) || reachesKubelet(template)) return
        for (const node of mainContainersOf(template)) {
          const agent = agentOf(node)
          if (!agent?.offersDevices || mayRunTool(node, agent)) continue
          context.report({
            node,
            path: ['volumeMounts'],
            messageId: 'missing',
            data: { container: nameOf(node) },
            suggest: [
              {
                messageId: 'mount',
                fix: (fixer) =>
                  mountHost(fixer, template, node, {
                    name: 'device-plugins',
                    path: folder,
                    type: 'Directory',
                  }),
              },
            ],
          })
        }
      },
    }
  },
})

/** True when a container sees that folder, whatever the kubelet's root is, or the one for plug-ins of all kinds. */
function reachesKubelet(template: PodTemplate): boolean {
  return hostMountsOf(template).some(
    ({ hostPath }) =>
      isWithin(folder, hostPath) || /\/(device-plugins|plugins_registry|kubelet)$/.test(hostPath),
  )
}

/** True when a container runs another tool of the same image, or may: NVIDIA's holds several. */
function mayRunTool(container: ContainerNode, agent: KnownAgent): boolean {
  if (container.isUnknown('command') || container.isUnknown('args')) return true
  const [program] = container.value.command ?? []
  if (program !== undefined) {
    return container.isUnknown('command', 0) || !programOfAgent(agent).test(programOf([program]))
  }
  const [first] = container.value.args ?? []
  return first !== undefined && (container.isUnknown('args', 0) || !String(first).startsWith('-'))
}
