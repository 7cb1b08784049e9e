import type { ConfigMap, PodSpec, Secret, Service } from 'kubernetes-types/core/v1.js'
import type { ClusterRole } from 'kubernetes-types/rbac/v1.js'
import { parseAllDocuments } from 'yaml'
import { type KubernetesObject, scaffold } from '../../src/index.ts'

/** What a test may look for, by its kind. */
interface Kinds {
  ClusterRole: ClusterRole
  ConfigMap: ConfigMap
  DaemonSet: { spec: { template: { spec: PodSpec } } }
  Role: ClusterRole
  Secret: Secret
  Service: Service
}

/** What a scaffold comes to. */
export interface Scaffold {
  objects: KubernetesObject[]
  pod: PodSpec
  /** The first object of a kind. */
  find<Kind extends keyof Kinds>(kind: Kind): Kinds[Kind] | undefined
  /** A file of its ConfigMap. */
  file(name: string): string
}

/** Scaffolds a preset into one file and reads that. */
export function scaffolded(preset: string, answers: Record<string, unknown> = {}): Scaffold {
  const objects = scaffold({ preset, ...answers })
    .files.filter(({ path }) => path.endsWith('.yaml'))
    .flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS() as KubernetesObject))
  const find = <Kind extends keyof Kinds>(kind: Kind) =>
    objects.find((object) => object.kind === kind) as Kinds[Kind] | undefined
  return {
    objects,
    pod: find('DaemonSet')!.spec.template.spec,
    find,
    file: (name) => find('ConfigMap')!.data![name]!,
  }
}
