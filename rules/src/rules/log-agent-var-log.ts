import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayRunAnother } from '../utils/commands.ts'
import { isWithin } from '../utils/host-paths.ts'
import { hostMountsOf, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

/** Folders that hold logs, wherever somebody has put them: the journal, another root of Docker's. */
const mayHoldLogs = /(^|\/)([^/]*logs?[^/]*|containers|journal|docker)(\/|$)/i

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: "Require a log agent to mount the node's logs",
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` runs {{agent}} without the node's `/var/log`, where the kubelet keeps the logs of all containers, so it has none to read.",
    },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template) || seesLogs(template)) return
        for (const node of mainContainersOf(template)) {
          const agent = agentOf(node)
          // One that others send their logs to needs none of the node's.
          if (!agent?.tailsLogs || mayTakeLogsIn(node) || mayRunAnother(node, agent)) continue
          context.report({
            node,
            path: ['volumeMounts'],
            messageId: 'missing',
            data: { container: nameOf(node), agent: agent.name },
          })
        }
      },
    }
  },
})

/** True when some container sees a folder of logs, or one above /var/log. */
function seesLogs(template: PodTemplate): boolean {
  return hostMountsOf(template).some(
    ({ hostPath }) => isWithin('/var/log', hostPath) || mayHoldLogs.test(hostPath),
  )
}

/** Ports on which fluentd and Fluent Bit take logs in: forward, syslog, TCP, HTTP. */
const intakes: readonly unknown[] = [24224, 24225, 5140, 5170, 9880]

/** True when a container declares such a port, or one that is not known. */
function mayTakeLogsIn(container: ContainerNode): boolean {
  if (container.isUnknown('ports')) return true
  return (container.value.ports ?? []).some(
    (port, index) =>
      intakes.includes(port?.containerPort) || container.isUnknown('ports', index, 'containerPort'),
  )
}
