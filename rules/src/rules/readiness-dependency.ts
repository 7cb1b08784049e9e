import type { ContainerNode, Path } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { hostAskedBy, isOwnHost } from '../utils/asked-hosts.ts'
import { wordsAt } from '../utils/handlers.ts'
import { nameOf } from '../utils/names.ts'
import { mayRoll } from '../utils/rollout.ts'

const handlers = [
  ['readinessProbe', 'httpGet', 'host'],
  ['readinessProbe', 'tcpSocket', 'host'],
] as const

export default defineRule<'elsewhere'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow readiness that depends on something outside of the pod',
      category: 'probes',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      elsewhere:
        'Container `{{container}}` is ready only while `{{host}}` answers: when it does not, all pods are unready at once, and a rollout replaces all of them at once, whatever `maxUnavailable` says. Expected a probe of the daemon itself.',
    },
    needs: { text: /readinessProbe/ },
  },

  create(context) {
    return {
      container(node) {
        const { manifest } = node
        if (manifest.type !== 'daemonSet') return
        const found = mayRoll(manifest) && dependencyOf(node)
        if (!found) return
        context.report({
          node,
          path: found.path,
          messageId: 'elsewhere',
          data: { container: nameOf(node), host: found.host },
        })
      },
    }
  },
})

/** The first host beyond the pod and its node that a container's readiness probe asks, and where it says so. */
function dependencyOf(node: ContainerNode): { host: string; path: Path } | undefined {
  const probe = node.value.readinessProbe
  for (const path of handlers) {
    const host = probe?.[path[1]]?.host
    if (typeof host === 'string' && host !== '' && !isOwnHost(host)) return { host, path }
  }
  const command = ['readinessProbe', 'exec', 'command'] as const
  const words = wordsAt(node, ...command)
  const asked = words && hostAskedBy(words)
  return asked && { host: asked.host, path: [...command, asked.index] }
}
