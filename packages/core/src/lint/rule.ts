import type { Position } from 'unist'
import type {
  ContainerNode,
  CronJobNode,
  DaemonSetNode,
  DeploymentNode,
  JobNode,
  KubernetesNode,
  KubernetesValue,
  OtherNode,
  Path,
  PodNode,
  PodTemplate,
  ReplicaSetNode,
  ReplicationControllerNode,
  Root,
  StatefulSetNode,
  VolumeNode,
} from '../parse/tree.ts'
import type { Edit, Severity } from '../problem.ts'
import type { Settings } from './config.ts'
import type { Project } from './project.ts'

export type RuleOptions = readonly unknown[]

/** The presets a rule may belong to. */
export type PresetName = 'recommended' | 'strict'

export type RuleCategory =
  | 'correctness'
  | 'scheduling'
  | 'rollout'
  | 'resources'
  | 'images'
  | 'lifecycle'
  | 'security'
  | 'networking'
  | 'storage'
  | 'probes'
  | 'metadata'
  | 'cross-resource'
  | 'agents'

export interface RuleMeta<MessageIds extends string = string, Options extends RuleOptions = RuleOptions> {
  /** `problem`: it goes wrong; `suggestion`: it could be better. */
  type: 'problem' | 'suggestion'
  docs: {
    /** One line, in the imperative: "Require a memory limit". */
    description: string
    category: RuleCategory
    /** The presets that turn it on, and how severe it is there. `strict` holds all of `recommended` at least. */
    presets: Partial<Record<PresetName, Severity>>
    url?: string
  }
  /** Texts with `{{placeholders}}`; those of suggestions too. */
  messages: Record<MessageIds, string>
  /** JSON Schema for the options: a list with one schema for each, as in ESLint. */
  schema?: object[]
  defaultOptions?: Options
  /** Set when it has an automatic fix. */
  fixable?: 'code'
  hasSuggestions?: boolean
  deprecated?: boolean | { message?: string; replacedBy?: string[] }
  /** Which documents must be parsed for it. Default: DaemonSets, whatever their text. */
  needs?: {
    /** Kinds whose manifests, pod templates, containers and volumes it visits. */
    kinds?: readonly string[]
    /** A cheap hint: documents of other kinds than DaemonSet are parsed only if their text matches. */
    text?: RegExp
  }
  /** Rules that have nothing more to say about the same resource part once this one has spoken. */
  supersedes?: readonly string[]
  /** Its fix changes the pod template, so that applying it restarts the daemon on every node. */
  rollsPods?: boolean
}

/** A value that is written into a manifest by a fix. */
export type NewValue = KubernetesValue

/**
 * Makes edits of the source text. Operations that take a path write real YAML in the file's own style (indentation,
 * flow or block) and return null when they cannot do so safely: under an alias or a merge key, or where a value is
 * templated. A rule then simply offers no fix. Paths are relative to the reported node unless another is given. Several
 * operations may make up one fix; where they need the same missing map or list, it is made once.
 */
export interface Fixer {
  /** Writes `value` at `path`, adding the maps above it that are missing. Never makes a duplicate key. */
  set(path: Path, value: NewValue, node?: KubernetesNode): Edit[] | null
  /** Adds an item at the end of the list at `path`, making the list if it is missing. */
  append(path: Path, value: NewValue, node?: KubernetesNode): Edit[] | null
  /**
   * Removes a key with its value, or an item of a list, and their lines. Comments stay: one that stood beside what
   * goes gets a line of its own. What was the only entry leaves `{}` or `[]`.
   */
  remove(path: Path, node?: KubernetesNode): Edit[] | null
  /** Changes the key of an entry; null if the new one exists. */
  rename(path: Path, key: string, node?: KubernetesNode): Edit[] | null
  /** Moves an entry to another key of the same resource; null if the target exists. */
  move(from: Path, to: Path, node?: KubernetesNode): Edit[] | null
  /** Replaces text by 0-based offsets, as in ESLint. */
  replaceTextRange(range: [number, number], text: string): Edit[]
  insertTextAfterRange(range: [number, number], text: string): Edit[]
  insertTextBeforeRange(range: [number, number], text: string): Edit[]
  removeRange(range: [number, number]): Edit[]
}

/** One change, or several that belong together; null or an empty list: none can be offered. */
export type FixFunction = (fixer: Fixer) => Edit[] | null | (Edit[] | null)[]

export interface SuggestionDescriptor<MessageIds extends string> {
  messageId: MessageIds
  data?: Record<string, string | number>
  fix: FixFunction
}

export interface ReportDescriptor<MessageIds extends string> {
  /** The part of a resource that is spoken of. */
  node: KubernetesNode
  /**
   * The field, relative to the node. It need not exist: then the finding points at the key of the nearest parent that
   * does, or at an item's `name`. A scalar is pointed at itself, a map or list at its key.
   */
  path?: Path
  /** Points at the key although the value is a scalar. */
  on?: 'key' | 'value'
  /** Points elsewhere; `path` still says which field is meant. */
  loc?: Position
  messageId: MessageIds
  data?: Record<string, string | number>
  /** A second place that matters, such as the first of two equal keys. */
  related?: { position: Position; message: string }
  /** An automatic fix: only where the meaning is kept. All edits or none. */
  fix?: FixFunction
  /** Changes of which a person must choose one. Those whose fix is null are dropped. */
  suggest?: SuggestionDescriptor<MessageIds>[]
}

export interface RuleContext<MessageIds extends string = string, Options extends RuleOptions = RuleOptions> {
  readonly id: string
  /** The options given in the configuration, on top of `meta.defaultOptions`. */
  readonly options: Options
  readonly settings: Settings
  /** Where the text comes from, or undefined for text alone. */
  readonly filePath: string | undefined
  readonly root: Root
  /** The other files of the run. */
  readonly project: Project
  /** Kubernetes versions the manifests are for, oldest first: `['1.29', '1.36']`. */
  readonly kubernetesVersions: readonly string[]
  /** Reports a finding. Dropped where the reported field itself is templated or set by a kustomization. */
  report(descriptor: ReportDescriptor<MessageIds>): void
}

/** Functions called as the tree is walked; `…:exit` after a node's children. */
export interface Visitors {
  root?(node: Root): void
  daemonSet?(node: DaemonSetNode): void
  deployment?(node: DeploymentNode): void
  statefulSet?(node: StatefulSetNode): void
  replicaSet?(node: ReplicaSetNode): void
  replicationController?(node: ReplicationControllerNode): void
  job?(node: JobNode): void
  cronJob?(node: CronJobNode): void
  pod?(node: PodNode): void
  manifest?(node: OtherNode): void
  podTemplate?(node: PodTemplate): void
  container?(node: ContainerNode): void
  volume?(node: VolumeNode): void
  'root:exit'?(node: Root): void
  'daemonSet:exit'?(node: DaemonSetNode): void
  'podTemplate:exit'?(node: PodTemplate): void
}

export interface Rule<MessageIds extends string = string, Options extends RuleOptions = RuleOptions> {
  meta: RuleMeta<MessageIds, Options>
  create(context: RuleContext<MessageIds, Options>): Visitors
}

/** A rule whatever its message ids and options, as a plugin holds it. */
// biome-ignore lint/suspicious/noExplicitAny: rules of different options live in one record
export type AnyRule = Rule<any, any>
