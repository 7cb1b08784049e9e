import { definePreset } from '../define.ts'
import { asksApi } from '../explained.ts'
import { mistakeInCidr } from '../formats.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { confirm, number, select, text } from '../questions.ts'
import { folderQuestions, otherFolders } from './cni/folders.ts'
import { forSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const onNode = rootWith('DAC_OVERRIDE')
const whyOnNode = 'Root, to write into the folder of the node, also where another user owns it.'

export default definePreset({
  name: 'flannel',
  title: 'Flannel',
  category: 'network',
  summary: 'gives the pods of its node addresses and connects the nodes; small, without network policies',
  homepage: 'https://github.com/flannel-io/flannel',
  images: {
    agent: { repository: 'ghcr.io/flannel-io/flannel', tag: 'v0.28.9' },
    plugin: { repository: 'ghcr.io/flannel-io/flannel-cni-plugin', tag: 'v1.9.1-flannel3' },
  },
  namespace: 'kube-flannel',
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '1', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '64Mi', memoryLimit: '128Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout: 'No pod of a node gets a network while its agent is away: one node after the other.',
    tolerations:
      'Above all node.kubernetes.io/not-ready:NoSchedule, which stays on a node until it has a network.',
    priority: 'Without it the node runs no other pod.',
    resources: 'No CPU limit: pods that start wait for it.',
    grace: 'It has little to finish.',
  },
  questions: {
    podCidr: text({
      message: 'Which range of addresses do pods get? (as in the --cluster-cidr of the controller manager)',
      help: "The cluster's range of pod addresses",
      value: 'CIDR',
      default: '10.244.0.0/16',
      check: (value) => {
        const mistake = mistakeInCidr(value)
        if (mistake) return `'${value}' ${mistake}`
        return Number(value.split('/')[1]) > 28
          ? `'${value}' is too small: Flannel needs at least a /28, and each node takes a part of it`
          : undefined
      },
    }),
    backend: select({
      message: 'How do packets get from node to node?',
      help: 'What carries packets between nodes',
      default: 'vxlan',
      choices: [
        { value: 'vxlan', label: 'VXLAN', hint: 'over any network; UDP 8472 between nodes' },
        { value: 'host-gw', label: 'Routes', hint: 'fastest; all nodes in one layer 2 network' },
        { value: 'wireguard', label: 'WireGuard', hint: 'encrypted; Linux 5.6 or newer, UDP 51820' },
        { value: 'ipip', label: 'IP in IP', hint: 'least overhead; many clouds block it' },
      ],
    }),
    directRouting: confirm({
      message: 'Plain routes between nodes of the same subnet, and tunnels between others only?',
      help: 'Plain routes between nodes of the same subnet',
      when: ({ backend }) => backend === 'vxlan' || backend === 'ipip',
      default: false,
    }),
    mtu: number({
      message: 'Which MTU may packets have? (0: found out from the interface)',
      help: 'MTU of the tunnel; 0 finds it out',
      unit: 'bytes',
      min: 0,
      max: 9216,
      when: ({ backend }) => backend === 'vxlan' || backend === 'wireguard',
      default: 0,
    }),
    iface: text({
      message: 'By which interface do nodes reach each other? (none: that of the default route)',
      help: 'Interface between nodes, by name or address; without, that of the default route',
      optional: true,
      value: 'NAME',
      default: '',
      check: (value) =>
        value === '' || /^[A-Za-z0-9._-]{1,15}$/.test(value)
          ? undefined
          : `'${value}' is no interface, such as eth1 or 10.0.0.5`,
    }),
    nftables: confirm({
      message: 'nftables in place of iptables? (where kube-proxy uses it too)',
      help: 'Write nftables rules in place of iptables rules',
      default: false,
    }),
    healthPort: number({
      message: "On which port of the node's loopback does it tell its health?",
      help: 'Port of its health checks, on the loopback interface',
      min: 1024,
      max: 65535,
      default: 8081,
    }),
    ...folderQuestions,
    selinux: seLinuxQuestion,
  },
  variants: {
    'host-gw': { backend: 'host-gw' },
    wireguard: { backend: 'wireguard', mtu: 1380 },
    ipip: { backend: 'ipip', directRouting: true },
    nftables: { nftables: true },
    interface: { iface: 'eth1', healthPort: 18081 },
    folders: otherFolders,
    selinux: { selinux: true },
  },
  notes: [
    'The range of pod addresses must be that of the cluster: `kubeadm init --pod-network-cidr`.',
    'Its image brings the plugin flannel alone. It calls bridge, host-local and portmap, which have to be on the nodes already (the package kubernetes-cni, or a release of containernetworking/plugins).',
    'With iptables the kernel module br_netfilter has to be loaded on the nodes; without it Flannel does not start.',
    'The backend cannot be changed while it runs: drain the nodes and restart them.',
    'With WireGuard it takes its interface away when it stops: while its agent is replaced, the pods of a node do not reach other nodes.',
    seLinuxNote,
    'It enforces no NetworkPolicy.',
    'Taking it out leaves /etc/cni/net.d/10-flannel.conflist and the interfaces cni0 and flannel.1 on the nodes: remove the file and restart each node, or replace it.',
    'The root of its container is writable: at its first use the iptables of its image links itself to the kind that the node has. Where it cannot, rules that are handed over as a list get lost without a word.',
  ],
  explained: {
    ...asksApi,
    'kube-linter run-as-non-root, kube-linter drop-net-raw-capability, kube-linter host-network, checkov CKV_K8S_25':
      "Routes, interfaces and iptables rules of the node take root with NET_ADMIN and NET_RAW on the node's network; the two that install files write them also where another user owns the folder (DAC_OVERRIDE).",
    'kube-linter no-read-only-root-fs':
      'The wrapper around iptables in the image writes links to /usr/sbin; without them it does not pass on the rules that it is given.',
  },
  build({ answers, image }) {
    const { podCidr, backend, directRouting, mtu, iface, nftables, healthPort } = answers
    const health = { host: '127.0.0.1' }
    const binFolder = hostPath('cni-plugin', answers.cniBinDir, {
      at: '/opt/cni/bin',
      type: 'DirectoryOrCreate',
      writable: true,
    })
    const confFolder = hostPath('cni', answers.cniConfDir, {
      at: '/etc/cni/net.d',
      type: 'DirectoryOrCreate',
      writable: true,
    })
    const config = configMount(answers.name, '/etc/kube-flannel')
    const small = { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } }
    return forSeLinux(answers, {
      initContainers: [
        {
          name: 'install-plugin',
          image: image('plugin'),
          command: ['/bin/sh', '-c'],
          args: [installScript],
          resources: small,
          securityContext: onNode,
          why: {
            args: 'The runtime may be calling the plugin: renamed into place, it is never half a file.',
            securityContext: whyOnNode,
          },
          mounts: [binFolder],
        },
        {
          name: 'install-config',
          command: ['/opt/bin/install-conf'],
          args: ['/etc/kube-flannel/cni-conf.json', '/etc/cni/net.d/10-flannel.conflist'],
          resources: small,
          securityContext: onNode,
          why: { securityContext: whyOnNode },
          mounts: [confFolder, config],
        },
      ],
      containers: [
        {
          name: 'flannel',
          command: ['/opt/bin/flanneld'],
          args: [
            '--ip-masq',
            '--kube-subnet-mgr',
            '--healthz-ip=127.0.0.1',
            `--healthz-port=${healthPort}`,
            ...(iface ? [`--iface=${iface}`] : []),
          ],
          env: [fieldEnv('NODE_NAME', 'spec.nodeName'), goMemoryLimit(answers.memoryLimit)],
          ports: [{ name: 'healthz', containerPort: healthPort }],
          startupProbe: http('/healthz', 'healthz', { ...health, ...every(5, 5, 24) }),
          readinessProbe: http('/readyz', 'healthz', { ...health, ...every(10, 5, 3) }),
          livenessProbe: http('/healthz', 'healthz', { ...health, ...every(30, 5, 3) }),
          securityContext: {
            ...rootWith('NET_ADMIN', 'NET_RAW'),
            readOnlyRootFilesystem: false,
          },
          why: {
            'securityContext.readOnlyRootFilesystem':
              "Its iptables links itself in /usr/sbin to the node's kind, and loses rules where it cannot.",
            'securityContext.capabilities': 'Routes, interfaces and rules of the node; not the rest of root.',
          },
          mounts: [
            hostPath('run', '/run/flannel', {
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'Here the plugin reads which addresses the node has to give.',
            }),
            hostPath('xtables-lock', '/run/xtables.lock', {
              type: 'FileOrCreate',
              writable: true,
              why: 'Whoever changes iptables holds it, kube-proxy too.',
            }),
            config,
          ],
        },
      ],
      pod: { hostNetwork: true, dnsPolicy: 'Default' },
      why: {
        hostNetwork: 'There is no other network before it has run.',
        dnsPolicy: 'The DNS of the cluster needs the network that this one makes.',
      },
      config: {
        'cni-conf.json': json({
          name: 'cbr0',
          cniVersion: '0.3.1',
          plugins: [
            { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
            { type: 'portmap', capabilities: { portMappings: true } },
          ],
        }),
        'net-conf.json': json({
          Network: podCidr,
          EnableNFTables: nftables,
          Backend: {
            Type: backend,
            ...(directRouting && { DirectRouting: true }),
            ...(mtu > 0 && { MTU: mtu }),
          },
        }),
      },
      rbac: {
        cluster: [
          { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
          { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
        ],
        why: "It reads every node's range of addresses, and notes at its own how to reach it.",
      },
    })
  },
})

const installScript = `set -eu
if cmp -s /flannel /opt/cni/bin/flannel; then exit 0; fi
cp /flannel /opt/cni/bin/.flannel.tmp
chmod 0755 /opt/cni/bin/.flannel.tmp
sync
mv -f /opt/cni/bin/.flannel.tmp /opt/cni/bin/flannel
`

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
