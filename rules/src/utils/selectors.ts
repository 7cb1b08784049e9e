import type {
  DaemonSetNode,
  FoundResource,
  Manifest,
  Path,
  PodTemplate,
  ResourceScope,
  RuleContext,
} from '@daemonlint/core'
import { listAt, mapAt, textAt } from './fields.ts'
import { type Around, sharesNamespace } from './found.ts'

/** True or false as far as it is known. */
type Known = boolean | undefined

/** Kinds that make pods. */
export const workloads: readonly string[] = [
  'DaemonSet',
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'Pod',
]

/** A DaemonSet whose pods a resource selects. */
export interface SelectedDaemonSet extends FoundResource {
  manifest: DaemonSetNode
  template: PodTemplate
  /** Nothing else is selected, as far as one can see. */
  alone: boolean
}

/**
 * The DaemonSet whose pods a resource selects: one that surely comes to the same cluster, or else one of its folder,
 * unless the resource may be meant for another workload there.
 */
export function selectedDaemonSet(
  context: Around,
  manifest: Manifest,
  selector: PodSelector,
): SelectedDaemonSet | undefined {
  // Other workloads are parsed only where a DaemonSet is among what is selected.
  const daemonSets = selectedAround(context, manifest, selector, { scope: 'folder', kinds: ['DaemonSet'] })
  if (!daemonSets.some(({ sure }) => sure)) return undefined
  const around = selectedAround(context, manifest, selector, { scope: 'folder' })
  const alone = around.length === 1 && !context.mayHide({ kinds: workloads, scope: 'folder' })
  for (const { sure, ...found } of alone
    ? around
    : selectedAround(context, manifest, selector, { scope: 'applied' })) {
    const [template] = found.manifest.children
    if (!sure || found.manifest.type !== 'daemonSet' || !template) continue
    return { ...found, manifest: found.manifest, template, alone }
  }
  return undefined
}

/** What a resource selects, or may select, within a scope; `sure` where nothing is left open. */
export function selectedAround(
  context: Pick<RuleContext, 'resources'>,
  manifest: Manifest,
  selector: PodSelector,
  { scope, kinds = workloads }: { scope: ResourceScope; kinds?: readonly string[] },
): (FoundResource & { sure: boolean })[] {
  return context.resources({ kinds, scope }).flatMap((found) => {
    const [template] = found.manifest.children
    const selects = template ? selector(template) : undefined
    const answer = all([selects, sharesNamespace(manifest, found.manifest)])
    return answer === false ? [] : [{ ...found, sure: answer === true }]
  })
}

/** Whether a resource selects the pods of a template. */
export type PodSelector = (template: PodTemplate) => Known

/**
 * Reads a map of labels, such as the selector of a Service.
 * @returns undefined when it is empty, or unknown
 */
export function labelMapAt(node: Manifest, ...path: Path): PodSelector | undefined {
  const labels = Object.entries(mapAt(node, ...path))
  if (labels.length === 0) return undefined
  // What is unknown is not among them.
  const known = node.knows(...path) ? true : undefined
  return (template) =>
    all([known, ...labels.map(([key, value]) => has(template, key, (label) => label === value))])
}

/**
 * Reads a label selector, such as that of a PodDisruptionBudget.
 * @returns undefined when it is empty, or unknown
 */
export function labelSelectorAt(node: Manifest, ...path: Path): PodSelector | undefined {
  const labels = labelMapAt(node, ...path, 'matchLabels')
  const expressions = listAt(node, ...path, 'matchExpressions').map((_, index) => [
    ...path,
    'matchExpressions',
    index,
  ])
  if (!labels && expressions.length === 0) return undefined
  const known = node.knows(...path) ? true : undefined
  return (template) =>
    all([known, labels ? labels(template) : true, ...expressions.map((at) => matches(node, at, template))])
}

function matches(node: Manifest, path: Path, template: PodTemplate): Known {
  const [key, operator] = [textAt(node, ...path, 'key'), textAt(node, ...path, 'operator')]
  const values = listAt(node, ...path, 'values')
  if (!key) return undefined
  if (operator === 'Exists') return has(template, key, () => true)
  if (operator === 'DoesNotExist') return has(template, key, () => false, true)
  if (operator === 'In') return has(template, key, (label) => values.includes(label))
  return operator === 'NotIn' ? has(template, key, (label) => !values.includes(label), true) : undefined
}

/** Whether a label of a template fits; `absent` is the answer where it has none. */
function has(template: PodTemplate, key: string, fits: (label: string) => boolean, absent = false): Known {
  const path = ['metadata', 'labels', key] as const
  if (template.lacks(...path)) return absent
  const label = template.value.metadata?.labels?.[key]
  return template.isUnknown(...path) || typeof label !== 'string' ? undefined : fits(label)
}

function all(answers: readonly Known[]): Known {
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}
