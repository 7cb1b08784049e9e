import type { ContainerNode, PodTemplate, Settings } from '@daemonlint/core'
import { hintsOf } from './agent-hints.ts'
import { isWithin } from './host-paths.ts'
import { isPause, knownRepositoryOf, parseImage, repositoryOf } from './image.ts'
import { containersOf, hostMountsOf, knowsHostMounts, mainContainersOf } from './mounts.ts'
import { once } from './once.ts'

/** The kinds of agents, as options name them. */
export const agentKinds = [
  'logs',
  'metrics',
  'network',
  'storage',
  'dns',
  'device',
  'security',
  'node',
] as const

/**
 * What an agent does on the node. `logs` and `metrics` only read the node; `network` (CNI, proxies, load balancers),
 * `storage` (CSI), `device` (device plugins, drivers), `security` (kernel events) and `node` (reboots, set-up) change it
 * or look into its kernel; `dns` serves the node's pods.
 */
export type AgentKind = (typeof agentKinds)[number]

export interface KnownAgent {
  name: string
  kinds: readonly AgentKind[]
  /** Ends of image repositories, at a `/`; with the registry's host where the rest alone would say too little. */
  repositories: readonly string[]
  /** It follows the container logs of its node, which is what it is run as a DaemonSet for. */
  tailsLogs?: boolean
  /** By default it keeps its positions or its buffer below /var/log. */
  writesVarLog?: boolean
  /** It asks for no Service by name: it only answers. */
  onlyServes?: boolean
  /**
   * It is a Go program that does not look for its container's memory limit of its own accord, as Grafana Alloy does
   * (`--memory.auto-limit`), and nothing else of weight runs in its container.
   */
  needsGoMemoryLimit?: boolean
}

/**
 * Agents that are known by their image. Sources: the manifests and charts of the projects named; for fluentd
 * fluent/fluentd-kubernetes-daemonset (pos files at /var/log/fluentd-*.pos), for Fluent Bit fluent/helm-charts
 * (`DB /var/log/flb_kube.db` in its documentation), for the rest each project's own DaemonSet.
 */
export const knownAgents: readonly KnownAgent[] = [
  {
    name: 'fluentd',
    kinds: ['logs'],
    repositories: ['fluentd', 'fluentd-kubernetes-daemonset', 'fluentd-elasticsearch', 'fluentd-gcp'],
    tailsLogs: true,
    writesVarLog: true,
  },
  {
    name: 'Fluent Bit',
    kinds: ['logs'],
    repositories: ['fluent-bit', 'aws-for-fluent-bit', 'fluent-bit-plugin-loki', 'newrelic-fluentbit-output'],
    tailsLogs: true,
    writesVarLog: true,
  },
  {
    name: 'Filebeat',
    kinds: ['logs'],
    repositories: ['filebeat', 'filebeat-oss', 'filebeat-wolfi'],
    tailsLogs: true,
    needsGoMemoryLimit: true,
  },
  {
    name: 'Promtail',
    kinds: ['logs'],
    repositories: ['promtail'],
    tailsLogs: true,
    needsGoMemoryLimit: true,
  },
  { name: 'Vector', kinds: ['logs', 'metrics'], repositories: ['timberio/vector'] },
  { name: 'Grafana Alloy', kinds: ['logs', 'metrics'], repositories: ['grafana/alloy', 'grafana/agent'] },
  {
    name: 'OpenTelemetry Collector',
    kinds: ['logs', 'metrics'],
    repositories: [
      'opentelemetry-collector',
      'opentelemetry-collector-k8s',
      'opentelemetry-collector-contrib',
      'otel/opentelemetry-collector',
      'aws-otel-collector',
    ],
    needsGoMemoryLimit: true,
  },
  {
    name: 'node-exporter',
    kinds: ['metrics'],
    repositories: ['node-exporter', 'node_exporter'],
    onlyServes: true,
    needsGoMemoryLimit: true,
  },
  { name: 'windows-exporter', kinds: ['metrics'], repositories: ['windows-exporter'], onlyServes: true },
  {
    name: 'cAdvisor',
    kinds: ['metrics'],
    repositories: ['cadvisor'],
    onlyServes: true,
    needsGoMemoryLimit: true,
  },
  { name: 'DCGM exporter', kinds: ['metrics', 'device'], repositories: ['dcgm-exporter'], onlyServes: true },
  {
    name: 'Datadog Agent',
    kinds: ['metrics'],
    repositories: ['registry.datadoghq.com/agent', 'datadoghq/agent', 'datadog/agent'],
  },
  {
    name: 'Metricbeat',
    kinds: ['metrics'],
    repositories: ['metricbeat', 'metricbeat-oss'],
    needsGoMemoryLimit: true,
  },
  { name: 'Telegraf', kinds: ['metrics'], repositories: ['telegraf'], needsGoMemoryLimit: true },
  {
    name: 'CloudWatch agent',
    kinds: ['metrics'],
    repositories: ['cloudwatch-agent'],
    needsGoMemoryLimit: true,
  },
  {
    name: 'Node Problem Detector',
    kinds: ['node'],
    repositories: ['node-problem-detector'],
    onlyServes: true,
  },
  { name: 'kured', kinds: ['node'], repositories: ['kured'] },
  { name: 'Node Feature Discovery', kinds: ['device'], repositories: ['node-feature-discovery'] },
  {
    name: 'NVIDIA device plugin',
    kinds: ['device'],
    repositories: ['k8s-device-plugin', 'nvidia-gpu-device-plugin'],
  },
  { name: 'kube-proxy', kinds: ['network'], repositories: ['kube-proxy', 'kube-proxy-amd64'] },
  { name: 'Calico', kinds: ['network'], repositories: ['calico/node', 'calico/cni'] },
  {
    name: 'Cilium',
    kinds: ['network'],
    repositories: ['cilium/cilium', 'cilium/cilium-envoy', 'cilium-distroless'],
  },
  { name: 'Flannel', kinds: ['network'], repositories: ['flannel', 'flannel-cni-plugin'] },
  { name: 'Weave Net', kinds: ['network'], repositories: ['weave-kube', 'weave-npc'] },
  { name: 'Multus', kinds: ['network'], repositories: ['multus-cni'] },
  { name: 'kube-router', kinds: ['network'], repositories: ['kube-router'] },
  {
    name: 'Amazon VPC CNI',
    kinds: ['network'],
    repositories: ['amazon-k8s-cni', 'aws-network-policy-agent'],
  },
  { name: 'Azure CNI', kinds: ['network'], repositories: ['azure-cns', 'azure-npm', 'azure-cni-manager'] },
  { name: 'MetalLB speaker', kinds: ['network'], repositories: ['metallb/speaker', 'metallb/frr-k8s'] },
  { name: 'ip-masq-agent', kinds: ['network'], repositories: ['ip-masq-agent', 'ip-masq-agent-v2'] },
  { name: 'NodeLocal DNSCache', kinds: ['dns'], repositories: ['k8s-dns-node-cache'] },
  {
    name: 'CSI driver',
    kinds: ['storage'],
    repositories: [
      'csi-node-driver-registrar',
      'aws-ebs-csi-driver',
      'azuredisk-csi',
      'azurefile-csi',
      'blob-csi',
      'smb-csi',
      'smbplugin',
      'nfsplugin',
      'cephcsi',
      'csi-secrets-store/driver',
    ],
  },
  { name: 'Longhorn', kinds: ['storage'], repositories: ['longhornio/longhorn-manager'] },
  { name: 'Falco', kinds: ['security'], repositories: ['falco', 'falco-no-driver', 'falco-driver-loader'] },
  { name: 'Tetragon', kinds: ['security'], repositories: ['tetragon', 'tetragon-ci'] },
  {
    name: 'OpenTelemetry eBPF agent',
    kinds: ['metrics', 'security'],
    repositories: ['ebpf-instrument', 'opentelemetry-ebpf-kernel-collector', 'beyla'],
  },
  { name: 'Sysdig agent', kinds: ['security'], repositories: ['sysdig/agent'] },
  { name: 'Wazuh agent', kinds: ['security'], repositories: ['wazuh-agent'] },
  // Stands beside agents and does nothing on the node itself.
  { name: 'kube-rbac-proxy', kinds: [], repositories: ['kube-rbac-proxy'], onlyServes: true },
]

/** Tells what containers and pods do on their node. */
export interface Agents {
  /**
   * The agent a container runs, recognised by its image's repository; mirrors in other registries count, and a
   * placeholder for registry or tag hides nothing (`${REGISTRY}/fluent/fluent-bit:${TAG}`).
   * @returns undefined when it is not a known one, or the image is unknown
   */
  agentOf(container: ContainerNode): KnownAgent | undefined
  /** True when `agentOf` can tell: no placeholder leaves open that it is a known agent. */
  knowsAgent(container: ContainerNode): boolean
  /**
   * What a pod does on its node: by its main containers' images, by what it mounts from the node, or both. Empty when
   * neither says so. To accuse a pod for what it is not, ask `mayBeOfKind`.
   */
  kindsOf(template: PodTemplate): ReadonlySet<AgentKind>
  /**
   * True when a pod does one of these things on its node, or may do: an image or what is mounted is templated, or a
   * patch does not state it.
   */
  mayBeOfKind(template: PodTemplate, wanted: readonly AgentKind[]): boolean
  /** The known agent among a pod's main containers that is of a kind; undefined where only mounts tell the kind. */
  agentOfKind(template: PodTemplate, kind: AgentKind): KnownAgent | undefined
}

const agentsOfSettings = new WeakMap<object, Agents>()
let builtinAgents: Agents | undefined

/** The agents that a configuration knows: those of `settings.agents`, and those of {@link knownAgents}. */
export function agentsFor(settings: Settings): Agents {
  const { agents: own } = settings as { agents?: readonly AgentSetting[] }
  if (!own || own.length === 0) {
    builtinAgents ??= createAgents(knownAgents)
    return builtinAgents
  }
  let agents = agentsOfSettings.get(own)
  if (!agents) {
    agents = createAgents([...knownAgents, ...own.map(toKnownAgent)])
    agentsOfSettings.set(own, agents)
  }
  return agents
}

/** One of `settings.agents`. */
interface AgentSetting extends Omit<KnownAgent, 'repositories'> {
  /** Images, as the manifests name them; a tag or a digest counts for nothing. */
  images: readonly string[]
}

function toKnownAgent({ images, ...agent }: AgentSetting): KnownAgent {
  return { ...agent, repositories: images.map((image) => parseImage(image).name.toLowerCase()) }
}

/** @param known of two agents with the same repository the later one counts */
function createAgents(known: readonly KnownAgent[]): Agents {
  const byRepository = new Map(
    known.flatMap((agent) => agent.repositories.map((end) => [end, agent] as const)),
  )

  const agentOf = once((container: ContainerNode): KnownAgent | undefined => {
    const repository = repositoryOf(container)
    for (let start = 0; ; start++) {
      const agent = byRepository.get(repository.slice(start))
      if (agent) return agent
      start = repository.indexOf('/', start)
      if (start < 0) return undefined
    }
  })

  function knowsAgent(container: ContainerNode): boolean {
    if (agentOf(container) || container.lacks('image')) return true
    const end = knownRepositoryOf(container)
    if (end === '' || !container.isUnknown('image')) return end !== ''
    return !known.some(({ repositories }) => repositories.some((one) => one.endsWith(`/${end}`)))
  }

  const kindsOf = once((template: PodTemplate): ReadonlySet<AgentKind> => {
    const kinds = new Set(mainContainersOf(template).flatMap((container) => agentOf(container)?.kinds ?? []))
    for (const { hostPath, mount } of hostMountsOf(template)) {
      for (const kind of kindsOfMount(hostPath, mount.mountPropagation)) kinds.add(kind)
    }
    return kinds
  })

  const knowsKinds = once((template: PodTemplate): boolean => {
    const main = mainContainersOf(template)
    if (template.isUnknown('spec', 'containers') || !main.every(knowsAgent)) return false
    if (!containersOf(template).every(knowsName)) return false
    // A patch that states its images is taken at its word; what it does not mount, its base may.
    return template.manifest.role === 'patch' ? main.length > 0 : knowsHostMounts(template)
  })

  return {
    agentOf,
    knowsAgent,
    kindsOf,
    mayBeOfKind(template, wanted) {
      if (wanted.length === 0) return false
      const [kinds, hints] = [kindsOf(template), hintsOf(template)]
      return wanted.some((kind) => kinds.has(kind) || hints.has(kind)) || !knowsKinds(template)
    },
    agentOfKind: (template, kind) =>
      mainContainersOf(template)
        .map(agentOf)
        .find((agent) => agent?.kinds.includes(kind)),
  }
}

/** True when the last part of a container's image, by which it is called, is known. */
function knowsName(container: ContainerNode): boolean {
  return !container.isUnknown('image') || knownRepositoryOf(container) !== ''
}

/**
 * Mounts that tell what a pod is for: CNI's configuration and binaries, the kubelet's plug-in folders (whatever the
 * kubelet's root is). https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/
 */
function kindsOfMount(path: string, propagation: string | undefined): AgentKind[] {
  if (/\/cni\/(net\.d|bin)$/.test(path) || path === '/run/xtables.lock') return ['network']
  if (path.endsWith('/device-plugins')) return ['device']
  if (path.endsWith('/plugins_registry')) return ['storage']
  if (isWithin(path, '/var/lib/kubelet') && propagation === 'Bidirectional') return ['storage']
  return []
}

/**
 * True when the pod's work is done before its main containers start, which only wait: the image is `pause`, and init
 * containers set up the node. So are drivers and kernel settings brought to nodes.
 */
export function setsUpNode(template: PodTemplate): boolean {
  const main = mainContainersOf(template)
  if (main.length === 0 || !main.every(isPause)) return false
  return containersOf(template).length > main.length || template.isUnknown('spec', 'initContainers')
}
