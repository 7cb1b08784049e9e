import { definePreset } from '../define.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { mistakeInPath } from '../formats.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { privileged, rootWith } from '../kit/security.ts'
import { confirm, number, select, text } from '../questions.ts'
import type { Manifest } from '../types.ts'
import { folderQuestions, otherFolders } from './cni/folders.ts'
import { kubeletDir } from './csi-node/kubelet-dir.ts'

const confFolder = '/host/etc/cni/net.d'
const group = 'k8s.cni.cncf.io'

export default definePreset({
  name: 'multus',
  title: 'Multus',
  category: 'network',
  summary: 'attaches pods to more than one network, beside that of the cluster',
  homepage: 'https://github.com/k8snetworkplumbingwg/multus-cni',
  images: { agent: { repository: 'ghcr.io/k8snetworkplumbingwg/multus-cni', tag: 'v4.3.0-thick' } },
  namespace: 'kube-system',
  nodes: { architectures: ['any', 'amd64', 'arm64', 'ppc64le', 's390x'] },
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '1', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '64Mi', memoryLimit: '256Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'While it is away no pod of its node starts, or one starts on the first network alone: one node at a time.',
    tolerations: 'Every pod of a node starts through it once it is installed there.',
    priority: 'Evicted, it would keep every other pod of the node from starting.',
    resources:
      'It runs the plugins of all networks in itself: many pods at once take far more memory than none. No CPU limit: pods that start wait for it.',
    grace: 'It waits ten seconds for pods that are starting.',
  },
  metrics: true,
  questions: {
    primary: text({
      message: "Which file configures the cluster's own network? (none: the first one there)",
      help: "File of the cluster's own network in the CNI folder; without, the first one",
      optional: true,
      value: 'FILE',
      default: '',
      check: (value) =>
        value === '' || /^[\w.-]+\.(conf|conflist)$/.test(value)
          ? undefined
          : `'${value}' is no configuration file's name, such as 10-flannel.conflist`,
    }),
    readinessFile: text({
      message: "Which file of the node tells that the cluster's own network is ready? (none: do not wait)",
      help: "File of the node that is there when the cluster's own network is ready",
      optional: true,
      value: 'PATH',
      default: '',
      check: (value) => {
        const mistake = value === '' ? undefined : mistakeInPath(value)
        return mistake && `'${value}' ${mistake}. Expected a file such as /etc/cni/net.d/10-flannel.conflist`
      },
    }),
    cniVersion: select({
      message: 'Which version of CNI do the networks speak?',
      help: 'Version of CNI; not above that of the networks',
      default: '0.3.1',
      choices: [{ value: '0.3.1' }, { value: '0.4.0' }, { value: '1.0.0' }],
    }),
    namespaceIsolation: confirm({
      message: 'May pods only use networks of their own namespace, and of the namespace default?',
      help: 'Only networks of its own namespace for a pod, and of the namespace default',
      default: true,
    }),
    resourceClaims: confirm({
      message: 'Are devices given out by ResourceClaims (DRA)?',
      help: 'Read ResourceClaims, where drivers give out devices by them',
      default: false,
    }),
    metricsPort: number({
      message: 'On which port of the node are its metrics?',
      help: 'Port of its metrics, by which its probes ask too',
      min: 1024,
      max: 65535,
      default: 9191,
    }),
    ...folderQuestions,
    kubeletDir: { ...kubeletDir, seldom: true },
  },
  variants: {
    'readiness-file': {
      primary: '10-flannel.conflist',
      readinessFile: '/etc/cni/net.d/10-flannel.conflist',
    },
    'readiness-elsewhere': { readinessFile: '/run/flannel/subnet.env' },
    'all-networks': { namespaceIsolation: false, cniVersion: '1.0.0' },
    'resource-claims': { resourceClaims: true },
    folders: otherFolders,
    k0s: { kubeletDir: '/var/lib/k0s/kubelet' },
  },
  notes: [
    'The network of the cluster has to be there first: Multus passes every pod on to it. Without its file Multus waits two minutes and starts anew.',
    'It writes 00-multus.conf, which comes before all others, and takes it away when it stops in good order. If it is killed for good, remove the file from each node, or no pod will start there.',
    'Its plugin on the node, multus-shim, asks the daemon by /run/multus: a pod that starts while the daemon is replaced waits.',
    'With namespaceIsolation pods may use networks of their own namespace and of the namespace default only; else whoever may create pods may use every network.',
    'The plugins of the other networks (macvlan, ipvlan, sriov …) have to be in the CNI folder of the nodes.',
    'Its metrics are at a port of every address of the node, without a password; its probes ask there too.',
    'The daemon is privileged, for it does with the node what any plugin would do: who may change it has the node.',
  ],
  scope:
    'The thick plugin with its daemon. Certificates for each node, the thin plugin and the controller for networks that change while a pod runs are not here.',
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter privileged-container, kube-linter run-as-non-root, kube-linter host-network, kube-linter host-pid':
      'It does with the node whatever the plugin of any network does: interfaces, routes, devices.',
    'kube-linter sensitive-host-mounts':
      "Plugins run with the node's root as theirs, as they would if the runtime called them.",
    'checkov CKV_K8S_25':
      'What installs the plugin writes into a folder of the node (DAC_OVERRIDE), also where another user owns it.',
  },
  build({ answers }) {
    const { cniConfDir, readinessFile, primary, metricsPort } = answers
    const binFolder = hostPath('cni-bin', answers.cniBinDir, {
      type: 'DirectoryOrCreate',
      writable: true,
    })
    const health = (timing: object) => http('/metrics', 'metrics', timing)
    return {
      initContainers: [
        {
          name: 'install-plugin',
          command: ['/usr/src/multus-cni/bin/install_multus'],
          args: ['-d', answers.cniBinDir, '-t', 'thick'],
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
          securityContext: { ...rootWith('DAC_OVERRIDE'), seLinuxOptions: { type: 'spc_t' } },
          why: {
            args: 'It renames what it has copied into place, so that no half plugin is ever called.',
            securityContext:
              'Root, to write into the folder of the node, also where another user owns it; spc_t for nodes with SELinux.',
          },
          mounts: [binFolder],
        },
      ],
      containers: [
        {
          name: 'multus',
          command: ['/usr/src/multus-cni/bin/multus-daemon'],
          args: ['-config=/etc/multus/daemon-config.json'],
          env: [fieldEnv('MULTUS_NODE_NAME', 'spec.nodeName'), goMemoryLimit(answers.memoryLimit)],
          ports: [{ name: 'metrics', containerPort: metricsPort }],
          startupProbe: health(every(5, 5, 60)),
          readinessProbe: health(every(10, 5, 3)),
          livenessProbe: health(every(30, 5, 3)),
          terminationMessagePolicy: 'FallbackToLogsOnError',
          securityContext: privileged(),
          why: {
            securityContext:
              'It runs the plugins of all networks, which change interfaces, routes and devices.',
            startupProbe: "It waits up to two minutes for the cluster's own network.",
          },
          mounts: [
            configMount(answers.name, '/etc/multus'),
            hostPath('cni-conf', cniConfDir, {
              at: confFolder,
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'It reads the configuration of the first network here, and puts its own before it.',
            }),
            mountedReadOnly(binFolder),
            hostPath('host', '/', {
              type: 'Directory',
              at: '/hostroot',
              writable: true,
              propagation: 'HostToContainer',
              why: 'Plugins run with this as their root, as if the runtime had called them; and the plugin on the node asks the daemon by a socket in its /run/multus.',
            }),
            hostPath('netns', '/run/netns', {
              type: 'DirectoryOrCreate',
              propagation: 'HostToContainer',
              why: 'Networks of pods, as the runtime makes them.',
            }),
            hostPath('state', '/var/lib/cni/multus', {
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'What was attached to which pod, to detach it again.',
            }),
            hostPath('devices', '/run/k8s.cni.cncf.io', { type: 'DirectoryOrCreate', writable: true }),
            hostPath('pod-resources', `${answers.kubeletDir}/pod-resources`, {
              type: 'Directory',
              at: '/var/lib/kubelet/pod-resources',
              why: 'The kubelet tells here which devices it gave to a pod.',
            }),
          ],
        },
      ],
      pod: { hostNetwork: true, hostPID: true, dnsPolicy: 'Default' },
      why: {
        hostNetwork: 'Interfaces of pods are made from those of the node.',
        hostPID:
          "Plugins run with the node's /proc and look themselves up there: their process ids have to be the node's.",
        dnsPolicy: 'The DNS of the cluster needs the network that pods get through this one.',
      },
      config: {
        'daemon-config.json': `${JSON.stringify(
          {
            chrootDir: '/hostroot',
            cniVersion: answers.cniVersion,
            logLevel: 'verbose',
            logToStderr: true,
            binDir: answers.cniBinDir,
            cniConfigDir: confFolder,
            multusAutoconfigDir: confFolder,
            multusConfigFile: 'auto',
            ...(primary && { multusMasterCNI: primary }),
            ...(readinessFile && { readinessindicatorfile: seenFile(readinessFile, cniConfDir) }),
            namespaceIsolation: answers.namespaceIsolation,
            confDir: '/hostroot/etc/cni/multus/net.d',
            socketDir: '/hostroot/run/multus/',
            metricsPort,
          },
          null,
          2,
        )}\n`,
      },
      rbac: {
        cluster: [
          {
            apiGroups: [group],
            resources: ['network-attachment-definitions'],
            verbs: ['get', 'list', 'watch'],
          },
          { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
          { apiGroups: [''], resources: ['pods/status'], verbs: ['update'] },
          { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
          ...(answers.resourceClaims
            ? [
                { apiGroups: ['resource.k8s.io'], resources: ['resourceclaims'], verbs: ['get'] },
                { apiGroups: ['resource.k8s.io'], resources: ['resourceslices'], verbs: ['list'] },
              ]
            : []),
        ],
        why: 'It reads which networks a pod asks for, and notes at the pod which addresses it got.',
      },
      metrics: { port: metricsPort, portName: 'metrics', path: '/metrics' },
      extras: [definition],
      next: [
        'Define a network, a NetworkAttachmentDefinition, and name it in the annotation k8s.v1.cni.cncf.io/networks of a pod.',
      ],
    }
  },
})

/** Where a file of the node is to be seen by the daemon. */
function seenFile(path: string, cniConfDir: string): string {
  const folder = cniConfDir.replace(/\/+$/, '')
  return path.startsWith(`${folder}/`) ? `${confFolder}${path.slice(folder.length)}` : `/hostroot${path}`
}

function mountedReadOnly({ volume, mount }: ReturnType<typeof hostPath>) {
  return { volume, mount: { ...mount, readOnly: true } }
}

const definition: Manifest = {
  object: {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `network-attachment-definitions.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: {
        kind: 'NetworkAttachmentDefinition',
        plural: 'network-attachment-definitions',
        singular: 'network-attachment-definition',
        shortNames: ['net-attach-def', 'nad'],
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description: 'A network that pods can be attached to, beside that of the cluster.',
              properties: {
                spec: {
                  type: 'object',
                  properties: {
                    config: {
                      type: 'string',
                      description:
                        'The CNI configuration as JSON. Without it, the file of the same name on the node counts.',
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  },
  header:
    'Other networks may need this definition too: delete it, and every network that was defined goes with it.',
}
