import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { isWithin, runtimeSocketOf } from '../utils/host-paths.ts'
import { type HostMount, hostMountsOf, isWritable } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { runsThroughout } from '../utils/resources.ts'
import { replaceSurge, surgeOf, surgePath } from '../utils/rollout.ts'

/** Folders in which plug-ins of the kubelet serve their sockets, whatever the kubelet's root is. */
const pluginSockets = /\/(plugins|plugins_registry|device-plugins)(\/|$)/
/** What pods install alike, locks, which are made for several writers, and what the kernel or the runtime keeps. */
const common =
  /\/cni(\/|$)|\.lock$|^\/(boot|dev|proc|sys|usr|lib\/modules|run\/netns|var\/lib\/docker|var\/log\/(pods|containers))(\/|$)/

export default defineRule<'state' | 'socket' | 'replace'>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow surging over pods that keep state or sockets on their node',
      category: 'rollout',
      presets: { strict: 'warn', reliability: 'warn' },
    },
    messages: {
      state:
        'With `maxSurge` {{surge}} two pods run on a node at once, and container `{{container}}` of each can write `{{path}}` on the node, while positions, buffers and databases have one writer. Expected `maxUnavailable` instead.',
      socket:
        "With `maxSurge` {{surge}} two pods run on a node at once, and container `{{container}}` of each serves a socket in `{{path}}` on the node: the old pod, when it ends, may remove the new one's. Expected `maxUnavailable` instead.",
      replace: 'Take the old pod of a node down first: `maxUnavailable` instead of `maxSurge`',
    },
    hasSuggestions: true,
    needs: { text: /maxSurge/ },
  },

  create(context) {
    const agents = agentsFor(context.settings)
    return {
      daemonSet(node) {
        const surge = surgeOf(node)
        const [template] = node.children
        const host = surge !== undefined && template && sharedMount(template, agents)
        if (!host) return
        const { container, hostPath } = host
        context.report({
          node,
          path: surgePath,
          messageId: pluginSockets.test(hostPath) ? 'socket' : 'state',
          data: { surge, container: nameOf(container), path: hostPath },
          suggest: [{ messageId: 'replace', fix: (fixer) => replaceSurge(node, fixer) }],
        })
      },
    }
  },
})

/** The first mount of the node that two pods would get in each other's way in. */
function sharedMount(template: PodTemplate, agents: Agents): HostMount | undefined {
  return hostMountsOf(template).find((host) => {
    const { container, hostPath } = host
    if (!runsThroughout(container) || !isWritable(host) || common.test(hostPath)) return false
    if (runtimeSocketOf(hostPath)) return false
    if (pluginSockets.test(hostPath)) return true
    return isOwn(host) || (isWithin('/var/log', hostPath) && agents.agentOf(container)?.writesVarLog === true)
  })
}

/** True for a folder or file that the pod makes where it is absent: nobody else's, as a rule. */
function isOwn({ volume }: HostMount): boolean {
  const { hostPath } = volume.value
  return hostPath?.type === 'DirectoryOrCreate' || hostPath?.type === 'FileOrCreate'
}
