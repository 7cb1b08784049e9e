import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { runtimeSocketOf } from '../utils/host-paths.ts'
import type { AgentKind } from '../utils/known-agents.ts'
import { containersOf, hostMountsOf, volumesOf } from '../utils/mounts.ts'

/** Kinds of agents that ask the runtime what runs on the node. */
const asking: readonly AgentKind[] = ['security', 'metrics', 'node']

export default defineRule<'docker' | 'dockerOnly' | 'runtime', [{ allow?: string[] }]>({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow giving a container the socket of the container runtime',
      category: 'security',
      presets: { recommended: 'warn', strict: 'warn', security: 'warn' },
    },
    messages: {
      docker:
        "This mounts Docker's socket, `{{path}}`: nodes that run containerd or CRI-O have none, and where it exists whoever reaches it is root on the node.",
      dockerOnly:
        "This mounts Docker's socket, `{{path}}`: with `type: Socket` the pod does not start on nodes without Docker, such as those that run containerd or CRI-O, and where the socket exists whoever reaches it is root on the node.",
      runtime:
        'This mounts the socket of {{runtime}}, `{{path}}`: whoever reaches it starts any container, so is root on the node; mounting it read-only does not change that.',
    },
    schema: [
      {
        type: 'object',
        properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allow: [] }],
    supersedes: ['host-path-type'],
    needs: { text: /hostPath/ },
  },
  create(context) {
    const { agentOf, knowsAgent } = agentsFor(context.settings)
    const allowed = context.options[0].allow ?? []
    return {
      podTemplate(node) {
        const mounts = hostMountsOf(node)
        const volumes = volumesOf(node)
        const sockets = volumes.flatMap((volume) => {
          const path = volume.value.hostPath?.path
          const runtime = typeof path === 'string' ? runtimeSocketOf(path) : undefined
          return path && runtime && !volume.isUnknown('hostPath', 'path') ? [{ volume, path, runtime }] : []
        })
        // An agent that reads what runs where has to ask the runtime; one that knows several mounts all their sockets.
        const others =
          sockets.some(({ runtime }) => runtime !== 'Docker') ||
          volumes.some((volume) => volume.isUnknown('hostPath', 'path'))
        const asks = containersOf(node).some(
          (container) =>
            !knowsAgent(container) || agentOf(container)?.kinds.some((kind) => asking.includes(kind)),
        )
        for (const { volume, path, runtime } of sockets) {
          if (allowed.includes(path) || (asks && others)) continue
          if (!mounts.some((mount) => mount.volume === volume) && node.manifest.role !== 'patch') continue
          context.report({
            node: volume,
            path: ['hostPath', 'path'],
            messageId:
              runtime !== 'Docker'
                ? 'runtime'
                : volume.value.hostPath?.type === 'Socket'
                  ? 'dockerOnly'
                  : 'docker',
            data: { path, runtime },
          })
        }
      },
    }
  },
})
