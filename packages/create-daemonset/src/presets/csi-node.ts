import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { oneEndpoint } from '../explained.ts'
import { mistakeInName } from '../formats.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { hostPath, mountedAt, scratch } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { privileged, rootWith } from '../kit/security.ts'
import { type Answers, confirm, list, number, select, text } from '../questions.ts'
import type { AgentContainer, Manifest, Mount } from '../types.ts'
import { kubeletDir } from './csi-node/kubelet-dir.ts'

const nfs = 'nfs.csi.k8s.io'
const socket = '/csi/csi.sock'

const isBlock = ({ volumes }: Answers) => volumes === 'block'
const isNfs = ({ driverName }: Answers) => driverName === nfs

export default definePreset({
  name: 'csi-node',
  title: 'CSI node plugin',
  category: 'storage',
  summary: 'mounts the volumes of a CSI driver on its node; the driver for NFS, or any other',
  homepage: 'https://kubernetes-csi.github.io/docs/',
  images: {
    agent: { repository: 'registry.k8s.io/sig-storage/nfsplugin', tag: 'v4.13.4' },
    registrar: { repository: 'registry.k8s.io/sig-storage/csi-node-driver-registrar', tag: 'v2.17.0' },
    livenessProbe: { repository: 'registry.k8s.io/sig-storage/livenessprobe', tag: 'v2.19.0' },
  },
  namespace: 'kube-system',
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '10m', memory: '64Mi', memoryLimit: '300Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'What is mounted stays so while the driver is replaced; only new volumes of the node wait. Two drivers on one node would want the same socket.',
    tolerations: 'Wherever a pod may run, it may have volumes.',
    priority: 'When the node shuts down it stops after the pods whose volumes are its to unmount.',
    grace: 'Time to end what it is mounting.',
  },
  questions: {
    driverName: text({
      message: "What is the driver's name?",
      help: 'The name by which the driver reports itself',
      value: 'NAME',
      default: nfs,
      check: (value) => {
        if (value.length > 63)
          return `'${value}' has ${value.length} characters; a driver's name has at most 63`
        const mistake = mistakeInName(value)
        return mistake && `'${value}' ${mistake}`
      },
    }),
    volumes: select({
      message: 'What are its volumes?',
      help: 'Files that it mounts, or block devices of the node',
      default: 'file',
      choices: [
        { value: 'file', label: 'Files', hint: 'NFS, SMB and the like: a mount' },
        { value: 'block', label: 'Block devices', hint: 'disks that it finds, formats and mounts' },
      ],
    }),
    driverArgs: list({
      message: "Which arguments does the driver's container take?",
      help: "Arguments of the driver's container; $(NODE_NAME) is its node's name",
      value: 'ARGUMENT',
      separator: 'none',
      default: [`--endpoint=unix://${socket}`, '--nodeid=$(NODE_NAME)', '--v=2'],
      check: (values) =>
        values.some((value) => value.includes(socket) || value.includes('$(CSI_ENDPOINT)'))
          ? undefined
          : `Some argument has to tell the driver its socket: unix://${socket}, or $(CSI_ENDPOINT), which is that`,
    }),
    hostNetwork: confirm({
      message: 'Does it mount over the network, so that it needs that of the node?',
      help: "Run in the node's network, from which connections of mounts outlive the pod",
      default: (answers) => !isBlock(answers),
    }),
    healthPort: number({
      message: 'Which port of the node for its health? (the one after it for the registrar)',
      help: "Port of the node's loopback for its health; the registrar has the next",
      min: 1024,
      max: 65534,
      when: (answers) => answers.hostNetwork === true,
      default: 29653,
    }),
    kubeletDir,
    topology: confirm({
      message: 'Does it read the labels of its node (zone, region)?',
      help: 'Let it read its node, for the zone its volumes have to be in',
      default: false,
    }),
    csiDriver: confirm({
      message: "Does it come with the CSIDriver object? (no: the driver's controller brings it)",
      help: 'Write the CSIDriver object too',
      default: true,
    }),
    attachRequired: confirm({
      message: 'Does its controller attach volumes to nodes?',
      help: 'Whether volumes have to be attached to the node before they are mounted',
      when: (answers) => answers.csiDriver === true,
      default: isBlock,
    }),
    podInfo: confirm({
      message: 'Does it need the name of the pod that a volume is for?',
      help: 'Tell the driver which pod a volume is for',
      when: (answers) => answers.csiDriver === true,
      default: false,
    }),
    fsGroupPolicy: select({
      message: 'Who may change the group of the files in a volume?',
      help: "Whether the kubelet sets a volume's group to the pod's fsGroup",
      when: (answers) => answers.csiDriver === true,
      default: (answers) => (isBlock(answers) ? 'ReadWriteOnceWithFSType' : 'File'),
      choices: [
        { value: 'File', label: 'The kubelet, always' },
        {
          value: 'ReadWriteOnceWithFSType',
          label: 'The kubelet, on a file system that one node has',
        },
        { value: 'None', label: 'Nobody' },
      ],
    }),
  },
  variants: {
    block: blockAnswers(),
    topology: { ...blockAnswers(), topology: true, csiDriver: false },
    'pod-network': { hostNetwork: false },
    k0s: { kubeletDir: '/var/lib/k0s/kubelet' },
    'another-driver': {
      driverName: 'smb.csi.k8s.io',
      image: 'registry.example.com/smbplugin:1.2.3',
      driverArgs: ['--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(NODE_NAME)'],
      healthPort: 29643,
      podInfo: true,
    },
  },
  notes: [
    'The controller, which makes, attaches and deletes volumes, is a Deployment of its own, and comes with the driver.',
    'For another driver give its name, image and arguments: --driver-name, --image and --driver-args.',
    'A driver that holds mounts in a process of its own (FUSE, rbd-nbd) takes them along when its pod goes: roll it out with --update-type OnDelete, and drain each node before.',
    'NFS version 3 with locks needs rpc.statd on the node; take nolock or version 4.',
    'When the DaemonSet is deleted for good, unmount all its volumes before: nobody else does it. Its socket in plugins_registry goes with a pod that ends in order.',
  ],
  scope:
    'What runs on each node, and the CSIDriver object. The controller, StorageClasses and the CRDs of snapshots are with the driver.',
  explained: {
    ...oneEndpoint,
    'kube-linter privileged-container, kube-linter run-as-non-root':
      'Only a privileged container may mount on the node; what stands beside the driver has no capability, and is root for the sockets alone.',
    'kube-linter host-network':
      'Connections of mounts that begin in the network of a pod break when that pod goes.',
    'kube-linter sensitive-host-mounts': 'Drivers of block devices open them in /dev as they come and go.',
    'kube-linter liveness-port, kube-linter readiness-port, kube-linter startup-port':
      "The probes ask the node's loopback, where nothing but the node reaches these ports, so none is declared.",
    'checkov CKV_K8S_8, checkov CKV_K8S_9':
      'The container liveness-probe answers the probes of the driver, which fail when it does.',
    'checkov CKV_K8S_38': 'With `--topology` the driver asks the API server where its node is.',
    'kube-score pod-networkpolicy, checkov CKV2_K8S_6':
      "On the node's network no policy has an effect; with `--no-host-network` the driver has to reach storage that only its owner knows.",
  },
  build({ answers, image }) {
    const { kubeletDir, driverName, hostNetwork, topology } = answers
    if (isNfs(answers) && isBlock(answers))
      throw new ScaffoldError(
        `${nfs} has no block devices. Give --driver-name, --image and --driver-args of the driver, or --volumes file.`,
      )
    const folder = `${kubeletDir}/plugins/${driverName}`
    // In the node's network, on its loopback only, so that nobody else reaches it.
    const health = hostNetwork ? answers.healthPort : 9808
    const registered = hostNetwork ? health + 1 : 9809
    const address = (port: number) => (hostNetwork ? `127.0.0.1:${port}` : `:${port}`)
    const port = (name: string, number: number) => (hostNetwork ? number : name)
    const host = hostNetwork ? { host: '127.0.0.1' } : {}
    const ports = (name: string, number: number): Pick<AgentContainer, 'ports'> =>
      hostNetwork ? {} : { ports: [{ name, containerPort: number }] }
    const socketFolder = hostPath('socket', folder, {
      type: 'DirectoryOrCreate',
      at: '/csi',
      writable: true,
      why: 'The socket by which the kubelet calls the driver.',
    })
    const sidecar = {
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '100Mi' } },
      securityContext: { ...rootWith(), seLinuxOptions: { type: 'spc_t' } },
    }
    const sidecarEnv = [goMemoryLimit('100Mi')]
    return {
      containers: [
        {
          name: 'driver',
          args: answers.driverArgs,
          env: [
            fieldEnv('NODE_NAME', 'spec.nodeName'),
            { name: 'CSI_ENDPOINT', value: `unix://${socket}` },
            goMemoryLimit(answers.memoryLimit),
          ],
          ...ports('healthz', health),
          startupProbe: http('/healthz', port('healthz', health), { ...every(5, 10, 24), ...host }),
          readinessProbe: http('/healthz', port('healthz', health), { ...every(10, 10, 3), ...host }),
          livenessProbe: http('/healthz', port('healthz', health), { ...every(30, 10, 5), ...host }),
          securityContext: privileged(),
          why: {
            securityContext: 'Only a privileged container may mount on the node.',
            livenessProbe: 'The container liveness-probe answers it: it asks the driver by its socket.',
          },
          mounts: [socketFolder, ...mountsOfDriver(answers)],
        },
        {
          name: 'node-driver-registrar',
          image: image('registrar'),
          args: [
            `--csi-address=${socket}`,
            `--kubelet-registration-path=${folder}/csi.sock`,
            `--http-endpoint=${address(registered)}`,
            '--v=2',
          ],
          env: sidecarEnv,
          ...ports('registered', registered),
          readinessProbe: http('/healthz', port('registered', registered), { ...every(10, 10, 3), ...host }),
          livenessProbe: http('/healthz', port('registered', registered), { ...every(30, 15, 5), ...host }),
          ...sidecar,
          why: {
            args: 'The registration path is that of the same socket on the node, where the kubelet opens it.',
            securityContext:
              'Both sockets belong to root; no capability is needed for that. spc_t for nodes with SELinux, where no other type may use a socket of the driver, which is privileged.',
          },
          mounts: [
            mountedAt(socketFolder, '/csi'),
            hostPath('registration', `${kubeletDir}/plugins_registry`, {
              type: 'Directory',
              at: '/registration',
              writable: true,
              why: 'Where the kubelet looks for drivers.',
            }),
          ],
        },
        {
          name: 'liveness-probe',
          image: image('livenessProbe'),
          args: [
            `--csi-address=${socket}`,
            '--probe-timeout=3s',
            `--http-endpoint=${address(health)}`,
            '--v=2',
          ],
          env: sidecarEnv,
          ...sidecar,
          why: { securityContext: 'As above.' },
          mounts: [mountedAt(socketFolder, '/csi')],
        },
      ],
      ...(hostNetwork && {
        pod: { hostNetwork, dnsPolicy: 'ClusterFirstWithHostNet' },
        why: {
          hostNetwork: 'Connections of mounts that begin in the network of a pod break when that pod goes.',
          dnsPolicy: 'Servers may be named by their Service.',
        },
      }),
      ...(topology && {
        rbac: {
          cluster: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }],
          why: 'It reads where its node is.',
        },
      }),
      extras: answers.csiDriver ? [csiDriverOf(answers)] : [],
      next: [`kubectl get csinodes -o custom-columns='NODE:.metadata.name,DRIVERS:.spec.drivers[*].name'`],
    }
  },
})

function mountsOfDriver(answers: { volumes: string; kubeletDir: string; driverName: string }): Mount[] {
  const { kubeletDir } = answers
  const shared = { type: 'Directory', writable: true, propagation: 'Bidirectional' } as const
  if (isBlock(answers))
    return [
      hostPath('kubelet', kubeletDir, {
        ...shared,
        why: 'It mounts a device once below plugins and then for each pod below pods. What it mounts there has to appear on the node.',
      }),
      hostPath('dev', '/dev', {
        type: 'Directory',
        writable: true,
        why: 'The devices, as they come and go.',
      }),
      scratch('tmp', '/tmp', { sizeLimit: '64Mi' }),
    ]
  return [
    hostPath('pods', `${kubeletDir}/pods`, {
      ...shared,
      why: 'What it mounts here has to appear on the node, for the kubelet and the pods.',
    }),
    scratch('run', '/run', {
      sizeLimit: '16Mi',
      inMemory: true,
      why: 'What mounting writes beside: the image itself cannot be written to.',
    }),
    scratch('tmp', '/tmp', { sizeLimit: '64Mi' }),
  ]
}

function csiDriverOf(answers: {
  driverName: string
  attachRequired: boolean
  podInfo: boolean
  fsGroupPolicy: string
}): Manifest {
  return {
    object: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: answers.driverName },
      spec: {
        attachRequired: answers.attachRequired,
        podInfoOnMount: answers.podInfo,
        fsGroupPolicy: answers.fsGroupPolicy,
        volumeLifecycleModes: ['Persistent'],
      },
    },
    comments: {
      'spec.attachRequired': 'Cannot be changed later, but by deleting the object.',
    },
  }
}

function blockAnswers() {
  return {
    driverName: 'disks.csi.example.com',
    image: 'registry.example.com/disks-csi:1.2.3',
    volumes: 'block',
  }
}
