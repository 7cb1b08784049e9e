import type { ContainerNode, DaemonSetNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { patienceOf } from '../utils/handlers.ts'
import { containersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { tcpPortOf } from '../utils/ports.ts'
import { ungatedContainerOf } from '../utils/readiness.ts'
import { runsThroughout } from '../utils/resources.ts'
import { mayRoll } from '../utils/rollout.ts'

export default defineRule<'missing' | 'add'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a readiness probe in some container of the pod',
      category: 'probes',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      missing:
        'No container of DaemonSet `{{name}}` has a readiness probe, so a rollout goes on to the next node {{moment}}, working or not.',
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
        if (manifest.type !== 'daemonSet' || !mayRoll(manifest)) return
        const first = ungatedContainerOf(node)
        if (!first) return
        context.report({
          node: first,
          path: ['readinessProbe'],
          messageId: 'missing',
          data: { name: nameOf(manifest), moment: momentOf(manifest) },
          suggest: containersOf(node)
            .filter(runsThroughout)
            .flatMap((container) => {
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

/**
 * When a pod without a probe counts as available: it is ready once its processes run, and must stay so for
 * `minReadySeconds`. IsPodAvailable in pkg/api/v1/pod/util.go.
 */
function momentOf(node: DaemonSetNode): string {
  const seconds = node.value.spec?.minReadySeconds
  if (seconds) return `once the process has run for ${seconds} seconds`
  return `${node.lacks('spec', 'minReadySeconds') ? 'as soon as' : 'once'} the process has started`
}

/** True when a livenessProbe asks the same with no more patience than a probe has by default: see `liveness-patience`. */
function restarts(container: ContainerNode, port: string | number): boolean {
  const { livenessProbe } = container.value
  return livenessProbe?.tcpSocket?.port === port && patienceOf(livenessProbe) <= patienceOf({})
}
