import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf } from '../utils/flags.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { knowsHostMounts, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { measuresFileSystems, mountOf } from '../utils/node-exporter.ts'
import { mayShare } from '../utils/template.ts'
import { writtenAt } from '../utils/written.ts'

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
        if (mayShare(template, 'hostPID') || !knowsHostMounts(template)) return
        for (const container of mainContainersOf(template)) {
          const flags = agentOf(container)?.id === 'node-exporter' && flagsOf(container)
          // Without the node's root it measures nothing of the node's file systems anyway.
          const root = flags && mountOf(template, container, '/')
          if (!flags || !root || !measuresFileSystems(flags)) continue
          const procfs = flags.get('path.procfs')
          if (procfs && (!procfs.known || normaliseHostPath(procfs.value) !== '/proc')) continue
          // Mounted there it is the node's; where it is mounted elsewhere, the flag is what is missing.
          if (mountOf(template, container, '/proc')) continue
          const place = normaliseHostPath(`${root.place}/proc`)
          const flag = `--path.procfs=${place}`
          // A flag in two words has its value in the second.
          const isApart = procfs && !writtenAt(container, ...procfs.path).startsWith('-')
          context.report({
            node: template,
            path: ['spec', 'hostPID'],
            messageId: 'missing',
            data: { container: nameOf(container) },
            suggest: [
              {
                messageId: 'flag',
                data: { place },
                fix: (fixer) =>
                  procfs
                    ? fixer.set(procfs.path, isApart ? place : flag, container)
                    : fixer.append(['args'], flag, container),
              },
            ],
          })
          return
        }
      },
    }
  },
})
