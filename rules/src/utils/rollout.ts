import type { DaemonSetNode, Edit, Fixer } from '@daemonlint/core'

const rollingUpdate = ['spec', 'updateStrategy', 'rollingUpdate'] as const

/** How many nodes may run the new pod beside the old one during a rollout. */
export const surgePath = [...rollingUpdate, 'maxSurge'] as const
/** How many nodes may be without a pod during a rollout. */
export const unavailablePath = [...rollingUpdate, 'maxUnavailable'] as const

/**
 * True unless pods are replaced only when somebody deletes them, or a placeholder leaves that open: with `OnDelete` the
 * API server keeps `rollingUpdate`, and the controller does not read it. ValidateDaemonSetUpdateStrategy in
 * pkg/apis/apps/validation/validation.go, SurgeCount in pkg/controller/daemon/util/daemonset_util.go.
 */
export function mayRoll(node: DaemonSetNode): boolean {
  if (node.isUnknown('spec', 'updateStrategy', 'type')) return false
  return node.value.spec?.updateStrategy?.type !== 'OnDelete'
}

/** True for `0`, `0%` and `00%`. */
export function isNone(amount: number | string): boolean {
  return /^0+%?$/.test(String(amount))
}

/** `maxSurge` where it lets two pods run on a node during a rollout; undefined where it does not, or is unknown. */
export function surgeOf(node: DaemonSetNode): number | string | undefined {
  const surge = node.value.spec?.updateStrategy?.rollingUpdate?.maxSurge
  if (surge === undefined || surge === null || !mayRoll(node)) return undefined
  return isNone(surge) ? undefined : surge
}

/**
 * Takes the old pod of a node down before the new one starts, at the pace that the surge had: the same number of nodes
 * at a time, though never all of them.
 */
export function replaceSurge(node: DaemonSetNode, fixer: Fixer): (Edit[] | null)[] {
  const { maxSurge, maxUnavailable } = node.value.spec?.updateStrategy?.rollingUpdate ?? {}
  const edits = [fixer.set(surgePath, 0, node)]
  const stated = maxUnavailable !== undefined && maxUnavailable !== null && !isNone(maxUnavailable)
  if (stated) return edits
  return [...edits, fixer.set(unavailablePath, /^0*100%$/.test(String(maxSurge)) ? '10%' : maxSurge!, node)]
}
