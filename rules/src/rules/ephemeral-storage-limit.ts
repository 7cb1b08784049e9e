import type { PodTemplate, VolumeNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { containersOf, knowsMounts, volumesByName } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { runsThroughout } from '../utils/resources.ts'

const path = ['emptyDir', 'sizeLimit'] as const

/** What people call, or where they mount, the volume in which an agent keeps what it could not send yet. */
const buffers = /buf|queue|spool|chunk|storage|backlog|pending|(^|[-_/])(wal|flb|vector)([-_/]|$)/i

/** Room for a buffer of which nothing is measured yet. */
const start = '1Gi'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a limit for what a log agent keeps on the disk of its node',
      category: 'resources',
      presets: { 'log-agents': 'warn', strict: 'info' },
    },
    messages: {
      missing:
        'While nobody takes its logs, {{agent}} may fill the disk of the node by way of the emptyDir `{{volume}}`, and then the kubelet evicts other pods as well. Expected a `sizeLimit`.',
      set: 'Limit it to {{size}}: beyond that the kubelet evicts this pod alone, so let the agent buffer less',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /emptyDir/ },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsMounts(template) || mayLimitStorage(template)) return
        const containers = containersOf(template)
        const volumes = volumesByName(template)
        const filledAtStart = new Set(
          containers
            .filter((container) => !runsThroughout(container))
            .flatMap(({ value }) => (value.volumeMounts ?? []).map((mount) => mount?.name)),
        )
        const seen = new Set<VolumeNode>()
        for (const container of containers) {
          const agent = runsThroughout(container) ? agentOf(container) : undefined
          if (!agent?.kinds.includes('logs')) continue
          for (const [index, mount] of (container.value.volumeMounts ?? []).entries()) {
            const volume = volumes.get(mount?.name)
            if (!volume || seen.has(volume) || filledAtStart.has(mount.name)) continue
            if (mount.readOnly || container.isUnknown('volumeMounts', index, 'readOnly')) continue
            if (!isUnboundedDisk(volume) || !buffers.test(`${mount.name}/${mount.mountPath}`)) continue
            seen.add(volume)
            context.report({
              node: volume,
              path,
              messageId: 'missing',
              data: { agent: agent.name, volume: nameOf(volume) },
              suggest: [{ messageId: 'set', data: { size: start }, fix: (fixer) => fixer.set(path, start) }],
            })
          }
        }
      },
    }
  },
})

/** An emptyDir on the node's disk without a limit; one in memory counts towards the container's memory. */
function isUnboundedDisk(volume: VolumeNode): boolean {
  const { emptyDir } = volume.value
  if (!emptyDir || !volume.lacks(...path) || volume.isUnknown('emptyDir', 'medium')) return false
  return !emptyDir.medium
}

/**
 * True when a container limits its ephemeral storage, or may do so: the kubelet then evicts the pod for what all of its
 * emptyDirs hold together (pkg/kubelet/eviction, podEphemeralStorageLimitEviction).
 */
function mayLimitStorage(template: PodTemplate): boolean {
  return containersOf(template).some(
    (container) => !container.lacks('resources', 'limits', 'ephemeral-storage'),
  )
}
