import { definePreset } from '../define.ts'
import { oneEndpoint } from '../explained.ts'
import { mistakeInName, sentence } from '../formats.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, scratch } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { confirm, number, text } from '../questions.ts'
import { kubeletDir } from './csi-node/kubelet-dir.ts'
import { forSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const port = 9400
const configFolder = '/etc/dcgm-exporter/counters'
/** Where it looks for the kubelet's socket. */
const podResources = '/var/lib/kubelet/pod-resources'

export default definePreset({
  name: 'dcgm-exporter',
  title: 'NVIDIA DCGM Exporter',
  category: 'monitoring',
  summary: 'measures the NVIDIA GPUs of its node, and tells which pod uses which',
  homepage: 'https://github.com/NVIDIA/dcgm-exporter',
  images: {
    agent: { repository: 'nvcr.io/nvidia/k8s/dcgm-exporter', tag: '4.5.3-4.8.2-distroless' },
  },
  namespace: 'monitoring',
  nodes: { labels: ['nvidia.com/gpu.present=true'] },
  controlPlane: false,
  tolerations: ['nvidia.com/gpu:NoSchedule'],
  rollout: { maxUnavailable: '10%', minReadySeconds: 15 },
  resources: { cpu: '100m', memory: '128Mi', memoryLimit: '512Mi' },
  priorityClass: 'own',
  why: {
    rollout: 'A gap of seconds in what is measured harms nobody.',
    tolerations: 'GPU nodes are kept free of pods that ask for no GPU, such as this one.',
    resources: 'It asks for no GPU: that would take it from the pods that are to be measured.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    runtimeClass: text({
      message: 'Which runtime class gives a container the GPUs? (none: the default runtime does)',
      help: 'Runtime class with the NVIDIA runtime, where it is not the default one; empty for none',
      value: 'NAME',
      optional: true,
      default: '',
      check: (value) => (value === '' ? undefined : sentence(value, mistakeInName(value))),
    }),
    podLabels: confirm({
      message: 'The labels of the pods on the metrics too? (needs the right to read all pods)',
      help: 'Put the labels of pods on their metrics, for which it reads pods from the API server',
      default: false,
    }),
    profiling: confirm({
      message: 'Profiling metrics (use of the tensor cores, of memory bandwidth …)? (needs SYS_ADMIN)',
      help: 'Profiling metrics (DCGM_FI_PROF_*), which need the capability SYS_ADMIN',
      default: false,
    }),
    ecc: confirm({
      message: 'Counters of memory errors and retired pages? (GPUs of data centres)',
      help: 'Counters of memory errors and of retired pages',
      default: true,
    }),
    interval: number({
      message: 'How often shall it ask the GPUs? (seconds)',
      help: 'Seconds between two looks at the GPUs',
      unit: 'seconds',
      min: 1,
      max: 300,
      default: 30,
    }),
    kubeletDir: { ...kubeletDir, seldom: true },
    selinux: seLinuxQuestion,
  },
  variants: {
    'runtime-class': { runtimeClass: 'nvidia' },
    'pod-labels': { podLabels: true },
    profiling: { profiling: true, ecc: false },
    k0s: { kubeletDir: '/var/lib/k0s/kubelet' },
    selinux: { selinux: true },
    'all-of-it': { runtimeClass: 'nvidia', podLabels: true, profiling: true, interval: 10 },
  },
  notes: [
    'Nodes need the NVIDIA driver, the NVIDIA container toolkit and the label nvidia.com/gpu.present=true, which GPU feature discovery sets. The GPU Operator brings all of that, and an exporter of its own: run only one.',
    'Profiling metrics need a GPU of a data centre, Volta or newer. Other profilers cannot use the GPU meanwhile.',
    'What is measured stands in the ConfigMap: one line for each field of DCGM. A field that a GPU does not know is left out.',
    'On k3s and other clusters with a runtime class for GPUs, say --runtime-class nvidia.',
    'It asks for no GPU, but for all of them by NVIDIA_VISIBLE_DEVICES. Where the container toolkit refuses that to containers that are not privileged (accept-nvidia-visible-devices-envvar-when-unprivileged = false), it finds none.',
    seLinuxNote,
    'With --pod-labels it needs the right to read the pods of all namespaces, for a right cannot be kept to one node.',
  ],
  explained: {
    ...oneEndpoint,
    'kube-linter run-as-non-root':
      "The kubelet's socket, which tells which pod has which GPU, belongs to root. No capability is added unless profiling is on.",
    'kube-linter privilege-escalation-container, checkov CKV_K8S_25, checkov CKV_K8S_39':
      'With `--profiling` it reads counters that the driver shows only to SYS_ADMIN, which is never without escalation.',
    'checkov CKV_K8S_38': 'With `--pod-labels` it asks the API server for them.',
  },
  build({ answers }) {
    const { runtimeClass, podLabels, profiling, interval } = answers
    return forSeLinux(answers, {
      containers: [
        {
          name: 'dcgm-exporter',
          args: [
            `--collectors=${configFolder}/counters.csv`,
            `--address=:${port}`,
            `--collect-interval=${interval * 1000}`,
            '--kubernetes=true',
            ...(podLabels ? ['--kubernetes-enable-pod-labels=true'] : []),
          ],
          env: [fieldEnv('NODE_NAME', 'spec.nodeName'), { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' }],
          ports: [{ name: 'metrics', containerPort: port }],
          startupProbe: http('/health', 'metrics', every(5, 5, 36)),
          readinessProbe: http('/health', 'metrics', every(10, 5, 3)),
          livenessProbe: http('/health', 'metrics', every(30, 5, 3)),
          securityContext: profiling ? rootWith('SYS_ADMIN') : rootWith(),
          why: {
            'env[NVIDIA_VISIBLE_DEVICES]': 'All GPUs of the node, without having asked for one.',
            startupProbe: 'Three minutes: with many GPUs DCGM takes long to find them.',
            securityContext: profiling
              ? "SYS_ADMIN for the profiling counters of the driver; root because the kubelet's socket is root's."
              : "Root because the kubelet's socket is root's; no capability is needed for it.",
          },
          mounts: [
            configMount(answers.name, configFolder),
            hostPath('pod-resources', `${answers.kubeletDir}/pod-resources`, {
              type: 'Directory',
              at: podResources,
              why: "The folder of the kubelet's socket: it tells which pod has which GPU.",
            }),
            scratch('tmp', '/tmp', { sizeLimit: '64Mi' }),
          ],
        },
      ],
      ...(runtimeClass && {
        pod: { runtimeClassName: runtimeClass },
        why: { runtimeClassName: 'The runtime that gives the container the GPUs.' },
      }),
      config: { 'counters.csv': counters(answers) },
      ...(podLabels && {
        rbac: {
          cluster: [{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] }],
          why: 'It follows the pods of its node for their labels.',
        },
      }),
      metrics: { port, portName: 'metrics', path: '/metrics' },
    })
  },
})

type Counter = [field: string, kind: 'gauge' | 'counter' | 'label', help: string]

const common: Counter[] = [
  ['DCGM_FI_DEV_GPU_UTIL', 'gauge', 'Share of time in which the GPU worked (%)'],
  ['DCGM_FI_DEV_MEM_COPY_UTIL', 'gauge', 'Share of time in which its memory was read or written (%)'],
  ['DCGM_FI_DEV_ENC_UTIL', 'gauge', 'Use of the video encoder (%)'],
  ['DCGM_FI_DEV_DEC_UTIL', 'gauge', 'Use of the video decoder (%)'],
  ['DCGM_FI_DEV_FB_USED', 'gauge', 'Memory in use (MiB)'],
  ['DCGM_FI_DEV_FB_FREE', 'gauge', 'Memory that is free (MiB)'],
  ['DCGM_FI_DEV_FB_RESERVED', 'gauge', 'Memory that the driver keeps (MiB)'],
  ['DCGM_FI_DEV_SM_CLOCK', 'gauge', 'Clock of the multiprocessors (MHz)'],
  ['DCGM_FI_DEV_MEM_CLOCK', 'gauge', 'Clock of the memory (MHz)'],
  ['DCGM_FI_DEV_GPU_TEMP', 'gauge', 'Temperature of the GPU (degrees Celsius)'],
  ['DCGM_FI_DEV_MEMORY_TEMP', 'gauge', 'Temperature of its memory (degrees Celsius)'],
  ['DCGM_FI_DEV_POWER_USAGE', 'gauge', 'Power (W)'],
  ['DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION', 'counter', 'Energy since the driver was loaded (mJ)'],
  ['DCGM_FI_DEV_PCIE_REPLAY_COUNTER', 'counter', 'Transfers over PCIe that had to be repeated'],
  ['DCGM_FI_DEV_XID_ERRORS', 'gauge', 'Number of the last XID error'],
  ['DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL', 'counter', 'Traffic over all NVLinks'],
]

const errors: Counter[] = [
  ['DCGM_FI_DEV_ECC_SBE_VOL_TOTAL', 'counter', 'Memory errors of one bit since the driver was loaded'],
  ['DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', 'counter', 'Memory errors of two bits since the driver was loaded'],
  ['DCGM_FI_DEV_RETIRED_PENDING', 'counter', 'Pages of memory that are retired at the next start'],
  [
    'DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS',
    'counter',
    'Rows of memory replaced for errors that could not be corrected',
  ],
  [
    'DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS',
    'counter',
    'Rows of memory replaced for errors that were corrected',
  ],
  ['DCGM_FI_DEV_ROW_REMAP_FAILURE', 'gauge', 'Whether a row of memory could not be replaced'],
]

const profiles: Counter[] = [
  ['DCGM_FI_PROF_GR_ENGINE_ACTIVE', 'gauge', 'Share of time in which the engine worked'],
  ['DCGM_FI_PROF_SM_ACTIVE', 'gauge', 'Share of cycles in which a multiprocessor had work'],
  ['DCGM_FI_PROF_SM_OCCUPANCY', 'gauge', 'Share of the warps that a multiprocessor can hold'],
  ['DCGM_FI_PROF_PIPE_TENSOR_ACTIVE', 'gauge', 'Share of cycles in which the tensor cores worked'],
  ['DCGM_FI_PROF_DRAM_ACTIVE', 'gauge', 'Share of cycles in which the memory was read or written'],
  ['DCGM_FI_PROF_PCIE_TX_BYTES', 'gauge', 'Bytes sent over PCIe in a second'],
  ['DCGM_FI_PROF_PCIE_RX_BYTES', 'gauge', 'Bytes received over PCIe in a second'],
]

const labels: Counter[] = [['DCGM_FI_DRIVER_VERSION', 'label', 'Version of the driver']]

function counters({ ecc, profiling }: { ecc: boolean; profiling: boolean }): string {
  const groups: [string, Counter[]][] = [
    ['Use, memory, clocks, temperature, power, errors', common],
    ...(ecc ? [['Errors of the memory', errors] as [string, Counter[]]] : []),
    ...(profiling ? [['Profiling; needs SYS_ADMIN', profiles] as [string, Counter[]]] : []),
    ['On every metric', labels],
  ]
  const lines = groups.map(([title, group]) =>
    [`# ${title}`, ...group.map((counter) => counter.join(', '))].join('\n'),
  )
  return `# Field of DCGM, kind, help\n${lines.join('\n\n')}\n`
}
