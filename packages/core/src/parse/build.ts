import type { FileContext } from './file-context.ts'
import { locate, rangeOf } from './locate.ts'
import { createContainer, createManifest, createPodTemplate, createVolume } from './nodes.ts'
import type { YamlSource } from './source.ts'
import type { KubernetesValue, Manifest, ManifestRole, Path, WorkloadType } from './tree.ts'
import { omitOverlaid, overlaysOf, type UnknownFields, unknownAtOrAbove } from './unknown.ts'
import { copyValue, isMap, type ValueMap, valueAt } from './value.ts'

/** Workloads by kind, with the way to their pod template. */
export const workloads: Readonly<Record<string, { type: WorkloadType; template: Path }>> = {
  DaemonSet: { type: 'daemonSet', template: ['spec', 'template'] },
  Deployment: { type: 'deployment', template: ['spec', 'template'] },
  StatefulSet: { type: 'statefulSet', template: ['spec', 'template'] },
  ReplicaSet: { type: 'replicaSet', template: ['spec', 'template'] },
  ReplicationController: { type: 'replicationController', template: ['spec', 'template'] },
  Job: { type: 'job', template: ['spec', 'template'] },
  CronJob: { type: 'cronJob', template: ['spec', 'jobTemplate', 'spec', 'template'] },
  Pod: { type: 'pod', template: [] },
}

/**
 * The workload a kind stands for. Kubernetes' own workloads live in groups without a dot (`apps`, `batch`, the core
 * group, once `extensions`); a `DaemonSet` of any other group is somebody's custom resource.
 */
export function workloadOf(
  kind: string,
  apiVersion: string,
): { type: WorkloadType; template: Path } | undefined {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return group.includes('.') || !Object.hasOwn(workloads, kind) ? undefined : workloads[kind]
}

export interface BuildInput {
  source: YamlSource
  document: number
  value: KubernetesValue | undefined
  /** Templated scalars, from the document's root. */
  unknown: readonly Path[]
  context: FileContext | undefined
}

/** The resources of one document: one, the items of a List, or none. */
export function buildManifests(input: BuildInput): Manifest[] {
  const manifests: Manifest[] = []
  collect(input, input.value, [], '', '', manifests)
  return manifests
}

function collect(
  input: BuildInput,
  value: KubernetesValue | undefined,
  base: Path,
  listKind: string,
  listVersion: string,
  manifests: Manifest[],
) {
  if (!isMap(value)) return
  const kind = typeof value.kind === 'string' ? value.kind : ''
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : ''
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    // `DaemonSetList` tells its items' kind, `List` does not.
    const itemKind = kind.slice(0, -'List'.length)
    value.items.forEach((item, index) => {
      collect(input, item, [...base, 'items', index], itemKind, itemKind ? apiVersion : '', manifests)
    })
    return
  }
  manifests.push(buildManifest(input, value, base, kind || listKind, apiVersion || listVersion))
}

function buildManifest(
  input: BuildInput,
  decoded: ValueMap,
  base: Path,
  kind: string,
  apiVersion: string,
): Manifest {
  const templated = input.unknown
    .filter((path) => base.every((part, index) => path[index] === part))
    .map((path) => path.slice(base.length))
  const text = (path: Path) => {
    const found = valueAt(value, path)
    return typeof found === 'string' ? found : ''
  }
  let value = decoded
  const overlaid = overlaysOf(input.context?.overlaid, {
    kind,
    name: text(['metadata', 'name']),
    namespace: text(['metadata', 'namespace']),
    value,
  })
  const role = input.context?.role ?? roleByShape(value, { templated, overlaid: [] })
  if (overlaid.length > 0) {
    // What was decoded may serve another tree.
    value = copyValue(value) as ValueMap
    omitOverlaid(value, overlaid)
  }
  const workload = workloadOf(kind, apiVersion)
  const range = rangeOf(input.source, locate(input.source, base)?.node) ?? [0, 0]
  const manifest = createManifest({
    type: workload?.type ?? 'manifest',
    apiVersion,
    kind,
    value,
    unknown: { templated, overlaid },
    role,
    document: input.document,
    position: input.source.lines.positionOf(range[0], range[1]),
    yaml: { ...input.source, base },
  })
  if (workload) addPodTemplate(manifest, workload.template)
  return manifest
}

/**
 * A Kustomize patch by its shape: no selector, a pod spec, and no containers or one without an image. Nothing that
 * could be applied by itself looks so.
 */
function roleByShape(value: ValueMap, unknown: UnknownFields): ManifestRole {
  const podSpec = ['spec', 'template', 'spec']
  const spec = valueAt(value, podSpec)
  if (!isMap(spec)) return 'manifest'
  const absent = (path: Path) => (valueAt(value, path) ?? null) === null && !unknownAtOrAbove(unknown, path)
  if (!absent(['spec', 'selector'])) return 'manifest'
  if (absent([...podSpec, 'containers'])) return 'patch'
  const { containers } = spec
  if (!Array.isArray(containers)) return 'manifest'
  const lacksImage = containers.some(
    (item, index) => isMap(item) && absent([...podSpec, 'containers', index, 'image']),
  )
  return lacksImage ? 'patch' : 'manifest'
}

function addPodTemplate(manifest: Manifest, path: Path) {
  if (!isMap(valueAt(manifest.value, path))) return
  const template = createPodTemplate(manifest, path)
  manifest.children.push(template)
  const maps = (list: string): Path[] => {
    const items = valueAt(manifest.value, [...path, 'spec', list])
    if (!Array.isArray(items)) return []
    return items.flatMap((item, index) => (isMap(item) ? [[...path, 'spec', list, index]] : []))
  }
  for (const list of ['initContainers', 'containers'] as const) {
    for (const item of maps(list)) template.children.push(createContainer(manifest, list, item))
  }
  for (const item of maps('volumes')) template.children.push(createVolume(manifest, item))
  template.children.sort((a, b) => (a.position.start.offset ?? 0) - (b.position.start.offset ?? 0))
}
