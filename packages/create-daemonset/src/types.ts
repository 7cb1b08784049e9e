import type { Container, PodSpec, Volume, VolumeMount } from 'kubernetes-types/core/v1.js'
import type { PolicyRule } from 'kubernetes-types/rbac/v1.js'
import type { CommonAnswers } from './common-questions.ts'
import type { AnswersTo, Questions } from './questions.ts'

/** Any Kubernetes object. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; [field: string]: unknown }
  [field: string]: unknown
}

/** An object, and what is written beside it. */
export interface Manifest {
  object: KubernetesObject
  /** A comment before it: sentences, each of which begins a new line. */
  header?: string
  /** Comments by the path of the field that each stands before: `spec.template.spec.containers[agent].resources`. */
  comments?: Record<string, string>
  /** Findings of daemonlint that stay: each is written as a disable comment before its field. */
  keep?: Keep[]
  /** It has to be in its namespace wherever the daemon itself is: a chart does not take it along. */
  fixedNamespace?: boolean
}

/** A finding of daemonlint that has to stay, and why. */
export interface Keep {
  rule: string
  /** Of the field whose line the finding is reported at. */
  path: string
  /** For this daemon, in a few words without a full stop. */
  reason: string
}

export const categories = {
  logs: 'Logs',
  monitoring: 'Monitoring',
  network: 'Network',
  dns: 'Node DNS',
  storage: 'Storage',
  security: 'Security',
  maintenance: 'Node maintenance and devices',
  custom: 'Anything else',
} as const

export type Category = keyof typeof categories

export interface ImageDefault {
  /** With its registry: `quay.io/prometheus/node-exporter`. Empty where it is one's own and has to be named. */
  repository: string
  /** A tag that names one version. */
  tag: string
  /** Tags that must not be used, as globs, and why: `{ '0.69.4': 'malicious (CVE-2026-33634)' }`. */
  refused?: Record<string, string>
}

/** Why a system is better not begun with, and what to take instead. It needs `--accept-archived`. */
export interface Caution {
  /** `archived`: nobody maintains it any more; `superseded`: it is better deployed otherwise. */
  state: 'archived' | 'superseded'
  /** Sentences: what has become of it. */
  why: string
  /** What takes its place: `Calico, Cilium or Flannel`. */
  successor: string
}

/** Everything about a daemon that does not depend on answers. */
export interface PresetData {
  /** What `create-daemonset` knows it by, and the default name of its objects: `fluent-bit`. */
  name: string
  /** `Fluent Bit` */
  title: string
  category: Category
  /** The default name of its objects, where it is another: `calico-node`. */
  objectName?: string
  /** Why its objects can have no other name: what follows `It has to be called NAME, `. */
  fixedName?: string
  /** What it does on a node, in a line. */
  summary: string
  homepage?: string
  caution?: Caution
  /** `agent` is the image of its main container; others by the role of theirs. */
  images: { agent: ImageDefault } & Record<string, ImageDefault>
  /** Where it lives. */
  namespace: string
  /** Nodes that it is meant for, unless all with Linux: labels, and what its image is built for. */
  nodes?: { labels?: string[]; architectures?: string[]; systems?: ('linux' | 'windows')[] }
  /** Whether it belongs on the control plane's nodes too. */
  controlPlane: boolean
  /** As `--tolerations` takes them: `all:NoSchedule`. */
  tolerations?: string[]
  rollout: {
    type?: 'RollingUpdate' | 'OnDelete'
    /** A count or a percentage. */
    maxUnavailable: string
    minReadySeconds: number
    /** Whether a new pod may start beside the old one: no port and no state of the node. */
    surge?: boolean
  }
  /** Of the main container. */
  resources: {
    cpu: string
    memory: string
    memoryLimit: string
    cpuLimit?: string
    /** Of the node's disk, where it takes more than its log and its scratch folders do. */
    ephemeralStorage?: { request: string; limit: string }
  }
  /** A priority class, `own` for one that comes with it, or '' for none. */
  priorityClass: string
  /** Why what it sets is right for this daemon: short comments in the manifest. */
  why: {
    rollout: string
    tolerations?: string
    resources?: string
    priority?: string
    grace?: string
    controlPlane?: string
  }
  /** Ask for everything, also what is seldom wanted and otherwise a flag only. */
  asksEverything?: boolean
  /** Whether it has metrics to be scraped: then `--monitor` is asked. */
  metrics?: boolean
  /** Whether it has a pod network, on which a NetworkPolicy has an effect: then `--network-policy` is asked. */
  podNetwork?: boolean
  /** What one should know before running it: sentences, for its page. */
  notes?: string[]
  /** For its page: what of a large system is here, and what its own installer adds. */
  scope?: string
  /**
   * What other linters find in it beside what they find in all presets, and why it is so: for its page. A key names
   * checks as `LINTER CHECK`, with a comma between them: `kube-linter host-network, checkov CKV_K8S_26`.
   */
  explained?: Record<string, string>
  /** Answers without which nothing can be made, such as the image of one's own agent: for tests and descriptions. */
  example?: Record<string, unknown>
  /** Answers that change the shape of what comes out; tests and `verify-presets` scaffold each of them. */
  variants?: Record<string, Record<string, unknown>>
}

export interface Preset<Q extends Questions = Questions> extends PresetData {
  /** Its own, beside those that every preset asks. */
  questions: Q
  /** What the answers make of it. @throws ScaffoldError where they do not go together */
  build(context: Context<Q>): Agent
}

/** What a preset's function gets to know. */
export interface Context<Q extends Questions = Questions> {
  answers: CommonAnswers & AnswersTo<Q>
  /** The reference of an image, as `--image` and `--registry` have it. */
  image(role?: string): string
}

/** A folder or file in a container, and the volume that it comes from. */
export interface Mount {
  volume: Volume
  mount: VolumeMount
  /** A comment before the volume. */
  why?: string
}

/** A container, as presets state it. */
export interface AgentContainer extends Omit<Container, 'image' | 'volumeMounts'> {
  /** Without one, the main image. */
  image?: string
  mounts?: Mount[]
  /** Comments by path within the container: `livenessProbe`. */
  why?: Record<string, string>
}

/** A Secret that a person fills in: its keys, and what belongs there. */
export interface SecretPlaceholder {
  name: string
  keys: Record<string, string>
  /** Why it is there: a sentence. */
  why?: string
}

/** A port for a NetworkPolicy. */
export interface Port {
  port: number
  /** Default: TCP. */
  protocol?: 'TCP' | 'UDP' | undefined
}

/** What a daemon needs. The objects around it (Namespace, account, DaemonSet …) are made of this. */
export interface Agent {
  /** The first is the main one: the answers about image and resources are for it. */
  containers: [AgentContainer, ...AgentContainer[]]
  initContainers?: AgentContainer[]
  /** The rest of the pod: `hostNetwork`, `hostPID`, `terminationGracePeriodSeconds` … */
  pod?: Partial<Omit<PodSpec, 'containers' | 'initContainers' | 'volumes'>>
  /** Comments by path within the pod: `hostPID`. */
  why?: Record<string, string>
  /** Annotations of the pods. */
  annotations?: Record<string, string>
  /** Labels of the pods beside the usual ones. */
  labels?: Record<string, string>
  /** Files of a ConfigMap with the daemon's name, by their name. `configMount` mounts it. */
  config?: Record<string, string>
  secrets?: SecretPlaceholder[]
  /** What it may ask the API server. Without any, it gets no token. */
  rbac?: {
    /** In all namespaces. */
    cluster?: PolicyRule[]
    /** In its own namespace. */
    namespace?: PolicyRule[]
    /** A ClusterRole that every cluster has. */
    existing?: string
    /** A comment before the rules. */
    why?: string
  }
  /** Where metrics are to be had, if the preset has `metrics`. */
  metrics?: {
    port: number
    portName: string
    path: string
    scheme?: 'http' | 'https'
    /** Whether whoever scrapes has to show the token of its account: a ServiceMonitor then says so. */
    asksForToken?: boolean
  }
  /** Ports that others ask it at, beside that of its metrics: for a NetworkPolicy. */
  ingress?: Port[]
  /** Ports that it opens connections to, beside DNS and the API server, likewise. */
  egress?: Port[]
  /** Findings of daemonlint that stay: paths within the pod's `spec`. At most three different rules. */
  keep?: Keep[]
  /** What else it needs, such as CustomResourceDefinitions, before the DaemonSet. */
  extras?: Manifest[]
  /** What to do before it is applied: sentences, and commands to be typed as they are. */
  before?: string[]
  /** What to do once it runs, likewise. */
  next?: string[]
}
