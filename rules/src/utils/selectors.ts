import type {
  DaemonSetNode,
  FoundResource,
  Manifest,
  Path,
  PodTemplate,
  ResourceQuery,
  RuleContext,
} from '@daemonlint/core'
import { listAt, mapAt, textAt } from './fields.ts'
import { type Around, sharesNamespace } from './found.ts'
import { once } from './once.ts'
import { workloadKinds } from './template.ts'

/** True or false as far as it is known. */
type Known = boolean | undefined

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
  // DaemonSets are parsed only where they hold the label, other workloads only where one is among what is selected.
  const text = selector.label?.slice(selector.label.indexOf('\0') + 1)
  const query = { scope: 'folder', kinds: ['DaemonSet'], ...(text && { text }) } as const
  const daemonSets = selectedAround(context, manifest, selector, query)
  if (![...daemonSets].some(({ sure }) => sure)) return undefined
  const [one, another] = selectedAround(context, manifest, selector, { scope: 'folder' })
  const alone =
    one !== undefined && another === undefined && !context.mayHide({ kinds: workloadKinds, scope: 'folder' })
  const candidates = alone ? [one] : selectedAround(context, manifest, selector, { scope: 'applied' })
  for (const { sure, ...found } of candidates) {
    const [template] = found.manifest.children
    if (!sure || found.manifest.type !== 'daemonSet' || !template) continue
    return { ...found, manifest: found.manifest, template, alone }
  }
  return undefined
}

/**
 * What a resource selects, or may select, within a scope, as far as the caller looks; `sure` where nothing is left
 * open.
 */
export function* selectedAround(
  context: Pick<RuleContext, 'resources'>,
  manifest: Manifest,
  selector: PodSelector,
  { kinds = workloadKinds, ...query }: Partial<ResourceQuery>,
): Generator<FoundResource & { sure: boolean }> {
  for (const found of candidatesFor(selector, context.resources({ kinds, ...query }))) {
    const [template] = found.manifest.children
    const selects = template ? selector(template) : undefined
    const answer = all([selects, sharesNamespace(manifest, found.manifest)])
    if (answer !== false) yield { ...found, sure: answer === true }
  }
}

/** Resources by the labels of their pods. */
interface LabelIndex {
  places: ReadonlyMap<string, readonly number[]>
  /** Those whose labels are not known in full. */
  open: readonly number[]
}

/** Those that a selector may choose, and others; a folder may hold thousands, each selected by a Service of its own. */
function candidatesFor({ label }: PodSelector, around: readonly FoundResource[]): readonly FoundResource[] {
  if (!label) return around
  const { places, open } = labelIndexOf(around)
  const known = places.get(label) ?? []
  const chosen = open.length === 0 ? known : [...known, ...open].sort((a, b) => a - b)
  return chosen.map((place) => around[place]!)
}

const labelIndexOf = once((around: readonly FoundResource[]): LabelIndex => {
  const places = new Map<string, number[]>()
  const open: number[] = []
  for (const [place, { manifest }] of around.entries()) {
    const [template] = manifest.children
    const isKnown = template?.lacks('metadata', 'labels') || template?.knows('metadata', 'labels')
    const labels = Object.entries(template?.value.metadata?.labels ?? {})
    if (!isKnown || labels.some(([, value]) => typeof value !== 'string')) open.push(place)
    else {
      for (const [key, value] of labels) {
        const same = places.get(labelOf(key, value))
        if (same) same.push(place)
        else places.set(labelOf(key, value), [place])
      }
    }
  }
  return { places, open }
})

const labelOf = (key: string, value: string) => `${key}\0${value}`

/** Whether a resource selects the pods of a template. */
export interface PodSelector {
  (template: PodTemplate): Known
  /** A label that all have that it selects. */
  label?: string
}

/**
 * Reads a map of labels, such as the selector of a Service.
 * @returns undefined when it is empty, or unknown
 */
export function labelMapAt(node: Manifest, ...path: Path): PodSelector | undefined {
  const labels = Object.entries(mapAt(node, ...path))
  if (labels.length === 0) return undefined
  // What is unknown is not among them.
  const known = node.knows(...path) ? true : undefined
  const selector: PodSelector = (template) =>
    all([known, ...labels.map(([key, value]) => has(template, { key, operator: 'In', values: [value] }))])
  const [first] = labels.filter(([, value]) => typeof value === 'string')
  if (first) selector.label = labelOf(first[0], String(first[1]))
  return selector
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
  const selector: PodSelector = (template) =>
    all([known, labels ? labels(template) : true, ...expressions.map((at) => matches(node, at, template))])
  if (labels?.label !== undefined) selector.label = labels.label
  return selector
}

function matches(node: Manifest, path: Path, template: PodTemplate): Known {
  const [key, operator] = [textAt(node, ...path, 'key'), textAt(node, ...path, 'operator')]
  if (!key || !operator) return undefined
  return has(template, { key, operator, values: listAt(node, ...path, 'values') })
}

/** A condition on a label. */
interface LabelCondition {
  key: string
  operator: string
  values: readonly unknown[]
}

/** Whether a template has labels that meet a condition. */
function has(template: PodTemplate, condition: LabelCondition): Known {
  const path = ['metadata', 'labels', condition.key] as const
  if (template.lacks(...path)) return meets(undefined, condition)
  const label = template.value.metadata?.labels?.[condition.key]
  return template.isUnknown(...path) || typeof label !== 'string' ? undefined : meets(label, condition)
}

/**
 * Whether a label meets a condition.
 * @param label undefined where it is absent
 * @returns undefined for an operator that there is not
 */
export function meets(label: string | undefined, { operator, values }: Omit<LabelCondition, 'key'>): Known {
  const isListed = label !== undefined && values.includes(label)
  switch (operator) {
    case 'In':
      return isListed
    case 'NotIn':
      return !isListed
    case 'Exists':
      return label !== undefined
    case 'DoesNotExist':
      return label === undefined
    default:
      return undefined
  }
}

function all(answers: readonly Known[]): Known {
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}
