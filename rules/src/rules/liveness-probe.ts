import type { ContainerNode, KubernetesValue } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { isOwnHost } from '../utils/asked-hosts.ts'
import { mayRunAnother } from '../utils/commands.ts'
import { isPause, knowsImageName } from '../utils/image.ts'
import { containersOf, mainContainersOf } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { tcpPortOf } from '../utils/ports.ts'
import { templateOf } from '../utils/template.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a liveness probe in some container of the pod',
      category: 'probes',
      presets: {
        strict: 'info',
        reliability: 'info',
        'network-agents': 'info',
        'storage-agents': 'info',
        'security-agents': 'info',
      },
    },
    messages: {
      missing:
        'No container of DaemonSet `{{name}}` has a liveness probe, so an agent that hangs on one node stays there as it is until somebody notices.',
      port: 'Restart container `{{container}}` when port {{port}} has accepted no connections for a minute',
      later: 'Restart container `{{container}}` when it has failed its readiness probe three times as long',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    return {
      podTemplate(node) {
        const first = firstThatRuns(mainContainersOf(node))
        if (!first || !containersOf(node).every((container) => container.lacks('livenessProbe'))) return
        const port = tcpPortOf(first)
        const probe = lenient(first)
        const data = { container: nameOf(first), port: port ?? '' }
        context.report({
          node: first,
          path: ['livenessProbe'],
          messageId: 'missing',
          data: { name: nameOf(node.manifest) },
          suggest: [
            {
              messageId: 'later',
              data,
              fix: (fixer) => (probe ? fixer.set(['livenessProbe'], probe) : null),
            },
            {
              messageId: 'port',
              data,
              fix: (fixer) =>
                probe || port === undefined
                  ? null
                  : fixer.set(['livenessProbe'], { tcpSocket: { port }, failureThreshold: 6 }),
            },
          ],
        })
      },
    }
  },
})

/**
 * The first container that runs a program, for what only waits, or runs a script, has nothing that could hang.
 * @returns undefined when there is none, or a placeholder leaves open which it is
 */
function firstThatRuns(containers: readonly ContainerNode[]): ContainerNode | undefined {
  for (const container of containers) {
    if (isPause(container)) continue
    if (!knowsImageName(container)) return undefined
    const line = container.lacks('command') ? 'args' : 'command'
    if (['command', 'args'].some((list) => container.isUnknown(list)) || container.isUnknown(line, 0)) {
      return undefined
    }
    if (!mayRunAnother(container)) return container
  }
  return undefined
}

/** The readiness probe of a container with three times its patience; undefined where it is not known. */
function lenient(container: ContainerNode) {
  const { readinessProbe } = container.value
  if (!readinessProbe || !container.knows('readinessProbe')) return undefined
  // What answers elsewhere says nothing of the container, and to restart it mends nothing there.
  const host = readinessProbe.httpGet?.host || readinessProbe.tcpSocket?.host
  const isOnNode = templateOf(container)?.value.spec?.hostNetwork === true
  if (host && !(isOnNode && isOwnHost(host))) return undefined
  const { successThreshold: _, ...probe } = readinessProbe
  return { ...probe, failureThreshold: 3 * (probe.failureThreshold || 3) } as object as KubernetesValue
}
