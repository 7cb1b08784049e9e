import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { hintsOf } from '../utils/agent-hints.ts'
import { type Agents, agentsFor, setsUpNode } from '../utils/agents.ts'
import type { AgentKind } from '../utils/known-agents.ts'
import { containersOf, mainContainersOf } from '../utils/mounts.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

/** They must come up before the cluster's DNS does, so the node's own is what they want. */
const beforeDns: readonly AgentKind[] = ['network', 'dns', 'storage', 'device']

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a DNS policy that works on the host network',
      category: 'networking',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      ignored:
        "`dnsPolicy: ClusterFirst` counts for nothing with `hostNetwork: true`: the pods get the node's DNS servers and find no Service by name. Expected `ClusterFirstWithHostNet`, or `Default` if that is meant.",
      unset:
        "With `hostNetwork: true` and no `dnsPolicy` the pods get the node's DNS servers and find no Service by name. Expected `ClusterFirstWithHostNet`, or `Default` if that is meant.",
      withHostNet: 'Set `dnsPolicy: ClusterFirstWithHostNet`: Services are found by name',
      default: "Set `dnsPolicy: Default`: the node's DNS is meant",
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /hostNetwork/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(node) {
        const spec = node.value.spec
        if (spec?.hostNetwork !== true || mayBeForWindows(node)) return
        const unset = node.lacks('spec', 'dnsPolicy')
        if (!unset && spec.dnsPolicy !== 'ClusterFirst') return
        const needsService = namesService(node)
        if (agents.mayBeOfKind(node, beforeDns) && !needsService) return
        if (unset && !needsService && (mayBeSetUp(node) || !sendsLogs(node, agents))) return
        const path = ['spec', 'dnsPolicy'] as const
        const cause = node.keyAt('spec', 'hostNetwork')
        context.report({
          node,
          path,
          // What makes the default wrong.
          ...(unset && cause && { loc: cause }),
          messageId: unset ? 'unset' : 'ignored',
          suggest: [
            { messageId: 'withHostNet', fix: (fixer) => fixer.set(path, 'ClusterFirstWithHostNet') },
            { messageId: 'default', fix: (fixer) => fixer.set(path, 'Default') },
          ],
        })
      },
    }
  },
})

/** True when the pod sets up its node, or may do so: it needs the node's network, not the cluster's Services. */
function mayBeSetUp(template: PodTemplate): boolean {
  return setsUpNode(template) || hintsOf(template).has('node')
}

/** True when a main container is a known agent that sends logs, which as a rule are kept in the cluster. */
function sendsLogs(template: PodTemplate, { agentOf }: Agents): boolean {
  return mainContainersOf(template).some((container) => {
    const agent = agentOf(container)
    return agent?.kinds.includes('logs') && !agent.onlyServes
  })
}

/** True when an argument or an environment variable holds the DNS name of a Service. */
function namesService(template: PodTemplate): boolean {
  return containersOf(template).some(({ value }) => {
    const texts = [
      ...(value.command ?? []),
      ...(value.args ?? []),
      ...(value.env ?? []).map((item) => item?.value),
    ]
    return texts.some((text) => typeof text === 'string' && /[a-z0-9]\.svc(\.|[:/"'\s,]|$)/.test(text))
  })
}
