import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf } from '../utils/flags.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { hostMountsOf, knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: "Require node-exporter to see the node's first process, whose mounts it lists",
      category: 'agents',
      presets: { strict: 'warn', 'monitoring-agents': 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` reads `/proc` of its own, where process 1 is node-exporter itself, so it lists the container's mounts beside those of the node. Expected `hostPID: true`, or the node's `/proc` mounted and named by `--path.procfs`.",
      flag: "Name the node's `/proc`, which is mounted with its `/`: `--path.procfs={{place}}`",
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /node[-_]exporter/i },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        const path = ['spec', 'hostPID'] as const
        if (!template.lacks(...path) && template.value.spec?.hostPID !== false) return
        if (!knowsHostMounts(template)) return
        for (const container of mainContainersOf(template)) {
          const flags = flagsOf(container)
          if (agentOf(container)?.id !== 'node-exporter' || !flags) continue
          // Without the node's root it measures nothing of the node's file systems anyway.
          const root = rootOf(template, container)
          if (root === undefined || flags.has('no-collector.filesystem')) continue
          const procfs = flags.get('path.procfs')
          if (procfs && (!procfs.known || normaliseHostPath(procfs.value) !== '/proc')) continue
          // Mounted there it is the node's; where it is mounted elsewhere, the flag is what is missing.
          if (mountsProc(template, container)) continue
          const place = normaliseHostPath(`${root}/proc`)
          context.report({
            node: template,
            path,
            messageId: 'missing',
            data: { container: nameOf(container) },
            suggest: [
              {
                messageId: 'flag',
                data: { place },
                fix: (fixer) =>
                  procfs
                    ? fixer.set(procfs.path, `--path.procfs=${place}`, container)
                    : fixer.append(['args'], `--path.procfs=${place}`, container),
              },
            ],
          })
          return
        }
      },
    }
  },
})

/** Where a container has the node's root. */
function rootOf(template: PodTemplate, container: ContainerNode): string | undefined {
  return hostMountsOf(template).find((host) => host.container === container && host.hostPath === '/')?.mount
    .mountPath
}

function mountsProc(template: PodTemplate, container: ContainerNode): boolean {
  return hostMountsOf(template).some((host) => host.container === container && host.hostPath === '/proc')
}
