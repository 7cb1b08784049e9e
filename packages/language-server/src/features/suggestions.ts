/** What may be written at a place of a workload, beside what the schema allows: well-known names, and those around it. */
import type { KubernetesValue, Path } from '@daemonlint/core'
import {
  containerResourcePaths,
  disableAnnotation,
  envFieldPaths,
  volumeFieldPaths,
  workloads,
} from '@daemonlint/core/editor'
import { type FieldPlace, valuesAt } from '../kubernetes/fields.ts'
import type { OutlinedResource } from '../kubernetes/resource.ts'
import { volumeSource } from '../kubernetes/volume.ts'
import {
  capabilities,
  emptyDirMedia,
  labelValues,
  type Names,
  nodeLabels,
  priorityClasses,
  recommendedLabels,
  resourceNames,
  schedulers,
  taintKeys,
  toleratedAnyway,
} from '../kubernetes/well-known.ts'
import { nodeAt, textAt } from '../yaml/spot.ts'

export interface Suggestion {
  /** The value itself, without quotes. */
  value: string
  /** Markdown; '' where there is nothing to say. */
  meaning: string
  /** `allowed`: there is nothing else; `known`: others may be right too. */
  from: 'allowed' | 'known'
}

/** A named resource around a file. */
export interface NamedResource {
  name: string
  /** Undefined where it is in the file itself. */
  filePath: string | undefined
  value: { readonly [key: string]: KubernetesValue }
}

export interface SuggestionContext {
  resource: OutlinedResource
  /** From the resource's root to the value; for keys of a map, to the map. */
  path: Path
  place: FieldPlace
  versions: readonly string[]
  /** The resources of a kind in the file and around it. */
  resources(kind: string): readonly NamedResource[]
}

/** The values that may stand at a scalar's place, each once. */
export function suggestValues(context: SuggestionContext): Suggestion[] {
  const { resource, path, place, versions } = context
  const allowed = valuesAt(resource.kind, path, place, versions)
  if (allowed) return listOf(allowed, 'allowed')
  return eachOnce(finders[`${place.struct}.${place.name}`]?.(context) ?? [])
}

/** The keys that a map with free keys may have, each once: labels, resources, selectors. */
export function suggestKeys(context: SuggestionContext): Suggestion[] {
  return eachOnce(keysFor(context))
}

function keysFor(context: SuggestionContext): Suggestion[] {
  const { place, path, resource } = context
  switch (`${place.struct}.${place.name}`) {
    case 'ObjectMeta.labels':
      return [
        ...listOf(recommendedLabels),
        ...(path.length > 2 ? labelsOf(context, selectorPath(resource.kind)) : []),
      ]
    case 'ObjectMeta.annotations':
      return path.length > 2
        ? []
        : [
            known(
              disableAnnotation,
              'Turns rules of daemonlint off for this resource: `rule-a, rule-b -- reason`.',
            ),
          ]
    case 'LabelSelector.matchLabels':
      return [
        ...labelsOf(context, [...templatePath(resource.kind), 'metadata', 'labels']),
        ...listOf(recommendedLabels),
      ]
    case 'PodSpec.nodeSelector':
      return listOf(nodeLabels)
    case 'ResourceRequirements.limits':
    case 'ResourceRequirements.requests':
    case 'PodSpec.overhead':
      return listOf(resourceNames)
    case 'VolumeResourceRequirements.requests':
    case 'VolumeResourceRequirements.limits':
      return [known('storage', 'Bytes of the volume.')]
    default:
      return []
  }
}

/** What a name that Kubernetes gives means; undefined for others. */
export function meaningOf(context: SuggestionContext, value: string): string | undefined {
  return suggestValues(context).find((suggestion) => suggestion.value === value)?.meaning || undefined
}

/** The first of those with the same value, which is the nearest. */
function eachOnce(suggestions: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>()
  return suggestions.filter(({ value }) => {
    const isFirst = !seen.has(value)
    seen.add(value)
    return isFirst
  })
}

type Finder = (context: SuggestionContext) => Suggestion[]

const named =
  (kind: string, names: Names = {}): Finder =>
  ({ resources }) => [
    ...resources(kind).map(({ name, filePath }) => known(name, placeText(kind, filePath))),
    ...listOf(names),
  ]

const knownNames =
  (names: Names): Finder =>
  () =>
    listOf(names)

const finders: Readonly<Record<string, Finder>> = {
  'Toleration.key': ({ resource }) =>
    Object.entries(taintKeys).map(([key, meaning]) =>
      known(
        key,
        resource.kind === 'DaemonSet' && toleratedAnyway.has(key)
          ? `${meaning} Pods of every DaemonSet tolerate it anyway.`
          : meaning,
      ),
    ),
  'NodeSelectorRequirement.key': knownNames(nodeLabels),
  'NodeSelectorRequirement.values': ({ resource, path }) =>
    listOf(labelValues[textAt(resource.map, [...path.slice(0, -2), 'key']) ?? ''] ?? {}),
  'PodSpec.nodeSelector': ({ path }) => listOf(labelValues[String(path.at(-1))] ?? {}),
  'PodAffinityTerm.topologyKey': knownNames(nodeLabels),
  'TopologySpreadConstraint.topologyKey': knownNames(nodeLabels),
  'Capabilities.add': knownNames(capabilities),
  'Capabilities.drop': knownNames(capabilities),
  'EmptyDirVolumeSource.medium': knownNames(emptyDirMedia),
  'PodSpec.schedulerName': knownNames(schedulers),
  'PodSpec.priorityClassName': named('PriorityClass', priorityClasses),
  'PodSpec.runtimeClassName': named('RuntimeClass'),
  'PodSpec.serviceAccountName': named('ServiceAccount', { default: 'Every namespace has it.' }),
  'PersistentVolumeClaimSpec.storageClassName': named('StorageClass'),
  'PersistentVolumeClaimVolumeSource.claimName': named('PersistentVolumeClaim'),
  'ConfigMapVolumeSource.name': named('ConfigMap'),
  'ConfigMapProjection.name': named('ConfigMap'),
  'ConfigMapEnvSource.name': named('ConfigMap'),
  'ConfigMapKeySelector.name': named('ConfigMap'),
  'ConfigMapKeySelector.key': keysOf('ConfigMap'),
  'SecretVolumeSource.secretName': named('Secret'),
  'SecretProjection.name': named('Secret'),
  'SecretEnvSource.name': named('Secret'),
  'SecretKeySelector.name': named('Secret'),
  'SecretKeySelector.key': keysOf('Secret'),
  'LocalObjectReference.name': (context) =>
    context.path.includes('imagePullSecrets') ? named('Secret')(context) : [],
  'StatefulSetSpec.serviceName': named('Service'),
  'VolumeMount.name': volumeNames,
  'VolumeDevice.name': volumeNames,
  'FileKeySelector.volumeName': volumeNames,
  'HTTPGetAction.port': portNames,
  'TCPSocketAction.port': portNames,
  'ResourceFieldSelector.containerName': containerNames,
  'ResourceFieldSelector.resource': () => containerResourcePaths.map((path) => known(path, '')),
  'ObjectFieldSelector.fieldPath': ({ path }) =>
    (path.includes('env') ? envFieldPaths : volumeFieldPaths).map((field) => known(field, '')),
}

const known = (value: string, meaning: string): Suggestion => ({ value, meaning, from: 'known' })

const listOf = (names: Names, from: Suggestion['from'] = 'known'): Suggestion[] =>
  Object.entries(names).map(([value, meaning]) => ({ value, meaning, from }))

const placeText = (kind: string, filePath: string | undefined): string =>
  filePath === undefined ? `A ${kind} of this file.` : `A ${kind} of \`${filePath.split(/[\\/]/).at(-1)}\`.`

/** The way to the pod template of a workload; for a Pod, the Pod itself. */
const templatePath = (kind: string): Path => workloads[kind]?.template ?? []
const podPath = (kind: string): Path => [...templatePath(kind), 'spec']
const selectorPath = (kind: string): Path =>
  kind === 'ReplicationController' ? ['spec', 'selector'] : ['spec', 'selector', 'matchLabels']

/** Labels that stand elsewhere in the workload, so that selector and template agree. */
function labelsOf({ resource }: SuggestionContext, path: Path): Suggestion[] {
  const labels = nodeAt(resource.map, path)
  if (labels?.type !== 'map') return []
  return labels.entries.flatMap(({ key, colon }) =>
    colon === undefined ? [] : [known(key, `\`${path.join('.')}\` has it.`)],
  )
}

function keysOf(kind: 'ConfigMap' | 'Secret'): Finder {
  return ({ resource, path, resources }) => {
    const name = textAt(resource.map, [...path.slice(0, -1), 'name'])
    const found = resources(kind).find((one) => one.name === name)
    if (!found) return []
    return ['data', 'binaryData', 'stringData'].flatMap((field) => {
      const map = found.value[field]
      const isMap = typeof map === 'object' && map !== null && !Array.isArray(map)
      return isMap ? Object.keys(map).map((key) => known(key, placeText(kind, found.filePath))) : []
    })
  }
}

function volumeNames({ resource }: SuggestionContext): Suggestion[] {
  const own = itemsAt(resource, [...podPath(resource.kind), 'volumes'])
  const claims = resource.kind === 'StatefulSet' ? itemsAt(resource, ['spec', 'volumeClaimTemplates']) : []
  return [
    ...own.flatMap((path) => nameAt(resource, [...path, 'name'], sourceText(resource, path))),
    ...claims.flatMap((path) => nameAt(resource, [...path, 'metadata', 'name'], 'A volume claim template.')),
  ]
}

/** `hostPath` `/var/log` */
function sourceText({ map }: OutlinedResource, path: Path): string {
  const volume = nodeAt(map, path)
  const source = volume?.type === 'map' ? volumeSource(volume) : undefined
  if (!source) return ''
  const { type, detail } = source
  return `A volume of the pod: ${type}${detail ? ` \`${detail.value}\`` : ''}.`
}

/** The ports of the container that a handler belongs to. */
function portNames({ resource, path }: SuggestionContext): Suggestion[] {
  const at = path.findIndex((step) => step === 'containers' || step === 'initContainers')
  if (at < 0) return []
  const ports = itemsAt(resource, [...path.slice(0, at + 2), 'ports'])
  return ports.flatMap((port) => {
    const number = textAt(resource.map, [...port, 'containerPort'])
    const name = textAt(resource.map, [...port, 'name'])
    const value = name ?? number
    return value
      ? [known(value, name && number ? `Port ${number} of the container.` : 'A port of the container.')]
      : []
  })
}

function containerNames({ resource }: SuggestionContext): Suggestion[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    itemsAt(resource, [...podPath(resource.kind), list]).flatMap((path) =>
      nameAt(resource, [...path, 'name'], ''),
    ),
  )
}

function nameAt({ map }: OutlinedResource, path: Path, meaning: string): Suggestion[] {
  const name = textAt(map, path)
  return name ? [known(name, meaning)] : []
}

/** The paths of a list's items. */
function itemsAt({ map }: OutlinedResource, path: Path): Path[] {
  const list = nodeAt(map, path)
  return list?.type === 'list' ? list.items.map((_, index) => [...path, index]) : []
}
