import type { ContainerNode, PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { mayRunAnother } from '../utils/commands.ts'
import { containerLogFolders, readsContainerLogs } from '../utils/container-logs.ts'
import { within } from '../utils/fields.ts'
import { isFile, isWithin, normaliseHostPath } from '../utils/host-paths.ts'
import { knowsHostMounts, mainContainersOf, volumesByName } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a log agent to keep its positions on the node',
      category: 'agents',
      presets: { strict: 'info', 'log-agents': 'warn' },
    },
    messages: {
      missing:
        'Container `{{container}}` runs {{agent}} without a writable volume of the node, so how far it has read each log is lost with the pod: after every rollout it sends logs twice or leaves some out.',
      emptyDir:
        'Container `{{container}}` runs {{agent}}, and all that it can write to is the emptyDir `{{volume}}`, which goes with the pod: after every rollout it sends logs twice or leaves some out. Expected a `hostPath`.',
    },
    needs: { text: /hostPath/ },
  },
  create(context) {
    const agents = agentsFor(context.settings)
    return {
      podTemplate(template) {
        if (!knowsHostMounts(template) || mayBeForWindows(template)) return
        for (const node of mainContainersOf(template)) {
          const agent = agents.agentOf(node)
          if (!agent || !readsContainerLogs(template, node, agents) || mayRunAnother(node, agent)) continue
          if (mayKeepState(template, node)) continue
          const data = { container: nameOf(node), agent: agent.name }
          const { index, volume } = emptyDirOf(template, node) ?? {}
          if (index === undefined || volume === undefined) {
            context.report({ node, path: ['volumeMounts'], messageId: 'missing', data })
          } else {
            const path = ['volumeMounts', index, 'name']
            context.report({ node, path, messageId: 'emptyDir', data: { ...data, volume } })
          }
        }
      },
    }
  },
})

/** True when something is mounted writable that outlives the pod, or may be. */
function mayKeepState(template: PodTemplate, container: ContainerNode): boolean {
  return (container.value.volumeMounts ?? []).some((mount) => {
    const volume = volumesByName(template).get(mount?.name)
    if (mount?.readOnly === true || !volume) return false
    const { hostPath } = volume.value
    if (hostPath) {
      const path = normaliseHostPath(hostPath.path ?? '/')
      const holdsNothing = isFile(path) || /^File|^Socket/.test(hostPath.type ?? '')
      return !holdsNothing && !containerLogFolders.some((one) => isWithin(path, one))
    }
    return !fleeting.some((source) => within(volume.value, [source]))
  })
}

/** Volumes that begin anew with each pod, or that no pod writes. */
const fleeting = ['emptyDir', 'ephemeral', 'configMap', 'secret', 'downwardAPI', 'projected', 'image']

/** The volume of a pod's own that looks like the place of state: not what programs need for a moment. */
function emptyDirOf(template: PodTemplate, container: ContainerNode) {
  const mounts = container.value.volumeMounts ?? []
  const index = mounts.findIndex(
    (mount) =>
      volumesByName(template).get(mount?.name)?.value.emptyDir &&
      !mount.readOnly &&
      !/^\/(tmp|run|etc|dev)(\/|$)/.test(normaliseHostPath(mount.mountPath ?? '')),
  )
  return index < 0 ? undefined : { index, volume: mounts[index]!.name }
}
