import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf, mayBeOff } from '../utils/flags.ts'
import { seesHostPath } from '../utils/host-view.ts'
import { iptablesLock, mountHost } from '../utils/mount-fix.ts'
import { knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayShare } from '../utils/template.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: "Require NodeLocal DNSCache to use the node's network and the node's resolver",
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      network:
        "Container `{{container}}` makes the cache's address in the network of its own pod, where no other pod of the node reaches it. Expected `hostNetwork: true`.",
      resolver:
        "With `dnsPolicy: {{policy}}` the cache asks the cluster's DNS, which it stands in front of, for names outside the cluster: they go round in a circle. Expected `Default`, the node's resolver.",
      join: 'Set `hostNetwork: true`',
      joinLock: 'Set `hostNetwork: true`, and share the lock of iptables with the node',
      default: 'Set `dnsPolicy: Default`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /node-cache/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const container = mainContainersOf(node).find((one) => agentOf(one)?.id === 'node-local-dns')
        const flags = container && flagsOf(container)
        // Behind a LocalRedirectPolicy of Cilium's it makes no address.
        if (!container || !flags || mayBeOff(flags.get('setupinterface'))) return
        if (!mayShare(node, 'hostNetwork')) {
          const hostNetwork = ['spec', 'hostNetwork'] as const
          const sharesLock = !knowsHostMounts(node) || seesHostPath(node, container, iptablesLock.path)
          context.report({
            node,
            path: hostNetwork,
            messageId: 'network',
            data: { container: nameOf(container) },
            suggest: [
              {
                messageId: sharesLock ? 'join' : 'joinLock',
                fix: (fixer) => [
                  // What belongs to the container comes before what follows it.
                  ...(sharesLock ? [] : mountHost(fixer, node, container, iptablesLock)),
                  fixer.set(hostNetwork, true),
                ],
              },
            ],
          })
          return
        }
        const path = ['spec', 'dnsPolicy'] as const
        const policy = node.value.spec?.dnsPolicy
        if (policy !== 'ClusterFirstWithHostNet' || node.value.spec?.hostNetwork !== true) return
        context.report({
          node,
          path,
          messageId: 'resolver',
          data: { policy },
          suggest: [{ messageId: 'default', fix: (fixer) => fixer.set(path, 'Default') }],
        })
      },
    }
  },
})
