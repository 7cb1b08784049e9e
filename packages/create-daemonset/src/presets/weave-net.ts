import { definePreset } from '../define.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { mistakeInCidr, sentence } from '../formats.ts'
import { fieldEnv, secretEnv } from '../kit/env.ts'
import { hostPath } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { privileged } from '../kit/security.ts'
import { confirm, number, text } from '../questions.ts'
import type { AgentContainer, Manifest } from '../types.ts'
import { folderQuestions, otherFolders } from './cni/folders.ts'

/** Where it keeps the list of its peers, whatever it is called itself: its program says so. */
const peers = { configMap: 'weave-net', namespace: 'kube-system' }

export default definePreset({
  name: 'weave-net',
  title: 'Weave Net',
  category: 'network',
  summary: 'connects the pods of all nodes by a mesh of its own, and enforces network policies',
  homepage: 'https://rajch.github.io/weave',
  caution: {
    state: 'archived',
    why: 'Weaveworks, which made it, has shut down, and its last release is of January 2021. What is written here takes the fork of a single maintainer, whose last release is of December 2024.',
    successor: 'Calico, Cilium or Flannel',
  },
  images: {
    agent: { repository: 'docker.io/rajchaudhuri/weave-kube', tag: '2.9.0' },
    npc: { repository: 'docker.io/rajchaudhuri/weave-npc', tag: '2.9.0' },
  },
  namespace: 'kube-system',
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '1', minReadySeconds: 10 },
  resources: { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'The peers agree with one another who has which addresses: one leaves at a time, and comes back.',
    tolerations:
      'Above all node.kubernetes.io/not-ready:NoSchedule, which stays on a node until it has a network.',
    priority: 'Without it the node runs no other pod.',
    resources:
      'It grows with the number of peers. No CPU limit: where the kernel cannot, it carries packets itself.',
    grace:
      'Its start script passes no signal on: it is killed when this is over. The kernel goes on without it.',
  },
  metrics: true,
  questions: {
    podCidr: text({
      message: 'From which range do pods get addresses? (no other network may use it)',
      help: "The cluster's range of pod addresses",
      value: 'CIDR',
      default: '10.32.0.0/12',
      check: (value) =>
        sentence(value, mistakeInCidr(value)) ??
        (Number(value.split('/')[1]) > 24
          ? `'${value}' is too small: each node takes a part of it. Expected /24 or wider`
          : undefined),
    }),
    mtu: number({
      message: 'MTU of the network? (0: 1376, which fits everywhere)',
      help: 'MTU of the network; 0 for its own 1376',
      seldom: true,
      unit: 'bytes',
      min: 0,
      max: 9000,
      default: 0,
      check: (value) =>
        value === 0 || value >= 576
          ? undefined
          : `An MTU of ${value} is too small. Expected 576 to 9000, or 0`,
    }),
    connections: number({
      message: 'How many nodes may a node be connected to?',
      help: 'Connections of a node to others; more than there are nodes',
      seldom: true,
      min: 10,
      max: 5000,
      default: 200,
    }),
    networkPolicies: confirm({
      message: 'Enforce network policies?',
      help: 'Enforce network policies, in a second container',
      default: true,
    }),
    encryption: confirm({
      message: 'Encrypt what goes between nodes, with a password from a Secret?',
      help: 'Encrypt what goes between nodes, with a password from a Secret',
      default: false,
    }),
    ...folderQuestions,
  },
  variants: {
    encryption: { encryption: true },
    'without-policies': { networkPolicies: false },
    options: { podCidr: '10.64.0.0/14', mtu: 8912, connections: 500 },
    folders: otherFolders,
    'own-namespace': { namespace: 'weave', encryption: true },
  },
  notes: [
    'Open between all nodes: TCP 6783, UDP 6783 and 6784.',
    'Its images do not bring the plugins portmap and loopback: they have to be on the nodes already (containernetworking/plugins).',
    'The range of pods cannot be changed while nodes keep /var/lib/weave/weave-netdata.db: delete it on all of them, together.',
    'It keeps the list of its peers in the ConfigMap weave-net in kube-system, whatever it is called itself. From it peers learn which nodes are gone, and take over their addresses.',
    'Change its name and namespace with --name and --namespace: the namespace of Kustomize would move its rights to that list out of kube-system.',
    'It writes 10-weave.conflist only where there is none: delete the file on the node to get a new one.',
    'Fill in the Secret before the first start: what stands there is the password, REPLACE_ME too. To change it, change it and restart the pods of all nodes.',
    'Metrics of the policy controller are at 127.0.0.1:6781 on each node.',
    'Taking it out leaves 10-weave.conflist, plugins, the bridge weave, iptables chains and /var/lib/weave on the nodes: replace the nodes.',
  ],
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter host-network, kube-linter privileged-container, kube-linter run-as-non-root':
      "It makes the node's bridge and tunnels, loads kernel modules and writes the node's packet filter.",
    'kube-linter no-read-only-root-fs':
      'When it starts, it turns links in /sbin of its image to the kind of iptables that the node has.',
    'kube-linter liveness-port, kube-linter readiness-port, kube-linter startup-port':
      "The probes ask the node's loopback, where nothing but the node reaches these ports, so none is declared.",
    'checkov CKV_K8S_35': 'It takes the password of its encryption from a variable, and from no file.',
  },
  build({ answers, image }) {
    const { podCidr, mtu, connections, networkPolicies: policies, encryption, monitor } = answers
    const secret = `${answers.name}-password`
    const isMeasured = monitor !== 'none'
    const expectPolicies = policies ? [] : [{ name: 'EXPECT_NPC', value: '0' }]
    const xtablesLock = hostPath('xtables-lock', '/run/xtables.lock', {
      type: 'FileOrCreate',
      writable: true,
      why: 'So that it and kube-proxy do not write rules at once.',
    })
    const weave: AgentContainer = {
      name: 'weave',
      command: ['/home/weave/launch.sh'],
      env: [
        { name: 'INIT_CONTAINER', value: 'true' },
        fieldEnv('HOSTNAME', 'spec.nodeName'),
        { name: 'IPALLOC_RANGE', value: podCidr },
        ...(mtu > 0 ? [{ name: 'WEAVE_MTU', value: String(mtu) }] : []),
        { name: 'CONN_LIMIT', value: String(connections) },
        ...expectPolicies,
        { name: 'CHECKPOINT_DISABLE', value: '1' },
        { name: 'WEAVE_METRICS_ADDR', value: `${isMeasured ? '0.0.0.0' : '127.0.0.1'}:6782` },
        ...(encryption ? [secretEnv('WEAVE_PASSWORD', secret, 'password')] : []),
      ],
      ...(isMeasured && { ports: [{ name: 'metrics', containerPort: 6782 }] }),
      startupProbe: status(every(5, 5, 60)),
      readinessProbe: status(every(10, 5, 3)),
      livenessProbe: status(every(30, 10, 4)),
      securityContext: privileged({ readOnlyRootFilesystem: false }),
      why: {
        'env[INIT_CONTAINER]': 'The init container has done what the script would do first.',
        'env[CHECKPOINT_DISABLE]': 'It does not ask anybody for newer versions.',
        startupProbe: 'It waits until it has heard from its peers.',
        securityContext:
          'Bridge, tunnels and packet filter of the node. When it starts, it turns links in /sbin to the kind of iptables that the node has.',
      },
      mounts: [
        hostPath('state', '/var/lib/weave', {
          type: 'DirectoryOrCreate',
          at: '/weavedb',
          writable: true,
          why: 'Which addresses it has: lost, they would be given twice.',
        }),
        hostPath('machine-id', '/etc/machine-id', {
          type: 'File',
          at: '/host/etc/machine-id',
          why: 'Of which it makes its name among the peers.',
        }),
        xtablesLock,
      ],
    }
    const npc: AgentContainer = {
      name: 'weave-npc',
      image: image('npc'),
      args: ['--log-level=info', '--metrics-addr=127.0.0.1:6781'],
      env: [fieldEnv('HOSTNAME', 'spec.nodeName')],
      readinessProbe: http('/metrics', 6781, { host: '127.0.0.1', ...every(10, 5, 3) }),
      livenessProbe: http('/metrics', 6781, { host: '127.0.0.1', ...every(30, 10, 4) }),
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      securityContext: privileged({ readOnlyRootFilesystem: false }),
      why: { securityContext: 'As above: it writes the same packet filter.' },
      mounts: [xtablesLock],
    }
    return {
      pod: { hostNetwork: true, dnsPolicy: 'Default', terminationGracePeriodSeconds: 5 },
      why: {
        hostNetwork: 'There is no other network before it has run.',
        dnsPolicy: "The node's own: the cluster's DNS needs the network that this makes.",
      },
      initContainers: [
        {
          name: 'weave-init',
          command: ['/home/weave/init.sh'],
          ...(expectPolicies.length > 0 && { env: expectPolicies }),
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
          securityContext: privileged(),
          why: {
            securityContext: 'It loads kernel modules and lets bridged packets pass the packet filter.',
          },
          mounts: [
            hostPath('cni-bin', answers.cniBinDir, {
              type: 'DirectoryOrCreate',
              at: '/host/opt/cni/bin',
              writable: true,
            }),
            hostPath('cni-conf', answers.cniConfDir, {
              type: 'DirectoryOrCreate',
              at: '/host/etc/cni/net.d',
              writable: true,
            }),
            hostPath('lib-modules', '/lib/modules', { type: 'Directory' }),
            xtablesLock,
          ],
        },
      ],
      containers: policies ? [weave, npc] : [weave],
      secrets: encryption
        ? [{ name: secret, keys: { password: 'Long and random; the same for all nodes.' } }]
        : [],
      rbac: {
        cluster: [
          { apiGroups: [''], resources: ['nodes'], verbs: ['list', 'watch'] },
          { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
          ...(policies
            ? [
                { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
                { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] },
                {
                  apiGroups: ['networking.k8s.io'],
                  resources: ['networkpolicies'],
                  verbs: ['list', 'watch'],
                },
              ]
            : []),
        ],
        why: policies
          ? "It finds its peers among the nodes, says that a node's network is there, and follows policies and the pods they select."
          : "It finds its peers among the nodes, and says that a node's network is there.",
      },
      metrics: { port: 6782, portName: 'metrics', path: '/metrics' },
      extras: rightsToPeers(answers.name, answers.namespace),
      keep: encryption
        ? [
            {
              rule: 'secret-env',
              path: 'containers[weave].env[WEAVE_PASSWORD].valueFrom.secretKeyRef.name',
              reason: 'it reads its password from the environment only',
            },
          ]
        : [],
    }
  },
})

function status(timing: ReturnType<typeof every>) {
  return http('/status', 6784, { host: '127.0.0.1', ...timing })
}

/** The ConfigMap in which it lists its peers: it makes it where there is none. */
function rightsToPeers(name: string, namespace: string): Manifest[] {
  const group = 'rbac.authorization.k8s.io'
  const metadata = { name: `${name}-peers`, namespace: peers.namespace }
  return [
    {
      fixedNamespace: true,
      object: {
        apiVersion: `${group}/v1`,
        kind: 'Role',
        metadata,
        rules: [
          {
            apiGroups: [''],
            resources: ['configmaps'],
            resourceNames: [peers.configMap],
            verbs: ['get', 'update'],
          },
          { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
        ],
      },
      comments: {
        rules:
          'The list of its peers, always in this ConfigMap of kube-system, which it makes where there is none.',
      },
    },
    {
      fixedNamespace: true,
      object: {
        apiVersion: `${group}/v1`,
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: group, kind: 'Role', name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
    },
  ]
}
