import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { type AllowKinds, allowKindsSchema, mayDoWorkOf } from '../utils/allow-kinds.ts'
import { type HostPort, hostPortsOf } from '../utils/host-ports.ts'
import type { KnownAgent } from '../utils/known-agents.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayShare } from '../utils/template.ts'

/** What is as good, as the end of a sentence. */
const instead = {
  scraped: "none: who scrapes reaches the pod's own address",
  other:
    'a Service with `internalTrafficPolicy: Local`, or `hostIP: 127.0.0.1` if only the node itself calls it',
}

export default defineRule<'used' | 'remove', [AllowKinds]>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow ports of the node',
      category: 'security',
      presets: { strict: 'info', security: 'info' },
    },
    messages: {
      used: 'Container `{{container}}` takes {{ports}} of every node: whoever reaches the node reaches it, and where such a port is taken its pod stays Pending. Expected {{expected}}.',
      remove: 'Remove {{ports}} of the node (clients then need a Service)',
    },
    schema: allowKindsSchema,
    defaultOptions: [{ allowKinds: ['network', 'dns'] }],
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /hostPort/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        // There every port is the node's.
        if (mayShare(template, 'hostNetwork')) return
        if (mayDoWorkOf(template, context.options[0].allowKinds ?? [], agents)) return
        const found = new Map<ContainerNode, HostPort[]>()
        for (const host of hostPortsOf(template)) {
          if (/^(127\.|::1$)/.test(host.address)) continue
          const ports = found.get(host.container) ?? []
          ports.push(host)
          found.set(host.container, ports)
        }
        for (const [node, hostPorts] of found) {
          const ports = `port${hostPorts.length > 1 ? 's' : ''} ${hostPorts.map(({ port }) => port).join(', ')}`
          context.report({
            node,
            path: hostPorts[0]!.path,
            messageId: 'used',
            data: { container: nameOf(node), ports, expected: expectedOf(agents.agentOf(node)) },
            suggest: isDeclaredTwice(template)
              ? []
              : [
                  {
                    messageId: 'remove',
                    data: { ports },
                    fix: (fixer) =>
                      hostPorts.flatMap(({ path }) => {
                        const address = [...path.slice(0, -1), 'hostIP']
                        return [
                          fixer.remove(path),
                          ...(node.lacks(...address) ? [] : [fixer.remove(address)]),
                        ]
                      }),
                  },
                ],
          })
        }
      },
    }
  },
})

/** Exporters are only asked; an agent that takes in metrics is called by the pods of its node. */
function expectedOf(agent: KnownAgent | undefined): string {
  const { kinds = [], onlyServes } = agent ?? {}
  return onlyServes && kinds.includes('metrics') && !kinds.includes('logs') ? instead.scraped : instead.other
}

/** True when a pod declares a port twice, or may: without a port of the node nothing tells them apart. */
function isDeclaredTwice(template: PodTemplate): boolean {
  const ports = containersOf(template).flatMap(({ value }) =>
    (value.ports ?? []).map((port) => `${port?.containerPort} ${port?.protocol ?? 'TCP'}`),
  )
  return new Set(ports).size < ports.length
}
