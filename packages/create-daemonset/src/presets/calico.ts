import type { EnvVar } from 'kubernetes-types/core/v1.js'
import { definePreset } from '../define.ts'
import { asksApi } from '../explained.ts'
import { mistakeInCidr, sentence } from '../formats.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, mountedAt } from '../kit/mounts.ts'
import { every, exec } from '../kit/probes.ts'
import { privileged, rootWith } from '../kit/security.ts'
import { confirm, number, select, text } from '../questions.ts'
import type { AgentContainer, Mount } from '../types.ts'
import { kubeControllers } from './calico/controllers.ts'
import { calicoDefinitions } from './calico/crds.ts'
import { calicoRights, nodeRules } from './calico/rbac.ts'
import { folderQuestions, otherFolders } from './cni/folders.ts'

const conflist = '10-calico.conflist'
const configFolder = '/etc/calico-cni'

/** How packets between nodes are packed: which of Calico's two ways, and when. */
const encapsulations = {
  ipip: { ipip: 'Always', vxlan: 'Never', backend: 'bird' },
  'ipip-cross-subnet': { ipip: 'CrossSubnet', vxlan: 'Never', backend: 'bird' },
  vxlan: { ipip: 'Never', vxlan: 'Always', backend: 'vxlan' },
  'vxlan-cross-subnet': { ipip: 'Never', vxlan: 'CrossSubnet', backend: 'vxlan' },
  none: { ipip: 'Never', vxlan: 'Never', backend: 'bird' },
}

export default definePreset({
  name: 'calico',
  title: 'Calico',
  category: 'network',
  summary: 'gives the pods of its node addresses and routes, and enforces network policies',
  homepage: 'https://docs.tigera.io/calico/latest',
  images: {
    agent: { repository: 'quay.io/calico/node', tag: 'v3.32.1' },
    cni: { repository: 'quay.io/calico/cni', tag: 'v3.32.1' },
    'kube-controllers': { repository: 'quay.io/calico/kube-controllers', tag: 'v3.32.1' },
  },
  objectName: 'calico-node',
  fixedName:
    "for Calico's controllers look for a DaemonSet of that name beside them and wait until it is there",
  namespace: 'kube-system',
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '1', minReadySeconds: 10 },
  resources: { cpu: '250m', memory: '256Mi', memoryLimit: '768Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'While it restarts, pods keep their network and no new one starts there. One node at a time: a bad version stops at the first.',
    tolerations:
      'A node is not ready, and tainted, until it has a network; and none is without one later, whatever its taints.',
    priority: 'Without it no other pod of the node has a network.',
    resources: 'It grows with policies and pods. No CPU limit: new pods wait for their rules.',
    grace: 'For its preStop hook, and no more: new pods of the node wait meanwhile.',
  },
  metrics: true,
  questions: {
    podCidr: text({
      message:
        "From which range do pods get addresses? (such as 10.244.0.0/16; none: kubeadm's, or 192.168.0.0/16)",
      help: "Range of the pods' addresses; empty for what kubeadm was told, else 192.168.0.0/16",
      optional: true,
      value: 'CIDR',
      default: '',
      check: (value) => mistakeInPodCidr(value),
    }),
    encapsulation: select({
      message: 'How do packets of pods get from node to node?',
      help: 'How packets between nodes are packed',
      default: 'ipip',
      choices: [
        {
          value: 'ipip',
          label: 'IPIP',
          hint: 'with BGP between nodes; protocol 4 and port 179 must be open',
        },
        { value: 'ipip-cross-subnet', label: 'IPIP between subnets only' },
        {
          value: 'vxlan',
          label: 'VXLAN',
          hint: 'without BGP, as most clouds need it; UDP port 4789 must be open',
        },
        { value: 'vxlan-cross-subnet', label: 'VXLAN between subnets only' },
        {
          value: 'none',
          label: 'Not packed',
          hint: "BGP; the network between nodes has to pass pods' addresses",
        },
      ],
    }),
    mtu: number({
      message: "MTU of the pods' interfaces? (0: found out on each node)",
      help: "MTU of the pods' interfaces and of tunnels; 0: found out",
      seldom: true,
      unit: 'bytes',
      min: 0,
      max: 9000,
      default: 0,
      check: (value) =>
        value === 0 || value >= 1280
          ? undefined
          : `An MTU of ${value} is too small. Expected 1280 to 9000, or 0`,
    }),
    nodeAddress: text({
      message:
        'Which of its addresses does a node use? (first-found, kubernetes-internal-ip, cidr=…, interface=…)',
      help: 'How the address of a node is chosen: first-found, kubernetes-internal-ip, can-reach=, interface=, skip-interface=, cidr=',
      seldom: true,
      value: 'METHOD',
      default: 'first-found',
      check: (value) =>
        /^(first-found|kubernetes-internal-ip|(can-reach|interface|skip-interface|cidr)=[^\s"']+)$/.test(
          value,
        )
          ? undefined
          : `'${value}' is no way to choose an address. Expected first-found, kubernetes-internal-ip, can-reach=HOST, interface=REGEX, skip-interface=REGEX or cidr=RANGE`,
    }),
    ...folderQuestions,
    upgrade: confirm({
      message: 'May Calico before 3.0, or with host-local addresses, have run here? (a new cluster: no)',
      help: 'Also take over what an older Calico, or one with host-local addresses, has left',
      seldom: true,
      default: true,
    }),
  },
  variants: {
    vxlan: { encapsulation: 'vxlan', podCidr: '10.244.0.0/16', mtu: 1450 },
    'cross-subnet': { encapsulation: 'ipip-cross-subnet', nodeAddress: 'kubernetes-internal-ip' },
    'vxlan-cross-subnet': { encapsulation: 'vxlan-cross-subnet' },
    bgp: { encapsulation: 'none', mtu: 1500 },
    'new-cluster': { upgrade: false },
    'other-folders': otherFolders,
    'own-namespace': { namespace: 'calico-system' },
  },
  notes: [
    'Only one network plugin can be the first: remove the files of another from /etc/cni/net.d before.',
    'The range of pods must be the one that the cluster was made with (--cluster-cidr, podSubnet). It is taken when Calico starts for the first time; later it is changed in IPPool objects, not here.',
    'IPIP (protocol 4) is dropped by many clouds; take VXLAN there. BGP needs TCP port 179 between all nodes.',
    'Its names stand in rights, and its controllers look for some: change its namespace with --namespace, not by namespace of Kustomize, and give its objects no namePrefix.',
    'All three images are of one version: change their tags together.',
    "Policies of Calico's own kinds are written with calicoctl, or with kubectl where its API server is installed. The definitions here check nothing.",
    'To use eBPF, make the ConfigMap kubernetes-services-endpoint with the address of the API server, turn kube-proxy off, and set bpfEnabled in the FelixConfiguration.',
    'On the nodes 10-calico.conflist, calico-kubeconfig, the plugins, iptables rules and /var/lib/calico stay when the DaemonSet goes: drain and replace the nodes, or remove them by hand.',
    'Every pod asks the API server itself. From about 50 nodes on Typha is worth having, which is not here.',
  ],
  scope:
    "What Calico's manifest for Kubernetes as the datastore holds: all 23 definitions, the accounts and roles of the node, of the plugin and of the controllers, the plugin's configuration, the DaemonSet, the controllers and their disruption budget. Not here: the full validation schemas of the definitions, Typha, the API server, the operator with Goldmane and Whisker, eBPF settings, IPv6, and mounts for application layer policy. The operator is what its makers recommend for larger clusters.",
  explained: {
    ...asksApi,
    'kube-linter host-network, kube-linter privileged-container, kube-linter run-as-non-root, kube-linter sensitive-host-mounts':
      'It sets up routes, tunnels and packet filters of the node, loads modules and mounts the BPF file system.',
    'kube-linter no-read-only-root-fs':
      'Its services are made in /etc/service and /etc/calico when it starts.',
    'checkov CKV_K8S_25':
      'What installs the plugin writes into folders of the node (DAC_OVERRIDE), also where another user owns them.',
  },
  build({ answers, image }) {
    const { ipip, vxlan, backend } = encapsulations[answers.encapsulation]
    const isBird = backend === 'bird'
    const live = ['-felix-live', ...(isBird ? ['-bird-live'] : [])]
    const ready = ['-felix-ready', ...(isBird ? ['-bird-ready'] : [])]
    const isMeasured = answers.monitor !== 'none'
    const cniBin = hostPath('cni-bin', answers.cniBinDir, {
      type: 'DirectoryOrCreate',
      at: '/host/opt/cni/bin',
      writable: true,
      why: 'The container runtime starts plugins from here.',
    })
    const cniConf = hostPath('cni-conf', answers.cniConfDir, {
      type: 'DirectoryOrCreate',
      at: '/host/etc/cni/net.d',
      writable: true,
      why: "The plugin's configuration, and a token for it that is renewed before it expires.",
    })
    const run = hostPath('run', '/var/run/calico', {
      type: 'DirectoryOrCreate',
      writable: true,
      why: 'Sockets of its parts, and the mount of the control groups.',
    })
    return {
      pod: { hostNetwork: true, dnsPolicy: 'Default', terminationGracePeriodSeconds: 10 },
      why: {
        hostNetwork: 'There is no other network before it has run.',
        dnsPolicy: "The node's own: the cluster's DNS needs the network that this makes.",
      },
      labels: { 'k8s-app': 'calico-node' },
      initContainers: [
        ...(answers.upgrade ? [upgradeIpam(image('cni'), cniBin)] : []),
        installCni(image('cni'), answers.cniConfDir, [
          configMount(answers.name, configFolder),
          cniBin,
          cniConf,
        ]),
        ebpfBootstrap(run),
      ],
      containers: [
        {
          name: 'calico-node',
          envFrom,
          env: [
            { name: 'DATASTORE_TYPE', value: 'kubernetes' },
            { name: 'WAIT_FOR_DATASTORE', value: 'true' },
            fieldEnv('NODENAME', 'spec.nodeName'),
            { name: 'CALICO_NETWORKING_BACKEND', value: backend },
            { name: 'CLUSTER_TYPE', value: isBird ? 'k8s,bgp' : 'k8s' },
            { name: 'IP', value: 'autodetect' },
            { name: 'IP_AUTODETECTION_METHOD', value: answers.nodeAddress },
            ...(answers.podCidr ? [{ name: 'CALICO_IPV4POOL_CIDR', value: answers.podCidr }] : []),
            { name: 'CALICO_IPV4POOL_IPIP', value: ipip },
            { name: 'CALICO_IPV4POOL_VXLAN', value: vxlan },
            ...tunnelMtu(answers.mtu),
            { name: 'CALICO_DISABLE_FILE_LOGGING', value: 'true' },
            { name: 'FELIX_DEFAULTENDPOINTTOHOSTACTION', value: 'ACCEPT' },
            { name: 'FELIX_IPV6SUPPORT', value: 'false' },
            { name: 'FELIX_HEALTHENABLED', value: 'true' },
            ...(isMeasured ? [{ name: 'FELIX_PROMETHEUSMETRICSENABLED', value: 'true' }] : []),
          ],
          ...(isMeasured && { ports: [{ name: 'metrics', containerPort: 9091 }] }),
          lifecycle: { preStop: { exec: { command: ['/bin/calico-node', '-shutdown'] } } },
          startupProbe: exec(['/bin/calico-node', ...live], every(5, 10, 36)),
          readinessProbe: exec(['/bin/calico-node', ...ready], every(10, 10, 3)),
          livenessProbe: exec(['/bin/calico-node', ...live], every(10, 10, 6)),
          securityContext: privileged({ readOnlyRootFilesystem: false }),
          why: {
            [`env[${answers.podCidr ? 'CALICO_IPV4POOL_CIDR' : 'CALICO_IPV4POOL_IPIP'}]`]:
              'For the first pool of addresses, made when there is none: later, change the IPPool.',
            'env[CALICO_DISABLE_FILE_LOGGING]': 'So that kubectl logs has them.',
            'env[FELIX_DEFAULTENDPOINTTOHOSTACTION]':
              "Pods may reach their own node: the kubelet, and agents on the node's network.",
            lifecycle: "It writes into the node's conditions that its network is going; routes stay.",
            startupProbe: 'It waits for the API server, which may be slow on a new node.',
            securityContext:
              'Routes, packet filters, kernel modules and settings of the node. When it starts, it writes its services into folders of the image.',
          },
          mounts: [
            mountedAt(cniConf, '/host/etc/cni/net.d'),
            hostPath('lib-modules', '/lib/modules', { type: 'Directory' }),
            hostPath('xtables-lock', '/run/xtables.lock', {
              type: 'FileOrCreate',
              writable: true,
              why: 'So that it and kube-proxy do not write rules at once.',
            }),
            run,
            hostPath('state', '/var/lib/calico', {
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'The name and MTU of the node, which the plugin reads.',
            }),
            hostPath('bpf', '/sys/fs/bpf', {
              type: 'Directory',
              writable: true,
              why: 'The kernel makes the folder; nobody else can.',
            }),
          ],
        },
      ],
      config: { [conflist]: `${JSON.stringify(networkConfig(answers.mtu), null, 2)}\n` },
      rbac: {
        cluster: nodeRules(answers.upgrade),
        why: "Policies and pools it reads; it writes its node's status, the pods' addresses, and what a new cluster lacks.",
      },
      metrics: { port: 9091, portName: 'metrics', path: '/metrics' },
      extras: [
        ...calicoDefinitions(),
        ...calicoRights(answers),
        ...kubeControllers(answers, image('kube-controllers')),
      ],
      next: ['Nodes are ready once Calico runs on them: kubectl get nodes'],
    }
  },
})

const envFrom = [{ configMapRef: { name: 'kubernetes-services-endpoint', optional: true } }]
const small = { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } }

// SELinux keeps every other type from the folders of CNI.
const onNode = { ...rootWith('DAC_OVERRIDE'), seLinuxOptions: { type: 'spc_t' } }
const whyOnNode =
  'Root, to write into folders of the node, also where another user owns them; spc_t for nodes with SELinux.'

/** Moves addresses that host-local has given into the pools of Calico. */
function upgradeIpam(image: string, cniBin: Mount): AgentContainer {
  return {
    name: 'upgrade-ipam',
    image,
    command: ['/opt/cni/bin/calico-ipam', '-upgrade'],
    envFrom,
    env: [fieldEnv('KUBERNETES_NODE_NAME', 'spec.nodeName')],
    resources: small,
    securityContext: onNode,
    why: {
      command: 'Nothing to do on a node where pods never had host-local addresses.',
      securityContext: whyOnNode,
    },
    mounts: [
      hostPath('host-local', '/var/lib/cni/networks', {
        type: 'DirectoryOrCreate',
        writable: true,
        why: 'Where host-local has noted which addresses are taken.',
      }),
      cniBin,
    ],
  }
}

/** Puts the plugins and their configuration onto the node. */
function installCni(image: string, cniConfDir: string, mounts: Mount[]): AgentContainer {
  return {
    name: 'install-cni',
    image,
    command: ['/opt/cni/bin/install'],
    envFrom,
    env: [
      { name: 'CNI_CONF_NAME', value: conflist },
      { name: 'CNI_NETWORK_CONFIG_FILE', value: `${configFolder}/${conflist}` },
      { name: 'CNI_NET_DIR', value: cniConfDir },
      fieldEnv('KUBERNETES_NODE_NAME', 'spec.nodeName'),
      { name: 'SLEEP', value: 'false' },
    ],
    resources: small,
    securityContext: onNode,
    why: {
      envFrom: 'If there is such a ConfigMap, it tells where the API server is without kube-proxy.',
      'env[CNI_NET_DIR]': 'As the node sees it: the configuration names the kubeconfig by this path.',
      securityContext: whyOnNode,
    },
    mounts,
  }
}

/** Mounts what eBPF needs. Where that fails it goes on: without eBPF nothing of it is used. */
function ebpfBootstrap(run: Mount): AgentContainer {
  return {
    name: 'ebpf-bootstrap',
    command: ['calico-node', '-init', '-best-effort'],
    envFrom,
    resources: small,
    securityContext: privileged(),
    why: {
      securityContext:
        'It mounts the file systems of BPF and of control groups so that the node has them too.',
    },
    mounts: [
      hostPath('sys-fs', '/sys/fs', { type: 'Directory', writable: true, propagation: 'Bidirectional' }),
      mountedAt(run, '/var/run/calico', { mountPropagation: 'Bidirectional' }),
      hostPath('proc', '/proc', {
        type: 'Directory',
        at: '/nodeproc',
        why: "By which it finds the mounts of the node's first process.",
      }),
    ],
  }
}

/** One size for whichever tunnel is used; without it Calico finds out. */
function tunnelMtu(mtu: number): EnvVar[] {
  return mtu === 0
    ? []
    : ['FELIX_IPINIPMTU', 'FELIX_VXLANMTU', 'FELIX_WIREGUARDMTU'].map((name) => ({
        name,
        value: String(mtu),
      }))
}

/** What the plugin is told. The installer fills in the name of the node and the path of the kubeconfig. */
function networkConfig(mtu: number): object {
  return {
    name: 'k8s-pod-network',
    cniVersion: '0.3.1',
    plugins: [
      {
        type: 'calico',
        log_level: 'info',
        log_file_path: '/var/log/calico/cni/cni.log',
        datastore_type: 'kubernetes',
        nodename: '__KUBERNETES_NODE_NAME__',
        mtu,
        ipam: { type: 'calico-ipam' },
        policy: { type: 'k8s' },
        kubernetes: { kubeconfig: '__KUBECONFIG_FILEPATH__' },
      },
      { type: 'portmap', snat: true, capabilities: { portMappings: true } },
    ],
  }
}

function mistakeInPodCidr(value: string): string | undefined {
  if (value === '') return undefined
  const mistake = sentence(value, mistakeInCidr(value))
  if (mistake) return mistake
  // Calico gives each node blocks of 64.
  return Number(value.split('/')[1]) > 26
    ? `'${value}' is too small: nodes take 64 addresses at a time. Expected /26 or wider`
    : undefined
}
