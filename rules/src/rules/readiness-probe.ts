import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { patienceOf } from '../utils/handlers.ts'
import { isPause } from '../utils/image.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { tcpPortOf } from '../utils/ports.ts'
import { runsThroughout } from '../utils/resources.ts'

export default defineRule<'missing' | 'add'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a readiness probe in some container of the pod',
      category: 'probes',
      presets: { strict: 'info' },
    },
    messages: {
      missing:
        'No container of DaemonSet `{{name}}` has a readiness probe, so a rollout goes on to the next node as soon as the process has started, working or not.',
      add: 'Ask whether port {{port}} of container `{{container}}` accepts connections',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    return {
      podTemplate(node) {
        const { manifest } = node
        // With OnDelete nothing waits for a pod to be ready.
        if (manifest.type !== 'daemonSet' || manifest.isUnknown('spec', 'updateStrategy', 'type')) return
        if (manifest.value.spec?.updateStrategy?.type === 'OnDelete' || !node.lacks('spec', 'readinessGates'))
          return
        const containers = containersOf(node)
        const main = containers.filter(({ list }) => list === 'containers')
        // Where init containers do the work the pod is ready once they are done.
        const first = main.find((container) => !isPause(container))
        if (!first || !containers.every((container) => container.lacks('readinessProbe'))) return
        context.report({
          node: first,
          path: ['readinessProbe'],
          messageId: 'missing',
          data: { name: nameOf(manifest) },
          suggest: containers.filter(runsThroughout).flatMap((container) => {
            const port = tcpPortOf(container)
            if (port === undefined) return []
            const probe = { tcpSocket: { port } }
            return {
              messageId: 'add' as const,
              data: { port, container: nameOf(container) },
              fix: (fixer) =>
                restarts(container, port) ? null : fixer.set(['readinessProbe'], probe, container),
            }
          }),
        })
      },
    }
  },
})

/** True when a livenessProbe asks the same with no more patience than a probe has by default: see `liveness-patience`. */
function restarts(container: ContainerNode, port: string | number): boolean {
  const { livenessProbe } = container.value
  return livenessProbe?.tcpSocket?.port === port && patienceOf(livenessProbe) <= patienceOf({})
}
