import type { DaemonSetNode, Path } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { isNone, mayRoll, surgePath, unavailablePath } from '../utils/rollout.ts'

export default defineRule<'one' | 'default' | 'tenth'>({
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow rollouts that one failed node stops',
      category: 'rollout',
      presets: {},
    },
    messages: {
      one: 'With {{field}} 1 the rollout stops for as long as one node is down, on all other nodes too. Expected a share of the nodes, such as `10%`.',
      default:
        'Without `maxUnavailable` one node is updated at a time, so the rollout stops for as long as one node is down, on all other nodes too. Expected a share of the nodes, such as `10%`.',
      tenth: 'Update a tenth of the nodes at a time',
    },
    hasSuggestions: true,
  },

  create(context) {
    return {
      daemonSet(node) {
        const limit = limitOf(node)
        if (!limit) return
        const { path, stated } = limit
        context.report({
          node,
          path,
          messageId: stated ? 'one' : 'default',
          data: { field: path.at(-1) as string },
          suggest: [{ messageId: 'tenth', fix: (fixer) => fixer.set(path, '10%') }],
        })
      },
    }
  },
})

/**
 * The field that lets one node be updated at a time. Where no strategy is stated at all, update-strategy says what
 * follows. An unavailable pod counts whichever of the two limits applies: rollingUpdate in
 * pkg/controller/daemon/update.go.
 */
function limitOf(node: DaemonSetNode): { path: Path; stated: boolean } | undefined {
  if (!mayRoll(node)) return undefined
  const { maxSurge, maxUnavailable } = node.value.spec?.updateStrategy?.rollingUpdate ?? {}
  if (maxUnavailable === 1) return { path: unavailablePath, stated: true }
  if (maxSurge === 1) return { path: surgePath, stated: true }
  if (node.value.spec?.updateStrategy?.type !== 'RollingUpdate') return undefined
  const surges = !node.lacks(...surgePath) && !(maxSurge !== undefined && isNone(maxSurge))
  if (surges || !node.lacks(...unavailablePath)) return undefined
  return { path: unavailablePath, stated: false }
}
