/** What a person may have meant by a field that the API server does not know. */
import type { KubernetesValue, Path } from '../parse/tree.ts'
import { editDistance } from '../text/distance.ts'
import { elementOf, type FieldType, isStruct, structOf, typeAt } from './structs.ts'

export type Meant =
  /** another name in the same place */
  | { kind: 'name'; name: string }
  /** the same name in another place; `*` in the path stands for an item of a list */
  | { kind: 'place'; path: Path }

/** Names that people write for another, by the struct they write them in. */
const confusions: Record<string, Record<string, string>> = {
  DaemonSet: { meta: 'metadata' },
  DaemonSetSpec: {
    strategy: 'updateStrategy',
    podTemplate: 'template',
    labelSelector: 'selector',
    updatePolicy: 'updateStrategy',
  },
  DaemonSetUpdateStrategy: { rolling: 'rollingUpdate', strategy: 'type' },
  PodSpec: {
    container: 'containers',
    initContainer: 'initContainers',
    volume: 'volumes',
    nodeselectors: 'nodeSelector',
    priorityClass: 'priorityClassName',
    runtimeClass: 'runtimeClassName',
    imagePullSecret: 'imagePullSecrets',
    hostNet: 'hostNetwork',
    podSecurityContext: 'securityContext',
    gracePeriodSeconds: 'terminationGracePeriodSeconds',
    terminationGracePeriod: 'terminationGracePeriodSeconds',
  },
  Container: {
    cmd: 'command',
    entrypoint: 'command',
    arguments: 'args',
    environment: 'env',
    envs: 'env',
    port: 'ports',
    volumes: 'volumeMounts',
    mounts: 'volumeMounts',
    pullPolicy: 'imagePullPolicy',
    liveness: 'livenessProbe',
    readiness: 'readinessProbe',
    workDir: 'workingDir',
  },
  ContainerPort: { port: 'containerPort', targetPort: 'containerPort' },
  VolumeMount: { path: 'mountPath', readonly: 'readOnly' },
  ConfigMapVolumeSource: { configMapName: 'name', secretName: 'name', mode: 'defaultMode' },
  ConfigMapProjection: { configMapName: 'name', secretName: 'name' },
  SecretVolumeSource: { name: 'secretName', mode: 'defaultMode' },
  SecretProjection: { secretName: 'name' },
  PersistentVolumeClaimVolumeSource: { name: 'claimName' },
  KeyToPath: { name: 'key', defaultMode: 'mode' },
  DownwardAPIVolumeFile: { defaultMode: 'mode' },
  ProjectedVolumeSource: { mode: 'defaultMode', source: 'sources' },
  ServiceAccountTokenProjection: { expiration: 'expirationSeconds', name: 'path' },
  EnvVar: { key: 'name' },
  ResourceRequirements: { request: 'requests', limit: 'limits' },
  SecurityContext: { runAsRoot: 'runAsNonRoot', capability: 'capabilities' },
}

/** A manifest may hold any name, that of a property of all objects too. */
function confusionOf(struct: string, name: string): string | undefined {
  const names = Object.hasOwn(confusions, struct) ? confusions[struct]! : {}
  return Object.hasOwn(names, name) ? names[name] : undefined
}

/** The fields through which a misplaced one may be looked for. */
const thoroughfares = new Set([
  'metadata',
  'spec',
  'template',
  'updateStrategy',
  'rollingUpdate',
  'containers',
  'securityContext',
  'resources',
  'capabilities',
  'volumeMounts',
  'affinity',
  'livenessProbe',
])

const letters = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '')

/**
 * Guesses what an unknown field means: a known name misspelt, or a field of another place.
 * @param root the struct the path starts from
 * @param path the unknown field
 * @param value what is written there; a place that takes another shape is not proposed
 */
export function guess(root: FieldType, path: Path, value: KubernetesValue | undefined): Meant | undefined {
  const struct = typeAt(root, path.slice(0, -1))
  const fields = struct === undefined ? undefined : structOf(struct)
  const name = String(path.at(-1))
  if (!struct || !fields || name.length > 100) return undefined
  const bare = letters(name)
  for (const known of fields.keys()) {
    if (letters(known) === bare) return { kind: 'name', name: known }
  }
  const place = findPlace(root, path, value)
  const confused = confusionOf(struct, name)
  // A list of volumes in a container is no list of mounts.
  if (confused && !(place && struct === 'Container') && fits(fields.get(confused)!.type, value)) {
    return { kind: 'name', name: confused }
  }
  if (place && place.cost <= 3) return { kind: 'place', path: place.path }
  let best: { name: string; distance: number } | undefined
  const limit = name.length < 5 ? 1 : name.length < 9 ? 2 : 3
  for (const [known, field] of fields) {
    const distance = editDistance(bare, letters(known), limit)
    if (distance > limit || !fits(field.type, value)) continue
    if (distance < (best?.distance ?? limit + 1)) best = { name: known, distance }
  }
  if (best) return { kind: 'name', name: best.name }
  return place && { kind: 'place', path: place.path }
}

interface Place {
  path: Path
  cost: number
}

/** The nearest place that has a field of this name and takes this value. */
function findPlace(root: FieldType, path: Path, value: KubernetesValue | undefined): Place | undefined {
  const name = String(path.at(-1))
  const seen = new Set<string>()
  let best: Place | undefined
  for (let length = path.length - 1, up = 0; length >= 0; length--) {
    const from = path.slice(0, length)
    const type = typeAt(root, from)
    if (type === undefined || !structOf(type)) continue
    search(type, from, up)
    up++
  }
  return best

  function search(type: FieldType, from: Path, cost: number): void {
    const key = from.join('/')
    const limit = best?.cost ?? 6
    if (cost >= limit || seen.has(`${key}:${cost}`)) return
    seen.add(`${key}:${cost}`)
    const fields = structOf(type)!
    const field = fields.get(name)
    if (field && fits(field.type, value) && value !== null) {
      best = { path: [...from, name], cost }
      return
    }
    for (const [step, { type: below }] of fields) {
      const item = below.startsWith('[]') ? elementOf(below)! : below
      if (!thoroughfares.has(step) || !isStruct(item)) continue
      search(item, item === below ? [...from, step] : [...from, step, '*'], cost + 1)
    }
  }
}

/** True when a value has the shape of a type, as far as its outside tells. */
function fits(type: FieldType, value: KubernetesValue | undefined): boolean {
  if (value === undefined || value === null) return true
  if (type.startsWith('[]')) return Array.isArray(value)
  if (type.startsWith('{}') || isStruct(type)) {
    if (typeof value !== 'object' || Array.isArray(value)) return false
    const fields = structOf(type)
    // Of a struct's fields at least one must be known.
    return !fields || Object.keys(value).length === 0 || Object.keys(value).some((key) => fields.has(key))
  }
  if (typeof value === 'object') return false
  if (type === 'bool') return typeof value === 'boolean'
  if (type === 'int32' || type === 'int64') return typeof value === 'number' || typeof value === 'bigint'
  return true
}
