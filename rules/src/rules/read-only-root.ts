import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { type Agents, agentsFor } from '../utils/agents.ts'
import { mayRun } from '../utils/commands.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'
import { knownAt } from '../utils/pod-security/fields.ts'
import { needsNoHardening } from '../utils/privileges.ts'
import { runsThroughout } from '../utils/resources.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a read-only root file system',
      category: 'security',
      presets: { strict: 'info', security: 'info' },
    },
    messages: {
      writable:
        'Container `{{container}}` can change its own programs, and what it writes beside its volumes fills the disk of the node. Expected `readOnlyRootFilesystem: true`, and an `emptyDir` for what it has to write.',
      readOnly: 'Set `readOnlyRootFilesystem: true` (folders it writes to then need a volume)',
    },
    hasSuggestions: true,
    rollsPods: true,
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const path = ['securityContext', 'readOnlyRootFilesystem'] as const
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        for (const node of containersOf(template)) {
          if (!runsThroughout(node) || needsNoHardening(node, template, agents)) continue
          if (!node.lacks(...path) && knownAt(node, ...path) !== false) continue
          if (mayRelinkIptables(node, agents)) continue
          context.report({
            node,
            path,
            messageId: 'writable',
            data: { container: nameOf(node) },
            suggest: [{ messageId: 'readOnly', fix: (fixer) => fixer.set(path, true) }],
          })
        }
      },
    }
  },
})

/**
 * True for Flannel's agent, or what may be it. The `iptables` of its image is a wrapper: at its first call it links
 * /usr/sbin/iptables to the kind that the node uses. Where it cannot, it stays there and runs that kind itself each time,
 * without its standard input: `iptables-restore` is given no rules, and says that all is well.
 * main.go of kubernetes-sigs/iptables-wrappers at bfef9e5, which images/Dockerfile of flannel-io/flannel v0.28.9 builds;
 * pkg/trafficmngr/iptables/iptables_restore.go there hands the rules over by standard input.
 */
function mayRelinkIptables(container: ContainerNode, agents: Agents): boolean {
  const agent = agents.agentOf(container)
  if (agent ? agent.id !== 'flannel' : agents.knowsAgent(container) || !mayBeFlannels(container)) return false
  return container.value.command === undefined || mayRun(container, /flanneld/)
}

/** True where the name of a container or its workload says so, or a placeholder hides it. */
function mayBeFlannels(container: ContainerNode): boolean {
  const { manifest } = container
  if (container.isUnknown('name') || manifest.isUnknown('metadata', 'name')) return true
  return /flannel/.test(`${nameOf(container)} ${nameOf(manifest)}`)
}
