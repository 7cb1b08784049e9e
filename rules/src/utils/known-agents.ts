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

/** Agents that a rule is about. */
export type AgentId =
  | 'ceph'
  | 'csi-driver'
  | 'falco'
  | 'flannel'
  | 'fluentd-kubernetes-daemonset'
  | 'glusterfs'
  | 'kube-proxy'
  | 'kured'
  | 'node-exporter'
  | 'node-local-dns'

export interface KnownAgent {
  /** By which rules know it: a name is for people. */
  id?: AgentId
  name: string
  kinds: readonly AgentKind[]
  /**
   * Ends of image repositories, at a `/` and without an architecture; with the registry's host where the rest alone would
   * say too little.
   */
  repositories: readonly string[]
  /** What its program is called in a command line or a script. Default: as the last parts of its repositories. */
  program?: RegExp
  /** It follows the container logs of its node, which is what it is run as a DaemonSet for. */
  tailsLogs?: boolean
  /** By default it keeps its positions, its buffer or a log of its own below /var/log. */
  writesVarLog?: boolean
  /** It asks for no Service by name: it only answers. */
  onlyServes?: boolean
  /**
   * True: as its manifests start it, it asks the API server, and fails or falls short where it may not. False: it never
   * does. Absent: that depends on its configuration.
   */
  asksApiServer?: boolean
  /**
   * It is a Go program that does not look for its container's memory limit of its own accord, as Grafana Alloy does
   * (`--memory.auto-limit`), and nothing else of weight runs in its container.
   */
  needsGoMemoryLimit?: boolean
  /** Its first version that is built with Go 1.19, before which Go knows no such limit. */
  firstWithGoMemoryLimit?: string
  /** It gives pods their network: before it runs, no node is ready. */
  providesNetwork?: boolean
  /** It changes the node's rules with iptables, beside others that do so too. */
  runsIptables?: boolean
  /** A new version waits until the old one has gone from all nodes, so that it is to be replaced everywhere at once. */
  updatesAtOnce?: boolean
  /** It reads its configuration again of itself: always, or where its image's tag matches. */
  rereadsConfiguration?: boolean | RegExp
  /** It serves the kubelet's API for device plugins. */
  offersDevices?: boolean
  /** How it learns its node's name, where it cannot do without. */
  nodeName?: NodeNameSource
}

/** Where an agent takes its node's name from. */
export interface NodeNameSource {
  /** Variables: it needs those of one of the lists. */
  variables: readonly (readonly string[])[]
  /** A flag that says it as well. */
  flag?: string
  /** It asks only where it is given this flag. */
  onlyWith?: string
  /** Without a variable it takes its host name, which in the node's network is that of the node. */
  orHostName?: true
}

/**
 * Agents that are known by their image. Sources: the manifests and charts of the projects named; for fluentd
 * fluent/fluentd-kubernetes-daemonset (pos files at /var/log/fluentd-*.pos; its kubernetes.conf asks for the metadata of
 * pods), for Fluent Bit fluent/helm-charts (`DB /var/log/flb_kube.db` in its documentation), for the rest each project's
 * own DaemonSet, and the RBAC that comes with it. Which Go a version is built with: the Dockerfile, the workflow or
 * `.promu.yml` of its tag; for Beats elastic/beats#35751.
 */
export const knownAgents: readonly KnownAgent[] = [
  {
    name: 'fluentd',
    kinds: ['logs'],
    repositories: ['fluentd', 'fluentd-elasticsearch', 'fluentd-gcp'],
    program: /fluentd|td-agent/,
    tailsLogs: true,
    writesVarLog: true,
  },
  {
    id: 'fluentd-kubernetes-daemonset',
    name: 'fluentd',
    kinds: ['logs'],
    repositories: ['fluentd-kubernetes-daemonset'],
    program: /fluentd|td-agent/,
    tailsLogs: true,
    writesVarLog: true,
    asksApiServer: true,
    // The output for Logentries looks at its file before it sends.
    rereadsConfiguration: /-logentries/,
  },
  {
    name: 'Fluent Bit',
    kinds: ['logs'],
    repositories: ['fluent-bit', 'aws-for-fluent-bit', 'fluent-bit-plugin-loki', 'newrelic-fluentbit-output'],
    program: /fluent-bit|td-agent-bit/,
    tailsLogs: true,
    writesVarLog: true,
  },
  {
    name: 'Filebeat',
    kinds: ['logs'],
    repositories: ['filebeat', 'filebeat-oss', 'filebeat-wolfi'],
    tailsLogs: true,
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '8.8',
  },
  {
    name: 'Promtail',
    kinds: ['logs'],
    repositories: ['promtail'],
    tailsLogs: true,
    asksApiServer: true,
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '2.7',
  },
  {
    name: 'LogDNA agent',
    kinds: ['logs'],
    repositories: ['logdna-agent', 'logdna-agent-v2'],
  },
  {
    name: 'Logspout',
    kinds: ['logs'],
    repositories: ['gliderlabs/logspout'],
    asksApiServer: false,
  },
  {
    name: 'Splunk Connect',
    kinds: ['logs'],
    repositories: ['splunk/fluentd-hec'],
    program: /fluentd/,
  },
  {
    name: 'Vector',
    kinds: ['logs', 'metrics'],
    repositories: ['timberio/vector', 'vectordotdev/vector'],
  },
  {
    name: 'Grafana Alloy',
    kinds: ['logs', 'metrics'],
    repositories: ['grafana/alloy', 'grafana/agent'],
  },
  {
    name: 'OpenTelemetry Collector',
    kinds: ['logs', 'metrics'],
    repositories: [
      'opentelemetry-collector',
      'opentelemetry-collector-k8s',
      'opentelemetry-collector-contrib',
      'otel/opentelemetry-collector',
    ],
    program: /otel/,
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '0.61',
  },
  {
    name: 'AWS Distro for OpenTelemetry',
    kinds: ['logs', 'metrics'],
    repositories: ['aws-otel-collector'],
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '0.27',
  },
  {
    name: 'Splunk OpenTelemetry Collector',
    kinds: ['logs', 'metrics'],
    repositories: ['splunk-otel-collector'],
    program: /otel/,
  },
  {
    name: 'Elastic Agent',
    kinds: ['logs', 'metrics'],
    repositories: ['elastic-agent', 'elastic-agent-complete', 'elastic-agent-wolfi'],
    asksApiServer: true,
  },
  {
    id: 'node-exporter',
    name: 'node-exporter',
    kinds: ['metrics'],
    repositories: ['node-exporter', 'node_exporter'],
    onlyServes: true,
    asksApiServer: false,
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '1.4',
  },
  {
    name: 'windows-exporter',
    kinds: ['metrics'],
    repositories: ['windows-exporter'],
    onlyServes: true,
    asksApiServer: false,
  },
  {
    name: 'process-exporter',
    kinds: ['metrics'],
    repositories: ['ncabatoff/process-exporter'],
    onlyServes: true,
    asksApiServer: false,
  },
  {
    name: 'cAdvisor',
    kinds: ['metrics'],
    repositories: ['cadvisor'],
    onlyServes: true,
    asksApiServer: false,
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '0.46',
  },
  {
    name: 'DCGM exporter',
    kinds: ['metrics', 'device'],
    repositories: ['dcgm-exporter'],
    onlyServes: true,
  },
  {
    name: 'Datadog Agent',
    kinds: ['metrics'],
    repositories: ['registry.datadoghq.com/agent', 'datadoghq/agent', 'datadog/agent'],
    program: /datadog/i,
    asksApiServer: true,
  },
  {
    name: 'Metricbeat',
    kinds: ['metrics'],
    repositories: ['metricbeat', 'metricbeat-oss', 'metricbeat-wolfi'],
    asksApiServer: true,
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '8.8',
  },
  {
    name: 'Telegraf',
    kinds: ['metrics'],
    repositories: ['telegraf'],
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '1.24',
  },
  {
    name: 'CloudWatch agent',
    kinds: ['metrics'],
    repositories: ['cloudwatch-agent'],
    needsGoMemoryLimit: true,
    firstWithGoMemoryLimit: '1.247356',
  },
  {
    name: 'New Relic infrastructure agent',
    kinds: ['metrics'],
    repositories: [
      'newrelic/nrsysmond',
      'newrelic/infrastructure',
      'newrelic/infrastructure-bundle',
      'newrelic/infrastructure-k8s',
    ],
    writesVarLog: true,
  },
  {
    name: 'Goldpinger',
    kinds: ['metrics'],
    repositories: ['goldpinger'],
    asksApiServer: true,
  },
  {
    name: 'Node Problem Detector',
    kinds: ['node'],
    repositories: ['node-problem-detector'],
    onlyServes: true,
    asksApiServer: true,
    nodeName: {
      variables: [['NODE_NAME']],
      flag: 'hostname-override',
      orHostName: true,
    },
  },
  {
    id: 'kured',
    name: 'kured',
    kinds: ['node'],
    repositories: ['kured'],
    asksApiServer: true,
    nodeName: {
      variables: [['KURED_NODE_ID']],
      flag: 'node-id',
    },
  },
  {
    name: 'AWS Node Termination Handler',
    kinds: ['node'],
    repositories: ['aws-node-termination-handler'],
    program: /node-termination-handler/,
    asksApiServer: true,
  },
  {
    name: 'Node Tuning Operator',
    kinds: ['node'],
    repositories: ['cluster-node-tuning-operator'],
    program: /tuned|tuning/,
    asksApiServer: true,
  },
  {
    name: 'Machine Config Daemon',
    kinds: ['node'],
    repositories: ['machine-config-daemon'],
    asksApiServer: true,
  },
  {
    name: 'Spegel',
    kinds: ['node'],
    repositories: ['spegel-org/spegel', 'xenitab/spegel'],
  },
  {
    name: 'Node Feature Discovery',
    kinds: ['device'],
    repositories: ['node-feature-discovery'],
  },
  {
    name: 'NVIDIA device plugin',
    kinds: ['device'],
    repositories: ['k8s-device-plugin', 'nvidia-gpu-device-plugin'],
    program: /device[-_]plugin/,
    offersDevices: true,
  },
  {
    name: 'NVIDIA GPU partitioner',
    kinds: ['device'],
    repositories: ['nvidia-partition-gpu'],
    asksApiServer: false,
  },
  {
    name: 'NVIDIA GPU Operator',
    kinds: ['device'],
    repositories: [
      'container-toolkit',
      'gpu-feature-discovery',
      'gpu-operator-validator',
      'k8s-driver-manager',
      'k8s-mig-manager',
      'k8s-dra-driver-gpu',
    ],
  },
  {
    name: 'AMD device plugin',
    kinds: ['device'],
    repositories: ['rocm/k8s-device-plugin'],
  },
  {
    name: 'Intel device plugin',
    kinds: ['device'],
    repositories: [
      'intel-dlb-plugin',
      'intel-dsa-plugin',
      'intel-fpga-plugin',
      'intel-gpu-plugin',
      'intel-iaa-plugin',
      'intel-npu-plugin',
      'intel-qat-plugin',
      'intel-sgx-plugin',
    ],
    program: /(device|intel-[a-z]+)[-_]plugin/,
    offersDevices: true,
  },
  {
    name: 'SR-IOV device plugin',
    kinds: ['device'],
    repositories: ['sriov-network-device-plugin', 'sriov-device-plugin'],
  },
  {
    name: 'RDMA device plugin',
    kinds: ['device'],
    repositories: ['k8s-rdma-shared-dev-plugin'],
  },
  {
    name: 'Neuron device plugin',
    kinds: ['device'],
    repositories: ['neuron-device-plugin'],
  },
  {
    name: 'Generic device plugin',
    kinds: ['device'],
    repositories: ['generic-device-plugin'],
  },
  {
    name: 'Smarter device manager',
    kinds: ['device'],
    repositories: ['smarter-device-manager'],
  },
  {
    name: 'Akri agent',
    kinds: ['device'],
    repositories: ['akri/agent'],
    program: /akri/,
    asksApiServer: true,
  },
  {
    id: 'kube-proxy',
    name: 'kube-proxy',
    kinds: ['network'],
    repositories: ['kube-proxy'],
    asksApiServer: true,
    runsIptables: true,
  },
  {
    name: 'Calico',
    kinds: ['network'],
    repositories: ['calico/node', 'calico/cni'],
    program: /calico/i,
    asksApiServer: true,
    providesNetwork: true,
    runsIptables: true,
  },
  {
    name: 'Cilium',
    kinds: ['network'],
    repositories: ['cilium/cilium', 'cilium-distroless'],
    asksApiServer: true,
    providesNetwork: true,
  },
  {
    name: 'Cilium',
    kinds: ['network'],
    repositories: ['cilium/cilium-envoy'],
  },
  {
    id: 'flannel',
    name: 'Flannel',
    kinds: ['network'],
    repositories: ['flannel'],
    asksApiServer: true,
    providesNetwork: true,
    runsIptables: true,
    nodeName: {
      variables: [['NODE_NAME'], ['POD_NAME', 'POD_NAMESPACE']],
      onlyWith: 'kube-subnet-mgr',
    },
  },
  {
    name: 'Flannel',
    kinds: ['network'],
    repositories: ['flannel-cni-plugin', 'flannel-cni'],
    asksApiServer: false,
  },
  {
    name: 'Weave Net',
    kinds: ['network'],
    repositories: ['weave-kube', 'weave-npc'],
    program: /weave/,
    asksApiServer: true,
    providesNetwork: true,
    runsIptables: true,
  },
  {
    name: 'Antrea',
    kinds: ['network'],
    repositories: ['antrea-agent', 'antrea-agent-ubuntu', 'antrea-ubuntu'],
  },
  {
    name: 'Kube-OVN',
    kinds: ['network'],
    repositories: ['kube-ovn'],
  },
  {
    name: 'OVN-Kubernetes',
    kinds: ['network'],
    repositories: ['ovn-kubernetes', 'ovn-kube-ubuntu', 'ovn-kube-u'],
  },
  {
    name: 'kindnet',
    kinds: ['network'],
    repositories: ['kindnetd'],
    asksApiServer: true,
  },
  {
    name: 'Multus',
    kinds: ['network'],
    repositories: ['multus-cni'],
    program: /multus/,
    asksApiServer: true,
  },
  {
    name: 'Whereabouts',
    kinds: ['network'],
    repositories: ['whereabouts', 'whereabouts-cni'],
    asksApiServer: true,
  },
  {
    name: 'SR-IOV CNI',
    kinds: ['network'],
    repositories: ['sriov-cni'],
    asksApiServer: false,
  },
  {
    name: 'Istio CNI',
    kinds: ['network'],
    repositories: ['istio/install-cni'],
    program: /install-cni|istio/,
    asksApiServer: true,
  },
  {
    name: 'Istio ztunnel',
    kinds: ['network'],
    repositories: ['istio/ztunnel'],
  },
  {
    name: 'Linkerd CNI',
    kinds: ['network'],
    repositories: ['linkerd/cni-plugin'],
  },
  {
    name: 'kube-router',
    kinds: ['network'],
    repositories: ['kube-router'],
    asksApiServer: true,
    providesNetwork: true,
    runsIptables: true,
  },
  {
    name: 'Amazon VPC CNI',
    kinds: ['network'],
    repositories: ['amazon-k8s-cni'],
    program: /amazon|aws-(k8s|vpc)/,
    asksApiServer: true,
    providesNetwork: true,
    runsIptables: true,
  },
  {
    name: 'AWS network policy agent',
    kinds: ['network'],
    repositories: ['aws-network-policy-agent'],
    asksApiServer: true,
  },
  {
    name: 'Azure CNI',
    kinds: ['network'],
    repositories: ['azure-cns', 'azure-npm'],
    asksApiServer: true,
    providesNetwork: true,
  },
  {
    name: 'Azure CNI',
    kinds: ['network'],
    repositories: ['azure-cni-manager', 'azure-cni', 'cni-dropgz'],
  },
  {
    name: 'Contiv-VPP',
    kinds: ['network'],
    repositories: ['contivvpp/vswitch', 'contivvpp/ksr', 'contivvpp/cni', 'contivvpp/crd'],
  },
  {
    name: 'MetalLB speaker',
    kinds: ['network'],
    repositories: ['metallb/speaker'],
    asksApiServer: true,
    nodeName: {
      variables: [['METALLB_NODE_NAME']],
      flag: 'node-name',
    },
  },
  {
    name: 'FRR-K8s',
    kinds: ['network'],
    repositories: ['metallb/frr-k8s'],
    asksApiServer: true,
  },
  {
    name: 'kube-vip',
    kinds: ['network'],
    repositories: ['kube-vip'],
  },
  {
    name: 'AAD Pod Identity',
    kinds: ['network'],
    repositories: ['aad-pod-identity/nmi'],
    program: /\bnmi\b/,
    asksApiServer: true,
  },
  {
    name: 'kube2iam',
    kinds: ['network'],
    repositories: ['kube2iam'],
    asksApiServer: true,
  },
  {
    name: 'ip-masq-agent',
    kinds: ['network'],
    repositories: ['ip-masq-agent', 'ip-masq-agent-v2'],
    asksApiServer: false,
    runsIptables: true,
  },
  {
    id: 'node-local-dns',
    name: 'NodeLocal DNSCache',
    kinds: ['dns'],
    repositories: ['k8s-dns-node-cache'],
    asksApiServer: false,
    runsIptables: true,
  },
  {
    id: 'csi-driver',
    name: 'CSI driver',
    kinds: ['storage'],
    repositories: [
      'aws-ebs-csi-driver',
      'aws-efs-csi-driver',
      'aws-fsx-csi-driver',
      'azuredisk-csi',
      'azurefile-csi',
      'blob-csi',
      'smb-csi',
      'smbplugin',
      'nfsplugin',
      'cephcsi',
      'cinder-csi-plugin',
      'manila-csi-plugin',
      'do-csi-plugin',
      'gcp-compute-persistent-disk-csi-driver',
      'gcs-fuse-csi-driver',
      'hcloud-csi-driver',
      'hostpathplugin',
      'juicefs-csi-driver',
      'linode-blockstorage-csi-driver',
      'linstor-csi',
      'piraeus-csi',
      'lvm-driver',
      'zfs-driver',
      'topolvm',
      'democratic-csi',
      'datadoghq/csi-driver',
    ],
  },
  {
    id: 'csi-driver',
    name: 'CSI driver',
    kinds: ['storage'],
    repositories: ['csi-secrets-store/driver'],
    program: /secrets-store-csi/,
    asksApiServer: true,
  },
  // Speak to the kubelet and the driver beside them alone.
  {
    id: 'csi-driver',
    name: 'CSI driver',
    kinds: ['storage'],
    repositories: ['csi-node-driver-registrar'],
    asksApiServer: false,
  },
  {
    name: 'livenessprobe',
    kinds: [],
    repositories: [
      'sig-storage/livenessprobe',
      'kubernetes-csi/livenessprobe',
      'csi-components/livenessprobe',
    ],
    onlyServes: true,
    asksApiServer: false,
  },
  {
    name: 'Longhorn',
    kinds: ['storage'],
    repositories: ['longhornio/longhorn-manager'],
    program: /longhorn/,
    asksApiServer: true,
    // waitForOldLonghornManagersToBeFullyRemoved in app/daemon of longhorn/longhorn-manager; longhorn/charts#245
    updatesAtOnce: true,
  },
  {
    id: 'ceph',
    name: 'Ceph',
    kinds: ['storage'],
    repositories: ['ceph/ceph', 'ceph/daemon'],
  },
  {
    id: 'glusterfs',
    name: 'GlusterFS',
    kinds: ['storage'],
    repositories: ['gluster-centos', 'gluster-fedora'],
    asksApiServer: false,
  },
  {
    id: 'falco',
    name: 'Falco',
    kinds: ['security'],
    repositories: ['falco', 'falco-no-driver', 'falco-driver-loader'],
  },
  {
    name: 'Tetragon',
    kinds: ['security'],
    repositories: ['tetragon', 'tetragon-ci'],
    asksApiServer: true,
  },
  {
    name: 'Tracee',
    kinds: ['security'],
    repositories: ['aquasec/tracee', 'aquasecurity/tracee'],
  },
  {
    name: 'KubeArmor',
    kinds: ['security'],
    repositories: ['kubearmor'],
    asksApiServer: true,
  },
  {
    name: 'Inspektor Gadget',
    kinds: ['security'],
    repositories: ['inspektor-gadget/inspektor-gadget'],
    program: /gadget/,
    asksApiServer: true,
  },
  {
    name: 'Kubescape node agent',
    kinds: ['security'],
    repositories: ['kubescape/node-agent'],
    asksApiServer: true,
  },
  {
    name: 'NeuVector enforcer',
    kinds: ['security'],
    repositories: ['neuvector/enforcer'],
  },
  {
    name: 'Falcon sensor',
    kinds: ['security'],
    repositories: ['falcon-sensor', 'falcon-node-sensor'],
  },
  {
    name: 'Lacework agent',
    kinds: ['security'],
    repositories: ['lacework/datacollector'],
  },
  {
    name: 'Suricata',
    kinds: ['security'],
    repositories: ['jasonish/suricata'],
    asksApiServer: false,
  },
  {
    name: 'kube-bench',
    kinds: ['security'],
    repositories: ['aquasec/kube-bench', 'aquasecurity/kube-bench'],
  },
  {
    name: 'Trivy',
    kinds: ['security'],
    repositories: ['aquasec/trivy', 'aquasecurity/trivy'],
  },
  {
    name: 'SPIRE agent',
    kinds: ['security'],
    repositories: ['spire-agent'],
  },
  {
    name: 'Coroot node agent',
    kinds: ['security'],
    repositories: ['coroot-node-agent'],
    asksApiServer: false,
  },
  {
    name: 'Parca agent',
    kinds: ['security'],
    repositories: ['parca-agent'],
  },
  {
    name: 'OpenTelemetry eBPF agent',
    kinds: ['metrics', 'security'],
    repositories: ['ebpf-instrument', 'opentelemetry-ebpf-kernel-collector', 'beyla'],
  },
  {
    name: 'Sysdig agent',
    kinds: ['security'],
    repositories: ['sysdig/agent', 'sysdig/agent-slim'],
  },
  {
    name: 'Wazuh agent',
    kinds: ['security'],
    repositories: ['wazuh-agent'],
    asksApiServer: false,
  },
  // Stands beside agents and does nothing on the node itself.
  {
    name: 'kube-rbac-proxy',
    kinds: [],
    repositories: ['kube-rbac-proxy'],
    onlyServes: true,
    asksApiServer: true,
  },
]
