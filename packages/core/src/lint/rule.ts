import type { KubernetesNode, Manifest, Root } from '../parse/tree.ts'
import type { Severity } from '../problem.ts'
import type { ReportDescriptor } from '../report/descriptor.ts'
import type { Settings } from './config.ts'
import type { Project } from './project.ts'
import type { FoundResource, ResourceQuery } from './resources.ts'

export type RuleOptions = readonly unknown[]

/** The presets a rule may belong to. */
export type PresetName =
  | 'recommended'
  | 'strict'
  | 'security'
  | 'reliability'
  | 'log-agents'
  | 'monitoring-agents'
  | 'network-agents'
  | 'storage-agents'
  | 'security-agents'

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
    /**
     * The presets that turn it on, and how severe it is there. `strict` holds all of `recommended`, `security` and
     * `reliability` at least; those for a kind of agents hold all of `recommended` without being told.
     */
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
    /**
     * A cheap hint: the rule has nothing to say of a text that does not match, so it is not run on such a file, and
     * documents of other kinds than DaemonSet are parsed only if their own text matches. Where `kinds` names DaemonSet
     * beside others it holds for those others alone.
     */
    text?: RegExp
    /**
     * Kinds of which the rule needs one around, in the file or in its folder: where there is none, documents of the other
     * kinds that it visits are not parsed for it.
     */
    beside?: readonly string[]
  }
  /**
   * Rules that have nothing more to say about the same resource part once this one has spoken. They stay silent also
   * where a directive or an entry of the configuration hides what this rule has said: who accepts the one, and says
   * why, has accepted what follows from it. A warning of the API server (`api-server/…`) may be named too; it goes
   * where it stands at the very place of the finding.
   */
  supersedes?: readonly string[]
  /** Its fix changes the pod template, so that applying it restarts the daemon on every node. */
  rollsPods?: boolean
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
  /**
   * Other resources: those of the file itself, then those of other files, as far as the query looks. They are read when
   * a rule first asks, so ask only where the answer matters, with a `text` that few documents hold.
   */
  resources(query: ResourceQuery): readonly FoundResource[]
  /**
   * True when as far as the query looks there may be such a resource that `resources` cannot find, for a template or a
   * placeholder hides it: then do not say that there is none. The query's `text` is not looked at.
   */
  mayHide(query: ResourceQuery): boolean
  /**
   * The same resource (by kind, namespace and name) as it was in the version that the run is compared to (`--since`);
   * undefined where there is none.
   */
  previous(manifest: Manifest): Manifest | undefined
  /** Reports a finding. Dropped where the reported field itself is templated or set by a kustomization. */
  report(descriptor: ReportDescriptor<MessageIds>): void
}

/** The nodes by their types. */
export type NodeTypes = { root: Root } & {
  [Type in KubernetesNode['type']]: Extract<KubernetesNode, { type: Type }>
}

/** Functions called as the tree is walked: `container` before a node's children, `container:exit` after them. */
export type Visitors = {
  [Type in keyof NodeTypes as Type | `${Type}:exit`]?: (node: NodeTypes[Type]) => void
}

export interface Rule<MessageIds extends string = string, Options extends RuleOptions = RuleOptions> {
  meta: RuleMeta<MessageIds, Options>
  create(context: RuleContext<MessageIds, Options>): Visitors
}

/** A rule whatever its message ids and options, as a plugin holds it. */
// biome-ignore lint/suspicious/noExplicitAny: rules of different options live in one record
export type AnyRule = Rule<any, any>
