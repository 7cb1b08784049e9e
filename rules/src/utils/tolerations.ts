import type { PodTemplate, Root } from '@daemonlint/core'
import type { Toleration } from 'kubernetes-types/core/v1.js'

export interface Taint {
  key: string
  value?: string
  effect: string
}

/** The taint of kubeadm's control-plane nodes. https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const controlPlaneTaint: Taint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }

/** The name that taint had; kubeadm took it away in 1.25 (kubernetes/kubeadm#2200). */
export const masterKey = 'node-role.kubernetes.io/master'

/**
 * The tolerations that the DaemonSet controller gives every pod of its own accord, all with `operator: Exists`; the
 * last only to pods with `hostNetwork: true`. pkg/controller/daemon/util/daemonset_util.go of kubernetes/kubernetes,
 * AddOrUpdateDaemonPodTolerations.
 */
export const controllersOwn: readonly (Taint & { hostNetworkOnly?: true })[] = [
  { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule', hostNetworkOnly: true },
]

/** One toleration of a pod template, and whether all of it is known. */
export interface ListedToleration {
  index: number
  value: Toleration
  known: boolean
}

/**
 * The tolerations a template states.
 * @param template the pod template
 * @returns undefined when the list as a whole is unknown: templated, overlaid, or not stated by a patch
 */
export function tolerationsOf(template: PodTemplate): ListedToleration[] | undefined {
  if (template.lacks('spec', 'tolerations')) return []
  const list = template.value.spec?.tolerations
  if (list === undefined || list === null || template.isUnknown('spec', 'tolerations')) return undefined
  return list.map((value, index) => ({
    index,
    value: value ?? {},
    known: !(['key', 'operator', 'value', 'effect'] as const).some((field) =>
      template.isUnknown('spec', 'tolerations', index, field),
    ),
  }))
}

/**
 * Whether a toleration holds for a taint: no effect means every effect, no operator means `Equal`, and `Exists`
 * without a key means every taint. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  if (toleration.operator === 'Exists') return true
  return isEqual(toleration) && Boolean(toleration.key) && (toleration.value ?? '') === (taint.value ?? '')
}

/** True when a template tolerates a taint, or may: what it tolerates is not known in full. */
export function mayTolerate(template: PodTemplate, taint: Taint): boolean {
  const tolerations = tolerationsOf(template)
  return !tolerations || tolerations.some(({ known, value }) => !known || tolerates(value, taint))
}

/** The effects that keep pods off a node of which not every taint is tolerated. */
export function untoleratedEffects(tolerations: readonly ListedToleration[]): string[] {
  return ['NoSchedule', 'NoExecute'].filter(
    (effect) => !tolerations.some(({ value }) => tolerates(value, { key: '', effect })),
  )
}

/** True for `operator: Exists` without a key and an effect: it tolerates every taint there is or will be. */
export function toleratesEverything(toleration: Toleration): boolean {
  return toleration.operator === 'Exists' && !toleration.key && !toleration.effect
}

/**
 * Whether the DaemonSet controller adds the same toleration anyway. One with `tolerationSeconds` is not the same, and
 * neither is one without an effect, which tolerates more.
 */
export function isAddedByController(toleration: Toleration, pod: { hostNetwork: boolean }): boolean {
  if (toleration.tolerationSeconds !== undefined && toleration.tolerationSeconds !== null) return false
  if (toleration.operator !== 'Exists' && !(isEqual(toleration) && !toleration.value)) return false
  return controllersOwn.some(
    (own) =>
      own.key === toleration.key &&
      own.effect === toleration.effect &&
      (!own.hostNetworkOnly || pod.hostNetwork),
  )
}

/**
 * Whether the DaemonSet controller puts its own toleration, which has no `tolerationSeconds`, in the place of this one:
 * it does so for the same key, effect, operator and value. Beside any other, as one with `operator: Equal`, it adds its
 * own, and the shorter time counts. MatchToleration of k8s.io/api/core/v1; getMinTolerationTime of the taint eviction
 * controller.
 */
export function isOverwrittenByController({ key, operator, value, effect }: Toleration): boolean {
  if (operator !== 'Exists' || value || effect !== 'NoExecute') return false
  return controllersOwn.some((own) => own.key === key && own.effect === effect)
}

function isEqual(toleration: Toleration): boolean {
  return !toleration.operator || toleration.operator === 'Equal'
}

/**
 * True when a comment beside a template, in its document, names the taint of control-plane nodes or is a list of
 * tolerations that somebody took out: that there is none is then a decision.
 */
export function decidesInComment(template: PodTemplate, { comments, documents }: Root): boolean {
  const document = documents.find(({ index }) => index === template.manifest.document)
  if (!document) return false
  const [start, end] = [document.position.start.line, document.position.end.line]
  return comments.some(
    ({ value, position }) =>
      position.start.line >= start &&
      position.start.line <= end &&
      /node-role\.kubernetes\.io\/(control-plane|master)\b|^[\s#]*tolerations:/.test(value),
  )
}
