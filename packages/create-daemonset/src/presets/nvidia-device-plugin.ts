import { definePreset } from '../define.ts'
import { oneEndpoint } from '../explained.ts'
import { mistakeInName } from '../formats.ts'
import { goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath } from '../kit/mounts.ts'
import { every, exec } from '../kit/probes.ts'
import { privileged, rootWith } from '../kit/security.ts'
import { confirm, number, select, text } from '../questions.ts'
import { writeValue } from '../write-yaml.ts'
import { forSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

/** Where the kubelet has device plugins, wherever it has everything else: `DevicePluginPath` in k8s.io/kubelet. */
const devicePlugins = '/var/lib/kubelet/device-plugins'

export default definePreset({
  name: 'nvidia-device-plugin',
  title: 'NVIDIA device plugin',
  category: 'maintenance',
  summary: "offers the node's NVIDIA GPUs to pods as nvidia.com/gpu",
  homepage: 'https://github.com/NVIDIA/k8s-device-plugin',
  images: { agent: { repository: 'nvcr.io/nvidia/k8s-device-plugin', tag: 'v0.20.0' } },
  namespace: 'kube-system',
  nodes: { labels: ['nvidia.com/gpu.present=true'] },
  controlPlane: false,
  tolerations: ['nvidia.com/gpu:NoSchedule'],
  rollout: { maxUnavailable: '1', minReadySeconds: 15 },
  resources: { cpu: '10m', memory: '64Mi', memoryLimit: '128Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'While its pod is away a node offers no GPU to new pods; those that have one keep it. One node after the other.',
    tolerations:
      'Nodes with GPUs are kept free for pods that ask for one; this one is where those GPUs come from.',
    priority: 'Without it no pod of the node gets a GPU.',
  },
  podNetwork: true,
  questions: {
    runtimeClass: text({
      message: "Which RuntimeClass uses NVIDIA's container runtime? (none: it is the default of the nodes)",
      help: "The RuntimeClass with NVIDIA's runtime; empty where it is the default of the nodes",
      value: 'NAME',
      default: '',
      check: (value) =>
        value === '' || !mistakeInName(value) ? undefined : `'${value}' ${mistakeInName(value)}`,
    }),
    migStrategy: select({
      message: 'How are GPUs offered that are partitioned (MIG)?',
      help: 'How partitions of a GPU (MIG) are offered',
      default: 'none',
      choices: [
        { value: 'none', label: 'Not', hint: 'whole GPUs only' },
        { value: 'single', label: 'All as nvidia.com/gpu', hint: 'all partitions of a node are alike' },
        { value: 'mixed', label: 'By their profile', hint: 'nvidia.com/mig-1g.10gb …' },
      ],
    }),
    timeSlices: number({
      message: 'Among how many pods may each GPU be shared by time? (1: no sharing)',
      help: 'How many pods may share a GPU by time; 1 for none',
      unit: 'pods a GPU',
      min: 1,
      max: 64,
      default: 1,
      check: (value, { migStrategy }) =>
        value > 1 && migStrategy === 'mixed'
          ? 'Of partitions by their profile each would have to be shared by its own name. Take the MIG strategy none or single, or 1'
          : undefined,
    }),
    failOnInitError: confirm({
      message: 'Shall it fail on a node where it finds no driver? (no: it waits there in silence)',
      help: 'Fail on nodes where no driver is found, instead of waiting in silence',
      default: true,
    }),
    staticCpuManager: confirm({
      message: 'Do the nodes have the static CPU manager? (then it needs to be privileged)',
      help: 'Work with the static CPU manager of the kubelet, which takes a privileged container',
      default: false,
    }),
    selinux: { ...seLinuxQuestion, when: ({ staticCpuManager }) => staticCpuManager !== true },
  },
  variants: {
    'runtime-class': { runtimeClass: 'nvidia' },
    mig: { migStrategy: 'single' },
    'mig-mixed': { migStrategy: 'mixed' },
    'time-slices': { timeSlices: 4 },
    'any-node': { failOnInitError: false, nodes: 'all' },
    'static-cpu-manager': { staticCpuManager: true },
    selinux: { selinux: true },
  },
  notes: [
    "The driver and NVIDIA's container toolkit have to be on the nodes, with its runtime as the default or in a RuntimeClass.",
    'The label nvidia.com/gpu.present comes from GPU feature discovery; without it, label the nodes yourself: kubectl label node NODE nvidia.com/gpu.present=true',
    "Two device plugins for the same GPUs on one node get in each other's way: where the GPU operator runs, it brings this one.",
    'Device plugins are always in /var/lib/kubelet/device-plugins, whatever --root-dir the kubelet has.',
    seLinuxNote,
    'Pods that share a GPU by time share its memory too, and what crashes one can crash all.',
    'A node whose GPUs are all set to be partitioned but have no partition offers nothing: the plugin is started anew until there is one.',
  ],
  scope:
    'The plugin alone: GPU feature discovery, the sharing by MPS, and drivers are with its chart and with the GPU operator.',
  explained: {
    ...oneEndpoint,
    'kube-linter run-as-non-root':
      'The folder of device plugins belongs to root, and so does the socket in it by which a plugin registers.',
    'kube-linter privileged-container':
      'With `--static-cpu-manager` the kubelet takes devices away that it does not know of, unless the container is privileged.',
    'kube-linter privilege-escalation-container, checkov CKV_K8S_25, checkov CKV_K8S_39':
      'Partitions of GPUs are seen with SYS_ADMIN only, which is never without escalation.',
  },
  build({ answers }) {
    const { migStrategy, timeSlices, failOnInitError, staticCpuManager } = answers
    const isMig = migStrategy !== 'none'
    const isSliced = timeSlices > 1
    // Where it may wait on nodes without a GPU, their containers are without the driver's device.
    const without = failOnInitError ? '' : 'test ! -e /dev/nvidiactl || '
    const hasSocket = ['/bin/sh', '-c', `set -- ${devicePlugins}/nvidia-*.sock; ${without}test -S "$1"`]
    return forSeLinux(answers, {
      containers: [
        {
          name: 'nvidia-device-plugin',
          env: [
            { name: 'MIG_STRATEGY', value: migStrategy },
            { name: 'FAIL_ON_INIT_ERROR', value: String(failOnInitError) },
            ...(staticCpuManager ? [{ name: 'PASS_DEVICE_SPECS', value: 'true' }] : []),
            ...(isSliced ? [{ name: 'CONFIG_FILE', value: '/config/config.yaml' }] : []),
            { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' },
            { name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'compute,utility' },
            ...(isMig ? [{ name: 'NVIDIA_MIG_MONITOR_DEVICES', value: 'all' }] : []),
            goMemoryLimit(answers.memoryLimit),
          ],
          startupProbe: exec(hasSocket, every(5, 5, 24)),
          readinessProbe: exec(hasSocket, every(15, 5, 3)),
          livenessProbe: exec(hasSocket, every(30, 5, 5)),
          securityContext: staticCpuManager ? privileged() : rootWith(...(isMig ? ['SYS_ADMIN'] : [])),
          why: {
            env: "For NVIDIA's runtime, which puts the driver into the container, and for the plugin itself.",
            securityContext: staticCpuManager
              ? 'With the static CPU manager the kubelet takes devices away that it does not know of, from this container too.'
              : isMig
                ? 'SYS_ADMIN: to see the partitions of GPUs.'
                : 'The folder and the socket of the kubelet belong to root; no capability is needed for that.',
            startupProbe:
              'It makes a socket for each kind of device, and makes it anew when the kubelet starts, which empties the folder.',
          },
          mounts: [
            hostPath('device-plugins', devicePlugins, {
              type: 'Directory',
              writable: true,
              why: 'Where it registers with the kubelet.',
            }),
            ...(isSliced ? [configMount(answers.name, '/config')] : []),
          ],
        },
      ],
      ...(answers.runtimeClass && {
        pod: { runtimeClassName: answers.runtimeClass },
        why: { runtimeClassName: "NVIDIA's runtime: it brings the driver into the container." },
      }),
      ...(isSliced && { config: { 'config.yaml': sharing(timeSlices) } }),
      next: [
        `kubectl get nodes -o custom-columns='NODE:.metadata.name,GPUS:.status.allocatable.nvidia\\.com/gpu'`,
      ],
    })
  },
})

function sharing(replicas: number): string {
  return writeValue(
    {
      version: 'v1',
      sharing: {
        timeSlicing: {
          failRequestsGreaterThanOne: true,
          resources: [{ name: 'nvidia.com/gpu', replicas }],
        },
      },
    },
    {
      comments: {
        'sharing.timeSlicing.failRequestsGreaterThanOne':
          'Two shares of a GPU are no more time than one, so nobody gets two.',
      },
    },
  )
}
