import type { DeploymentNode, Edit, Fixer, Path } from '@daemonlint/core'
import { isNone } from './rollout.ts'

/** Fields of a Deployment that a DaemonSet has not; its status would be refused too. */
const foreign: readonly Path[] = [
  ['spec', 'replicas'],
  ['spec', 'progressDeadlineSeconds'],
  ['spec', 'paused'],
  ['spec', 'rollbackTo'],
  ['status'],
]

const strategy = ['spec', 'strategy'] as const
const limits = [...strategy, 'rollingUpdate'] as const

/**
 * Makes a DaemonSet of a Deployment, rolled out at the same pace: the old pod of a node goes before the new one comes,
 * for a surge would run two on a node, and a DaemonSet takes only one of the two limits.
 * @returns undefined where what must change is not known, or the API server would refuse the DaemonSet
 */
export function makeDaemonSet(node: DeploymentNode, fixer: Fixer): (Edit[] | null)[] | null {
  if (node.role === 'patch' || node.isUnknown('apiVersion') || !node.value.spec?.selector) return null
  const old = node.apiVersion === 'apps/v1' ? [] : [fixer.set(['apiVersion'], 'apps/v1')]
  return [
    ...old,
    fixer.set(['kind'], 'DaemonSet'),
    ...foreign.filter((path) => node.keyAt(...path)).map((path) => fixer.remove(path)),
    ...translateStrategy(node, fixer),
  ]
}

function translateStrategy(node: DeploymentNode, fixer: Fixer): (Edit[] | null)[] {
  const rolling = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } }
  const { type, rollingUpdate } = node.value.spec?.strategy ?? {}
  // Nothing is stated: `strategy:` and `strategy: {}` too.
  if (node.lacks(...strategy, 'type') && node.lacks(...limits)) {
    const added = fixer.set(['spec', 'updateStrategy'], rolling)
    return node.keyAt(...strategy) ? [fixer.remove(strategy), added] : [added]
  }
  if (node.isUnknown(...strategy, 'type') || node.isUnknown(...limits)) return [null]
  const renamed = fixer.rename(strategy, 'updateStrategy')
  // Recreate has no counterpart; one node at a time comes closest.
  if (type === 'Recreate')
    return [renamed, fixer.set([...strategy, 'type'], rolling.type), fixer.set(limits, rolling.rollingUpdate)]
  if (!rollingUpdate) return [renamed]
  if (node.isUnknown(...limits, 'maxSurge') || node.isUnknown(...limits, 'maxUnavailable')) return [null]
  const [maxSurge, maxUnavailable] = [
    rollingUpdate.maxSurge ?? byDefault,
    rollingUpdate.maxUnavailable ?? byDefault,
  ]
  // The API server refuses the Deployment itself.
  if (isNone(maxSurge) && isNone(maxUnavailable)) return [null]
  const wanted = paceOf(isNone(maxUnavailable) ? maxSurge : maxUnavailable)
  const [surge, unavailable] = [[...limits, 'maxSurge'] as const, [...limits, 'maxUnavailable'] as const]
  if (node.keyAt(...surge) && !node.keyAt(...unavailable))
    return [renamed, fixer.rename(surge, 'maxUnavailable'), fixer.set(surge, wanted)]
  return [
    renamed,
    ...(node.keyAt(...surge) ? [fixer.remove(surge)] : []),
    ...(wanted === rollingUpdate.maxUnavailable ? [] : [fixer.set(unavailable, wanted)]),
  ]
}

/** Both limits of a Deployment. SetDefaults_Deployment in pkg/apis/apps/v1/defaults.go */
const byDefault = '25%'

/** Never all nodes at once. */
function paceOf(amount: number | string): number | string {
  return typeof amount === 'string' && Number.parseInt(amount, 10) >= 100 ? '10%' : amount
}
