import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { flagsOf } from '../utils/flags.ts'
import { normaliseHostPath } from '../utils/host-paths.ts'
import { hostMountsOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { measuresFileSystems } from '../utils/node-exporter.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that node-exporter sees what the node mounts later',
      category: 'agents',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      missing:
        "Container `{{container}}` has the node's `/` as it was when the container started: for a disk that is mounted later, node-exporter reports the size of the file system below it. Expected `mountPropagation: HostToContainer`.",
      set: 'Set `mountPropagation: HostToContainer`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /node[-_]exporter/i },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        for (const { container, hostPath, index, mount } of hostMountsOf(template)) {
          const path = ['volumeMounts', index, 'mountPropagation'] as const
          if (hostPath !== '/' || agentOf(container)?.id !== 'node-exporter') continue
          // What it does not measure need not be up to date.
          const flags = flagsOf(container)
          const root = flags && measuresFileSystems(flags) ? flags.get('path.rootfs') : undefined
          if (!root?.known || normaliseHostPath(root.value) !== normaliseHostPath(mount.mountPath)) continue
          if (!container.lacks(...path) && mount.mountPropagation !== 'None') continue
          context.report({
            node: container,
            path,
            messageId: 'missing',
            data: { container: nameOf(container) },
            suggest: [{ messageId: 'set', fix: (fixer) => fixer.set(path, 'HostToContainer') }],
          })
        }
      },
    }
  },
})
