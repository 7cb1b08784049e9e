import type { KubernetesValue, Manifest } from '../parse/tree.ts'
import { isMap } from '../parse/value.ts'
import { editDistance } from '../text/distance.ts'
import { excerpt } from '../text/excerpt.ts'
import type { StructureFinding } from './finding.ts'

/** The apiVersion that every supported version serves DaemonSets in. */
const current = 'apps/v1'

/**
 * Versions that were served once: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#v1-16
 */
const removed = new Set(['extensions/v1beta1', 'apps/v1beta2'])

/** A cheap test: whether a text may speak of a DaemonSet, however it is spelt. */
export const namesDaemonSet = (text: string): boolean => /d[ae]+mon[-_ ]?s[est]{1,3}/i.test(text)

/**
 * True for documents that the API server's checks may have something to say about, so that they must be parsed.
 * Over-approximates.
 * @param document a document as the light scan has it: kind and apiVersion are '' when it cannot tell
 */
export function mayBeDaemonSet({ kind, text }: { kind: string; apiVersion: string; text: string }): boolean {
  if (kind === 'DaemonSet' || looksLikeDaemonSet(kind)) return true
  if (kind !== '' && !kind.endsWith('List')) return false
  return namesDaemonSet(text) || (kind === '' && text.includes(current) && text.includes('template'))
}

/** True for a kind that is DaemonSet misspelt: `Daemonset`, `DeamonSet`, `DaemonSets`. */
export function looksLikeDaemonSet(kind: string): boolean {
  const name = letters(kind)
  // A line below that stands deeper belongs to it.
  if (/^DaemonSet\s/.test(kind)) return true
  return kind !== 'DaemonSet' && name.length > 6 && editDistance(name, 'daemonset', 2) <= 2
}

const letters = (kind: string) => kind.toLowerCase().replace(/[-_ ]/g, '').replace(/s$/, '')

/** Whether a manifest is to be judged as a DaemonSet, and what is wrong with its kind or apiVersion. */
export interface KindVerdict {
  ours: boolean
  findings: readonly StructureFinding[]
}

const none: KindVerdict = { ours: false, findings: [] }
const sound: KindVerdict = { ours: true, findings: [] }
const found = (finding: StructureFinding): KindVerdict => ({ ours: true, findings: [finding] })

/**
 * Tells whether a manifest is a DaemonSet or plainly meant to be one, and finds a kind or apiVersion that the API
 * server (or kubectl) refuses. A custom resource of another group, Helm values and Kustomize files are none.
 * @param text the document's own text
 */
export function checkKind(manifest: Manifest, text: string): KindVerdict {
  const value = manifest.value as unknown as { [key: string]: KubernetesValue }
  // The items of a DaemonSetList that do not tell their kind have it from the list.
  const kind = value.kind ?? (manifest.kind || undefined)
  const apiVersion = value.apiVersion || manifest.apiVersion || value.apiVersion
  const spec = isMap(value.spec)
  const stated = value.spec !== undefined && value.spec !== null
  if (manifest.isUnknown('kind')) return none
  if (typeof kind !== 'string' || kind === '') {
    if (!spec) return none
    if (!namesDaemonSet(text)) return apiVersion === current ? checkUnnamed(manifest, value) : none
    if (typeof apiVersion === 'string' && apiVersion !== current && !removed.has(apiVersion)) return none
    if (!hasPodTemplate(value)) return none
    // A number or a list is a wrong type, which the structure's check finds.
    if (kind !== undefined && kind !== null && kind !== '') return sound
    if (!manifest.lacks('kind') && kind !== '') return none
    if (hasInOtherLetters(value, 'kind')) return sound
    const choices = [{ messageId: 'setKind', change: { set: 'DaemonSet' } }]
    return found({ id: 'missing-kind', path: ['kind'], messageId: 'kind', choices })
  }
  if (kind !== 'DaemonSet') return checkMisspelt(kind, spec, manifest)
  if (manifest.isUnknown('apiVersion') || apiVersion === current) return sound
  const choices = [{ messageId: 'setVersion', change: { set: current } }]
  if (apiVersion === undefined || apiVersion === null || apiVersion === '') {
    if (!stated && manifest.role !== 'patch') return none
    if (!manifest.lacks('apiVersion') && apiVersion !== '') return sound
    if (hasInOtherLetters(value, 'apiVersion')) return sound
    return found({ id: 'missing-kind', path: ['apiVersion'], messageId: 'apiVersion', choices })
  }
  if (typeof apiVersion !== 'string') return sound
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.lastIndexOf('/')) : ''
  if (group.includes('.') && !/^apps\.(?:k8s\.io|kubernetes\.io)$/.test(group)) return none
  const id = removed.has(apiVersion) ? 'removed-api-version' : 'unknown-api-version'
  return found({
    id,
    path: ['apiVersion'],
    messageId: 'version',
    data: { apiVersion: excerpt(apiVersion) },
    choices,
  })
}

/** Fields that other workloads of `apps/v1` have in their `spec`. */
const ofOthers = [
  'paused',
  'podManagementPolicy',
  'progressDeadlineSeconds',
  'replicas',
  'serviceName',
  'strategy',
  'volumeClaimTemplates',
]

/** A workload without a kind, in a text that does not speak of DaemonSets, but would be one as it stands. */
function checkUnnamed(manifest: Manifest, value: { [key: string]: KubernetesValue }): KindVerdict {
  const { kind, spec } = value
  if (!hasPodTemplate(value) || ofOthers.some((name) => Object.hasOwn(spec as object, name))) return none
  if ((kind !== '' && !manifest.lacks('kind')) || hasInOtherLetters(value, 'kind')) return none
  const choices = [{ messageId: 'setKind', change: { set: 'DaemonSet' } }]
  return found({ id: 'missing-kind', path: ['kind'], messageId: 'unnamed', choices })
}

function checkMisspelt(kind: string, spec: boolean, manifest: Manifest): KindVerdict {
  // A DaemonSetList has items, no spec.
  if (!spec || !(looksLikeDaemonSet(kind) || kind === 'DaemonSetList')) return none
  const group = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/')[0]! : ''
  if (group.includes('.')) return none
  const finding = {
    id: 'misspelt-kind',
    path: ['kind'],
    messageId: 'kind',
    data: { kind: excerpt(kind) },
  } as const
  const change = { set: 'DaemonSet' }
  // Only case, hyphens or a plural differ: there is no doubt.
  if (letters(kind) === 'daemonset') return found({ ...finding, change })
  return found({ ...finding, choices: [{ messageId: 'setKind', change }] })
}

/** `Kind`, `apiversion`: the structure's check says which letters are wrong. */
const hasInOtherLetters = (value: object, name: string): boolean =>
  Object.keys(value).some((key) => key !== name && key.toLowerCase() === name.toLowerCase())

function hasPodTemplate(value: { [key: string]: KubernetesValue }): boolean {
  const { spec } = value
  return isMap(spec) && isMap(spec.template) && isMap(spec.template.spec)
}
