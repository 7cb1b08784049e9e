import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayDoWorkOf } from '../utils/allow-kinds.ts'
import type { AgentKind } from '../utils/known-agents.ts'
import { knownAt, securityContextsOf } from '../utils/pod-security/fields.ts'
import { violationsOfControl } from '../utils/pod-security/index.ts'

/** The kinds of agents whose work asks for a namespace of the node. */
const askedForBy: Readonly<Record<'hostNetwork' | 'hostPID' | 'hostIPC', readonly AgentKind[]>> = {
  // They serve, measure or make the node's network, or register with what listens on it.
  hostNetwork: ['network', 'dns', 'storage', 'metrics', 'device', 'security', 'node'],
  // They measure processes, enter the namespaces of others, or tell pods by the ids of processes.
  hostPID: ['network', 'storage', 'metrics', 'device', 'security', 'node'],
  // LVM and device-mapper use semaphores of the node, CUDA's MPS its shared memory.
  hostIPC: ['storage', 'device'],
}

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow namespaces of the node in agents whose work does not ask for them',
      category: 'security',
      presets: { strict: 'warn', security: 'warn' },
    },
    messages: {
      hostNetwork:
        "`hostNetwork` puts the pods on their node's own network: they reach even what listens on its loopback address alone, no network policy holds them, and their ports are the node's. {{expected}}",
      hostPID:
        '`hostPID` shows the pods every process of their node, with its arguments, and lets root in them stop any. {{expected}}',
      hostIPC:
        '`hostIPC` gives the pods the shared memory of the processes of their node, to read and to change. {{expected}}',
      remove: 'Remove `{{field}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /hostPID|hostIPC|hostNetwork/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    const messageIds = { hostNetwork: 'hostNetwork', hostPID: 'hostPID', hostIPC: 'hostIPC' } as const
    return {
      podTemplate(node) {
        for (const { path } of violationsOfControl(node, 'hostNamespaces')) {
          const field = path.at(-1) as keyof typeof askedForBy
          if (mayDoWorkOf(node, askedForBy[field], agents)) continue
          // Host processes of Windows are on the node's network, or the API server refuses them.
          if (field === 'hostNetwork' && securityContextsOf(node).some(mayBeHostProcess)) continue
          const agent = agents.agentOfKind(node, 'logs')
          context.report({
            node,
            path,
            messageId: messageIds[field],
            data: {
              expected: agent
                ? `${agent.name} works without: it reads files.`
                : `Expected no \`${field}\`, or a disable comment that says why.`,
            },
            // Off the node's network, ports and addresses of probes change as well.
            suggest:
              field === 'hostNetwork'
                ? []
                : [{ messageId: 'remove', data: { field }, fix: (fixer) => fixer.remove(path) }],
          })
        }
      },
    }
  },
})

function mayBeHostProcess({ node, path }: ReturnType<typeof securityContextsOf>[number]): boolean {
  const field = [...path, 'windowsOptions', 'hostProcess']
  return knownAt(node, ...field) === true || node.isUnknown(...field)
}
