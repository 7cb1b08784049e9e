/**
 * The tree: meanings, not syntax. A typical DaemonSet is six nodes (manifest, pod template, containers, volumes);
 * every field below them is reached by path. It is a unist tree, so unist utilities work on it.
 */
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from 'kubernetes-types/apps/v1.js'
import type { CronJob, Job } from 'kubernetes-types/batch/v1.js'
import type {
  Container,
  Pod,
  PodTemplateSpec,
  ReplicationController,
  Volume,
} from 'kubernetes-types/core/v1.js'
import type { Literal, Node, Parent, Position } from 'unist'
import type { ManifestYaml } from './locate.ts'

/** The way from a node to a field: map keys and list indexes. */
export type Path = readonly (string | number)[]

/** A value as Kubernetes decodes it. Integers beyond 2^53 are bigint. */
export type KubernetesValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | KubernetesValue[]
  | { [key: string]: KubernetesValue }

/**
 * What a document is judged as. A `manifest` is whole; a `patch` states only what it changes, so that nothing in it
 * is missing.
 */
export type ManifestRole = 'manifest' | 'patch'

/** What every node that stands for a part of a resource can do. Paths are relative to the node. */
export interface ResourceNode<Value> extends Node {
  /**
   * The value, typed as `kubernetes-types` has it. What is unknown (a templated scalar, what a kustomization sets) is
   * left out, except for items of lists and for text (`env[].value`, annotations, a ConfigMap's data), which stay as
   * they are written. So `undefined` means absent *or* unknown: ask {@link lacks}, never test for `undefined`.
   */
  readonly value: Value
  /** From the first to the last character that belongs to it. */
  position: Position
  /** From the resource's root: `['spec', 'template', 'spec', 'containers', 0]`; `[]` for the resource itself. */
  readonly path: Path
  /** The resource it is a part of. */
  readonly manifest: Manifest
  /** Where the value at `path` stands, or undefined if nothing is written there. */
  at(...path: Path): Position | undefined
  /** Where the key (or, for an item of a list, the item) at `path` stands, or undefined if there is none. */
  keyAt(...path: Path): Position | undefined
  /** True only when the field is surely absent or null: not in a patch, not templated, not set by a kustomization. */
  lacks(...path: Path): boolean
  /**
   * True when the value at `path`, or one above it, is unknown: templated, or set by a kustomization. A field that a
   * patch does not state is not unknown in this sense; {@link lacks} covers it.
   */
  isUnknown(...path: Path): boolean
  /** True only when something is written at `path` and nothing at, above or below it is unknown. */
  knows(...path: Path): boolean
  /** The scalar at `path` as it is written, quotes included, or undefined. */
  source(...path: Path): string | undefined
  /** The path of a field as the API server prints it: `spec.template.spec.containers[0].image`. */
  field(...path: Path): string
}

/** The kinds that have a node type of their own; any other resource is a `manifest`. */
export interface WorkloadTypes {
  daemonSet: DaemonSet
  deployment: Deployment
  statefulSet: StatefulSet
  replicaSet: ReplicaSet
  replicationController: ReplicationController
  job: Job
  cronJob: CronJob
  pod: Pod
}

export type WorkloadType = keyof WorkloadTypes

interface ResourceBase<Value> extends ResourceNode<Value>, Parent {
  position: Position
  /** As written; '' when absent or unknown. */
  readonly apiVersion: string
  readonly kind: string
  /** `metadata.name`, or `metadata.generateName`; '' when absent or unknown. */
  readonly name: string
  /** `metadata.namespace`; '' when absent or unknown. */
  readonly namespace: string
  readonly role: ManifestRole
  /** Index of the YAML document it stands in, counted as kubectl does. */
  readonly document: number
  /** The YAML it was made from, for finding places and for fixes. Not enumerable. */
  readonly yaml: ManifestYaml
  children: PodTemplate[]
}

export interface DaemonSetNode extends ResourceBase<DaemonSet> {
  type: 'daemonSet'
}
export interface DeploymentNode extends ResourceBase<Deployment> {
  type: 'deployment'
}
export interface StatefulSetNode extends ResourceBase<StatefulSet> {
  type: 'statefulSet'
}
export interface ReplicaSetNode extends ResourceBase<ReplicaSet> {
  type: 'replicaSet'
}
export interface ReplicationControllerNode extends ResourceBase<ReplicationController> {
  type: 'replicationController'
}
export interface JobNode extends ResourceBase<Job> {
  type: 'job'
}
export interface CronJobNode extends ResourceBase<CronJob> {
  type: 'cronJob'
}
export interface PodNode extends ResourceBase<Pod> {
  type: 'pod'
}
export interface OtherNode extends ResourceBase<Record<string, KubernetesValue>> {
  type: 'manifest'
}

/** One resource: a document of its own, or an item of a List. */
export type Manifest =
  | DaemonSetNode
  | DeploymentNode
  | StatefulSetNode
  | ReplicaSetNode
  | ReplicationControllerNode
  | JobNode
  | CronJobNode
  | PodNode
  | OtherNode

/** The pod template of a workload; for a Pod, the Pod itself. */
export interface PodTemplate extends ResourceNode<PodTemplateSpec>, Parent {
  position: Position
  type: 'podTemplate'
  children: (ContainerNode | VolumeNode)[]
}

/** A container or an init container. */
export interface ContainerNode extends ResourceNode<Container> {
  type: 'container'
  /** Which list it stands in. */
  readonly list: 'containers' | 'initContainers'
  /** True for an init container that starts before and stops after the others (`restartPolicy: Always`). */
  readonly sidecar: boolean
}

export interface VolumeNode extends ResourceNode<Volume> {
  type: 'volume'
}

/** A YAML comment; `value` is its text without the `#`. */
export interface Comment extends Literal {
  type: 'comment'
  value: string
  position: Position
  /** True when nothing but white space stands before it on its line. */
  ownLine: boolean
}

/** Something wrong with the text itself, found while it was decoded. All of it makes the API server answer 400. */
export interface DecodeError {
  /** The last part of the rejection's id: `api-server/yaml-syntax`, `api-server/duplicate-key` … */
  code: DecodeErrorCode
  message: string
  position: Position
  /** The field as the API server prints it, where there is one. */
  field?: string
  /** A second place that matters, such as the first of two equal keys. */
  related?: { position: Position; message: string }
}

export type DecodeErrorCode =
  /** not YAML as the API server's parser reads it */
  | 'yaml-syntax'
  /** a key twice in one map */
  | 'duplicate-key'
  /** null, a list or a map as a key; `.inf`; what JSON cannot hold */
  | 'json-value'
  /** text after `...`, which the API server silently ignores */
  | 'ignored-text'
  /** too large, too deep, too many aliases: declined */
  | 'too-complex'
  /** not UTF-8 */
  | 'encoding'

/** One YAML document of the file, as kubectl splits it. */
export interface SourceDocument {
  /** Counted from 0 as kubectl does: a `---` line ends a document, unless nothing stands before it. */
  index: number
  /**
   * `parsed`: its resources are in the tree; `skipped`: nothing asked for it; `template`: placeholders break it, or
   * stand as keys; `empty`: only white space and comments; `broken`: it cannot be decoded, `errors` says why.
   */
  status: 'parsed' | 'skipped' | 'template' | 'empty' | 'broken'
  position: Position
  /** What a light scan says of it; over-approximates, '' when it cannot tell. */
  kind: string
  apiVersion: string
  errors: DecodeError[]
  /** Of a template: what the API server would say of it as it stands, for the curious; no finding. */
  cause?: DecodeError
}

export interface Root extends Parent {
  type: 'root'
  children: Manifest[]
  comments: Comment[]
  documents: SourceDocument[]
  position: Position
  /** The text that was parsed, without a byte order mark. */
  readonly text: string
}

export type KubernetesNode = Manifest | PodTemplate | ContainerNode | VolumeNode
export type { Position }
