import type { Path, PodTemplate } from '@daemonlint/core'
import type { PodAffinityTerm } from 'kubernetes-types/core/v1.js'
import type { LabelSelector } from 'kubernetes-types/meta/v1.js'
import type { Around } from './found.ts'
import { surgeOf } from './rollout.ts'
import { meets } from './selectors.ts'

/** One term of a pod affinity or anti-affinity. */
export interface PodTerm {
  /** Of the item in its list, from the pod template. */
  path: Path
  /** Of the term itself: preferred ones stand in their item. */
  at: Path
  term: PodAffinityTerm
}

type Side = 'podAffinity' | 'podAntiAffinity'

const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'

/** The terms that a node must meet, as far as they are known in full. */
export function requiredPodTerms(template: PodTemplate, side: Side): PodTerm[] {
  const list = ['spec', 'affinity', side, required]
  return (template.value.spec?.affinity?.[side]?.[required] ?? [])
    .map((term, index) => ({ path: [...list, index], at: [...list, index], term: term ?? {} }))
    .filter(({ path }) => template.knows(...path))
}

/** The terms that a node need not meet, as far as they are known in full. */
export function preferredPodTerms(template: PodTemplate, side: Side): PodTerm[] {
  const list = ['spec', 'affinity', side, preferred]
  return (template.value.spec?.affinity?.[side]?.[preferred] ?? [])
    .map((item, index) => ({
      path: [...list, index],
      at: [...list, index, 'podAffinityTerm'],
      term: item?.podAffinityTerm ?? {},
    }))
    .filter(({ path }) => template.knows(...path))
}

/** Labels that several nodes surely share. */
const sharedLabels: readonly string[] = [
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'node.kubernetes.io/instance-type',
]

/**
 * What a term of an anti-affinity does to the pods of its own DaemonSet, of which a node has one: nothing, or it keeps
 * the new pod of a rollout off its node, or all but one pod off those nodes that share a label.
 * @returns undefined where it concerns other pods, or may do so
 */
export function effectOnOwnPods(
  template: PodTemplate,
  pods: PodTerm,
  { required }: { required: boolean },
): 'nothing' | 'stopsRollout' | 'stopsPods' | undefined {
  if (!selectsOwnPods(template, pods)) return undefined
  const key = pods.term.topologyKey ?? ''
  const byNode = key === 'kubernetes.io/hostname'
  const { manifest } = template
  if (required && sharedLabels.includes(key)) return 'stopsPods'
  if (required && byNode && manifest.type === 'daemonSet' && surgeOf(manifest) !== undefined)
    return 'stopsRollout'
  if (!byNode && required) return undefined
  return knowsOwnPods(template) && selectsOnlyOwnPods(template, pods) ? 'nothing' : undefined
}

/** True when all is known that {@link effectOnOwnPods} rests on. */
export function knowsOwnPods(template: PodTemplate): boolean {
  const { manifest } = template
  const strategy = ['spec', 'updateStrategy']
  if (manifest.role === 'patch' || !template.knows('metadata', 'labels')) return false
  return manifest.knows('spec', 'selector') && (manifest.lacks(...strategy) || manifest.knows(...strategy))
}

/**
 * True when a term surely concerns the pods of its own template: its selector matches their labels, and it stays in
 * their namespace. With `matchLabelKeys` only some of them may be meant.
 */
function selectsOwnPods(template: PodTemplate, { term }: PodTerm): boolean {
  const narrowed = term.namespaces?.length || term.namespaceSelector
  if (narrowed || term.matchLabelKeys?.length || term.mismatchLabelKeys?.length) return false
  if (template.manifest.role === 'patch' || !template.knows('metadata', 'labels')) return false
  return matchesLabels(term.labelSelector, template.value.metadata?.labels ?? {})
}

/** True when a term concerns no other pods than those that the selector of the DaemonSet itself takes. */
function selectsOnlyOwnPods({ manifest }: PodTemplate, pods: PodTerm): boolean {
  if (manifest.type !== 'daemonSet' || !manifest.knows('spec', 'selector')) return false
  const { matchLabels, matchExpressions } = manifest.value.spec?.selector ?? {}
  const own = Object.entries(matchLabels ?? {})
  if (own.length === 0 || matchExpressions?.length) return false
  return own.every(([key, value]) => demands(pods.term.labelSelector, key, value))
}

/** True when another DaemonSet around has the pods that a term asks for, or may have them. */
export function isMetByDaemonSet(template: PodTemplate, { term }: PodTerm, around: Around): boolean {
  const daemonSets = { kinds: ['DaemonSet'], scope: 'folder' as const }
  const isMet = around.resources(daemonSets).some(({ manifest: other }) => {
    const [pods] = other.type === 'daemonSet' && other !== template.manifest ? other.children : []
    if (!pods) return false
    const labels = ['metadata', 'labels']
    return !pods.knows(...labels) || matchesLabels(term.labelSelector, pods.value.metadata?.labels ?? {})
  })
  return isMet || around.mayHide(daemonSets)
}

/** What a selector takes; without one, no pod. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
function matchesLabels(selector: LabelSelector | undefined, labels: Record<string, string>): boolean {
  if (!selector) return false
  const exact = Object.entries(selector.matchLabels ?? {})
  if (!exact.every(([key, value]) => labels[key] === value)) return false
  return (selector.matchExpressions ?? []).every(
    (expression) =>
      meets(labels[expression?.key], {
        operator: expression?.operator ?? '',
        values: expression?.values ?? [],
      }) === true,
  )
}

/** True when a selector takes no pod without this label. */
function demands(selector: LabelSelector | undefined, key: string, value: string): boolean {
  if (selector?.matchLabels?.[key] === value) return true
  return (selector?.matchExpressions ?? []).some(
    (item) =>
      item?.key === key && item.operator === 'In' && item.values?.length === 1 && item.values[0] === value,
  )
}
