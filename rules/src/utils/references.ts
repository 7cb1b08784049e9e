import type { Manifest, Path, PodTemplate, VolumeNode } from '@daemonlint/core'
import { accountPathOf } from './accounts.ts'
import { textAt, valueAt } from './fields.ts'
import { containersOf, volumesOf } from './mounts.ts'
import { once } from './once.ts'
import { systemClasses } from './priority-classes.ts'

export type ReferredKind = 'ServiceAccount' | 'ConfigMap' | 'Secret' | 'PriorityClass' | 'RuntimeClass'

/** A place where a pod names another resource. */
export interface Reference {
  kind: ReferredKind
  name: string
  /** From the pod template. */
  path: Path
  /** The volume that it is in; undefined for any other place. */
  volume: VolumeNode | undefined
}

/** Names of what every cluster, or every namespace, has. */
const builtIn: Readonly<Record<ReferredKind, readonly string[]>> = {
  ServiceAccount: ['default'],
  ConfigMap: ['kube-root-ca.crt', 'openshift-service-ca.crt'],
  Secret: [],
  PriorityClass: [...systemClasses.keys()],
  RuntimeClass: [],
}

/**
 * What has to exist for the pods of a template to start, as far as it is known: of {@link requiredBy} not what is in a
 * volume that no container mounts, or may be; the kubelet leaves such a volume out.
 */
export function neededBy(template: PodTemplate): Reference[] {
  return requiredBy(template).filter(({ volume }) => !volume || isMounted(template, volume))
}

/** What a template refers to, as far as it is known: not what is optional, or may be, and not what is always there. */
export function requiredBy(template: PodTemplate): Reference[] {
  return placesOf(template).flatMap(({ kind, path, optional, volume }) => {
    const name = textAt(template, ...path)
    if (!name || builtIn[kind].includes(name)) return []
    const isNeeded = !optional || template.lacks(...optional) || valueAt(template, ...optional) === false
    return isNeeded ? [{ kind, name, path, volume }] : []
  })
}

/** True when some container surely mounts a volume. */
function isMounted(template: PodTemplate, volume: VolumeNode): boolean {
  const { name } = volume.value
  if (!name || volume.isUnknown('name')) return false
  return containersOf(template).some((container) =>
    (container.value.volumeMounts ?? []).some(
      (mount, index) => mount?.name === name && !container.isUnknown('volumeMounts', index, 'name'),
    ),
  )
}

/**
 * True when a pod names a resource, or a placeholder may stand for its name; also where it need not exist, as the Secrets
 * of `imagePullSecrets`.
 */
export function mayReferTo(template: PodTemplate, kind: ReferredKind, name: string): boolean {
  if (!template.lacks('spec', 'volumes') && template.isUnknown('spec', 'volumes')) return true
  if (template.isUnknown('spec', 'containers') || template.isUnknown('spec', 'initContainers')) return true
  if (containersOf(template).some((one) => one.isUnknown('env') || one.isUnknown('envFrom'))) return true
  const names = namesReferredTo(template)
  return names.has(`${kind} ${hidden}`) || names.has(`${kind} ${name}`)
}

const hidden = '*'

/** What a template refers to, each as its kind and its name, {@link hidden} where a placeholder may stand for any. */
const namesReferredTo = once((template: PodTemplate): ReadonlySet<string> => {
  const places: Pick<Place, 'kind' | 'path'>[] = [
    ...placesOf(template),
    ...pullsOf(template),
    { kind: 'Secret', path: ['spec', 'imagePullSecrets'] },
  ]
  return new Set(
    places.flatMap(({ kind, path }) => {
      const name = template.isUnknown(...path) ? hidden : textAt(template, ...path)
      return name ? [`${kind} ${name}`] : []
    }),
  )
})

/** A place where a pod names another resource, whether it needs it or not. */
export interface NamedResource {
  kind: ReferredKind | 'PersistentVolumeClaim'
  name: string
  /** From the pod template. */
  path: Path
}

/** What a template names, as far as the names are known: what it can do without, and what is always there, as well. */
export const namedBy: (template: PodTemplate) => readonly NamedResource[] = once((template) => {
  const claims = volumesOf(template).map(({ path }) => ({
    kind: 'PersistentVolumeClaim' as const,
    path: ['spec', ...path.slice(-2), 'persistentVolumeClaim', 'claimName'],
  }))
  return [...placesOf(template), ...pullsOf(template), ...claims].flatMap(({ kind, path }) => {
    const name = textAt(template, ...path)
    return name ? [{ kind, name, path }] : []
  })
})

function pullsOf(template: PodTemplate): Pick<Place, 'kind' | 'path'>[] {
  const pulls = template.value.spec?.imagePullSecrets ?? []
  return pulls.map((_, index) => ({ kind: 'Secret', path: ['spec', 'imagePullSecrets', index, 'name'] }))
}

interface Place {
  kind: ReferredKind
  path: Path
  /** Where it says whether it may be absent. */
  optional?: Path
  volume?: VolumeNode | undefined
}

/** Where a pod template can name other resources, in the order of what is looked at first. */
const placesOf = once((template: PodTemplate): Place[] => {
  const places: Place[] = []
  const add = (kind: ReferredKind, path: Path, key: string, volume?: VolumeNode) =>
    places.push({ kind, path: [...path, key], optional: [...path, 'optional'], volume })
  for (const volume of volumesOf(template)) {
    const { value, path } = volume
    const own = ['spec', ...path.slice(-2)]
    add('ConfigMap', [...own, 'configMap'], 'name', volume)
    add('Secret', [...own, 'secret'], 'secretName', volume)
    for (const index of (value.projected?.sources ?? []).keys()) {
      add('ConfigMap', [...own, 'projected', 'sources', index, 'configMap'], 'name', volume)
      add('Secret', [...own, 'projected', 'sources', index, 'secret'], 'name', volume)
    }
  }
  for (const { value, path } of containersOf(template)) {
    const own = ['spec', ...path.slice(-2)]
    for (const index of (value.env ?? []).keys()) {
      add('ConfigMap', [...own, 'env', index, 'valueFrom', 'configMapKeyRef'], 'name')
      add('Secret', [...own, 'env', index, 'valueFrom', 'secretKeyRef'], 'name')
    }
    for (const index of (value.envFrom ?? []).keys()) {
      add('ConfigMap', [...own, 'envFrom', index, 'configMapRef'], 'name')
      add('Secret', [...own, 'envFrom', index, 'secretRef'], 'name')
    }
  }
  return [
    ...places,
    { kind: 'ServiceAccount', path: accountPathOf(template) },
    { kind: 'PriorityClass', path: ['spec', 'priorityClassName'] },
    { kind: 'RuntimeClass', path: ['spec', 'runtimeClassName'] },
  ]
})

/** Kinds of which a resource of a kind comes: its own, and those that operators make it of. */
export function makersOf(kind: string): readonly string[] {
  return kind === 'Secret' ? secretMakers : [kind]
}

const secretMakers = ['Secret', 'SealedSecret', 'ExternalSecret', 'VaultStaticSecret', 'Certificate']

/** Where kinds that make a Secret give it another name than their own. */
const namePaths: Readonly<Record<string, Path>> = {
  Certificate: ['spec', 'secretName'],
  ExternalSecret: ['spec', 'target', 'name'],
  VaultStaticSecret: ['spec', 'destination', 'name'],
}

/** The name of what a resource makes, or is; '' where that is unknown. */
export function nameMadeBy(manifest: Manifest): string {
  const path = namePaths[manifest.kind]
  return path && !manifest.lacks(...path) ? (textAt(manifest, ...path) ?? '') : manifest.name
}

/** True for kinds, of those that are referred to, that are in no namespace. */
export function isClusterWide(kind: string): boolean {
  return kind === 'PriorityClass' || kind === 'RuntimeClass' || kind === 'ClusterRole'
}
