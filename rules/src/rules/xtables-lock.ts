import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf, mayBeOff } from '../utils/flags.ts'
import { seesHostPath } from '../utils/host-view.ts'
import { iptablesLock, mountHost } from '../utils/mount-fix.ts'
import { knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require agents that change iptables to share its lock with the node',
      category: 'agents',
      presets: { strict: 'info', 'network-agents': 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` runs {{agent}}, which changes the node's iptables, with a lock of its own: it may overwrite what another changes at the same time. Expected the node's `/run/xtables.lock` mounted.",
      mount: 'Mount it with `type: FileOrCreate`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /hostNetwork/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template)) return
        // In a network of its own it changes its own rules.
        if (template.value.spec?.hostNetwork !== true) return
        for (const node of mainContainersOf(template)) {
          const agent = agentOf(node)
          if (
            !agent?.runsIptables ||
            seesHostPath(template, node, iptablesLock.path) ||
            mayUseOtherMeans(node)
          )
            continue
          context.report({
            node,
            path: ['volumeMounts'],
            messageId: 'missing',
            data: { container: nameOf(node), agent: agent.name },
            suggest: [
              {
                messageId: 'mount',
                fix: (fixer) => mountHost(fixer, template, node, iptablesLock),
              },
            ],
          })
        }
      },
    }
  },
})

/** kube-proxy where it uses nftables, or a file says what; NodeLocal DNSCache where it leaves iptables alone. */
function mayUseOtherMeans(container: ContainerNode): boolean {
  const flags = flagsOf(container)
  const mode = flags?.get('proxy-mode')
  if (!flags || flags.has('config') || mayBeOff(flags.get('setupiptables'))) return true
  return mode !== undefined && (!mode.known || mode.value === 'nftables')
}
