import type { Path, PodTemplate } from '@daemonlint/core'
import type { NodeSelectorTerm } from 'kubernetes-types/core/v1.js'
import { once } from './once.ts'

/** Labels that tell a node's operating system. */
export const osLabels: readonly string[] = [
  'kubernetes.io/os',
  'beta.kubernetes.io/os',
  'node.kubernetes.io/windows-build',
]

/** Labels that tell a node's architecture. */
export const archLabels: readonly string[] = ['kubernetes.io/arch', 'beta.kubernetes.io/arch']

/** Where the terms of the required node affinity stand, from the pod template. */
export const requiredTerms = [
  'spec',
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
] as const

/** The terms of the required node affinity, as far as they are known; none where there are none. */
export function requiredTermsOf(template: PodTemplate): readonly (NodeSelectorTerm | null | undefined)[] {
  const { nodeAffinity } = template.value.spec?.affinity ?? {}
  return nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
}

/**
 * How a template chooses its nodes, as far as the DaemonSet controller looks: `nodeName`, `nodeSelector` and required
 * node affinity (pkg/controller/daemon/daemon_controller.go, NodeShouldRunDaemonPod). Taints are another matter.
 */
export interface NodeSelection {
  /** The label keys of `nodeSelector`. */
  labels: string[]
  /** The label keys of each term of the required node affinity; a node need match only one term. */
  terms: string[][]
}

/**
 * Reads how a template chooses its nodes.
 * @returns undefined when that is not known in full: templated, overlaid, a patch, or pinned with `nodeName`
 */
export function nodeSelectionOf(template: PodTemplate): NodeSelection | undefined {
  if (template.manifest.role === 'patch' || !template.lacks('spec', 'nodeName')) return undefined
  if (!isKnown(template, ['spec', 'nodeSelector']) || !isKnown(template, requiredTerms)) return undefined
  return {
    labels: Object.keys(template.value.spec?.nodeSelector ?? {}),
    terms: requiredTermsOf(template).map((term) =>
      [...(term?.matchExpressions ?? []), ...(term?.matchFields ?? [])].map((item) => item?.key ?? ''),
    ),
  }
}

function isKnown(template: PodTemplate, path: Path): boolean {
  return template.lacks(...path) || template.knows(...path)
}

/** One condition on the labels of a node, or on its name (`metadata.name`). */
export interface NodeCondition {
  key: string
  /** In, NotIn, Exists, DoesNotExist, Gt or Lt; an entry of `nodeSelector` is In. */
  operator: string
  values: readonly string[]
  /** Of the entry or the expression, from the pod template. */
  path: Path
}

/**
 * What a template asks of its nodes: all of `selector`, and all of any one of `terms`, if there are some.
 * @returns undefined when that is not known in full, as of {@link nodeSelectionOf}
 */
export const nodeConditionsOf: (
  template: PodTemplate,
) => { selector: NodeCondition[]; terms: NodeCondition[][] } | undefined = once((template) => {
  if (!nodeSelectionOf(template)) return undefined
  return {
    selector: Object.entries(template.value.spec?.nodeSelector ?? {}).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value ?? ''],
      path: ['spec', 'nodeSelector', key],
    })),
    terms: requiredTermsOf(template).map((term, at) =>
      (['matchExpressions', 'matchFields'] as const).flatMap((list) =>
        (term?.[list] ?? []).map((item, index) => ({
          key: item?.key ?? '',
          operator: item?.operator ?? '',
          values: item?.values ?? [],
          path: [...requiredTerms, at, list, index],
        })),
      ),
    ),
  }
})

/** All that nodes are chosen by: the keys of `nodeSelector` and of every term. */
export function keysOf({ labels, terms }: NodeSelection): string[] {
  return [...labels, ...terms.flat()]
}

/** What nodes are chosen by when one is meant by its name. */
const nameKeys = ['kubernetes.io/hostname', 'metadata.name']

/** True when the pods may all be on one node: it is chosen by its name, or how nodes are chosen is not known. */
export function mayBeOnOneNode(template: PodTemplate): boolean {
  const selection = nodeSelectionOf(template)
  return !selection || keysOf(selection).some((key) => nameKeys.includes(key))
}

/** True when nothing but the operating system or the architecture narrows the choice: it is meant for all nodes. */
export function isForAllNodes(selection: NodeSelection): boolean {
  return keysOf(selection).every((key) => osLabels.includes(key) || archLabels.includes(key))
}

const controlPlaneLabels = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']

/** True when a template chooses nodes of the control plane alone, or a placeholder leaves that open. */
export function mayBeForControlPlane(template: PodTemplate): boolean {
  if (controlPlaneLabels.some((label) => !template.lacks('spec', 'nodeSelector', label))) return true
  if (template.isUnknown(...requiredTerms)) return true
  const terms = requiredTermsOf(template)
  return terms.length > 0 && terms.every((_, at) => asksForControlPlane(template, at))
}

function asksForControlPlane(template: PodTemplate, at: number): boolean {
  const path = [...requiredTerms, at, 'matchExpressions']
  if (template.isUnknown(...path)) return true
  return Boolean(
    requiredTermsOf(template)[at]?.matchExpressions?.some(
      (item, index) =>
        (template.isUnknown(...path, index, 'key') || controlPlaneLabels.includes(item?.key)) &&
        (template.isUnknown(...path, index, 'operator') || ['In', 'Exists'].includes(item?.operator)),
    ),
  )
}

const windowsFields: readonly Path[] = [
  ['spec', 'os', 'name'],
  ['spec', 'securityContext', 'windowsOptions'],
  ...osLabels.map((label) => ['spec', 'nodeSelector', label]),
]

/** True when a template is for Windows nodes, or a placeholder leaves that open. */
export function mayBeForWindows(template: PodTemplate): boolean {
  if (isForWindows(template) || windowsFields.some((path) => template.isUnknown(...path))) return true
  return !isKnown(template, requiredTerms) && template.manifest.role !== 'patch'
}

/** True when a template is plainly for Windows nodes. */
export function isForWindows(template: PodTemplate): boolean {
  const spec = template.value.spec
  if (spec?.os?.name === 'windows' || spec?.securityContext?.windowsOptions) return true
  if (osLabels.some((label) => spec?.nodeSelector?.[label] === 'windows')) return true
  return requiredTermsOf(template).some((term) =>
    term?.matchExpressions?.some(
      (item) => osLabels.includes(item?.key) && item.operator === 'In' && item.values?.includes('windows'),
    ),
  )
}
