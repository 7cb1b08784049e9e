import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import type { Probe } from 'kubernetes-types/core/v1.js'
import { patienceOf } from '../utils/handlers.ts'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a liveness probe to be more patient than a readiness probe that asks the same',
      category: 'probes',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      same: 'Both probes of container `{{container}}` ask the same, and the livenessProbe gives up after {{seconds}} seconds, no later than the readinessProbe: what would pass by itself restarts the agent, on all nodes at once where they share the cause.',
      wait: 'Wait for {{failures}} failures before a restart',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /livenessProbe/ },
  },

  create(context) {
    return {
      container(node) {
        const liveness = probeOf(node, 'livenessProbe')
        const readiness = probeOf(node, 'readinessProbe')
        if (!liveness || !readiness || actionOf(liveness) !== actionOf(readiness)) return
        const seconds = patienceOf(liveness)
        if (seconds > patienceOf(readiness)) return
        const failures = Math.ceil((3 * patienceOf(readiness)) / (liveness.periodSeconds || 10))
        context.report({
          node,
          path: ['livenessProbe'],
          messageId: 'same',
          data: { container: nameOf(node), seconds },
          suggest: [
            {
              messageId: 'wait',
              data: { failures },
              fix: (fixer) => fixer.set(['livenessProbe', 'failureThreshold'], failures),
            },
          ],
        })
      },
    }
  },
})

/** A probe whose fields are all known. */
function probeOf(container: ContainerNode, name: 'livenessProbe' | 'readinessProbe'): Probe | undefined {
  const probe = container.value[name]
  return probe && container.manifest.role === 'manifest' && container.knows(name) ? probe : undefined
}

/** What a probe does, for comparing. */
function actionOf({ exec, grpc, httpGet, tcpSocket }: Probe): string {
  return JSON.stringify([exec, grpc, httpGet, tcpSocket].map((action) => action && sorted(action)))
}

function sorted(action: object): unknown {
  return Object.entries(action).sort(([a], [b]) => (a < b ? -1 : 1))
}
