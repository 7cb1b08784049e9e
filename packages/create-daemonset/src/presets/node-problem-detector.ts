import { definePreset } from '../define.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { privileged } from '../kit/security.ts'
import { confirm, number } from '../questions.ts'

const configFolder = '/config'
const port = 20257

export default definePreset({
  name: 'node-problem-detector',
  title: 'Node Problem Detector',
  category: 'monitoring',
  summary: 'reads the kernel log of its node and reports problems as events, node conditions and metrics',
  homepage: 'https://github.com/kubernetes/node-problem-detector',
  images: {
    agent: {
      repository: 'registry.k8s.io/node-problem-detector/node-problem-detector',
      tag: 'v1.36.0',
    },
  },
  namespace: 'kube-system',
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '10m', memory: '64Mi', memoryLimit: '128Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'What the kernel said meanwhile the new pod reads from the log, so a tenth of the nodes at once.',
    tolerations: 'A node that is not well has taints, and is the one to be looked at.',
    resources: 'No CPU limit: a kernel in trouble writes many lines, and they are overwritten soon.',
    priority: 'It must fit on each node, all the more on one that is short of memory.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    conditions: confirm({
      message: 'Shall lasting problems become conditions of the Node? (no: events and metrics only)',
      help: 'Also set conditions of the Node: KernelDeadlock, ReadonlyFilesystem and others',
      default: true,
    }),
    readonlyMonitor: confirm({
      message: 'Watch for file systems that the kernel makes read-only?',
      help: 'Watch for file systems that the kernel makes read-only',
      default: true,
    }),
    hardware: confirm({
      message: 'Watch for errors of the hardware (memory, CPU, PCIe)? Virtual machines seldom see any',
      help: 'Watch for errors of the hardware, which virtual machines seldom see',
      default: true,
    }),
    lookback: number({
      message: 'How far back shall it read when it starts? (minutes)',
      help: 'How many minutes of the kernel log it reads when it starts',
      unit: 'minutes',
      min: 0,
      max: 1440,
      default: 5,
    }),
  },
  variants: {
    'no-conditions': { conditions: false },
    'kernel-only': { readonlyMonitor: false, hardware: false, lookback: 0 },
  },
  notes: [
    'It reports; it repairs nothing. What shall follow from a condition (a taint, a drain, a new node) is for another tool.',
    'A condition stays true until the pod starts anew, and stays on the Node when the DaemonSet is removed: kubectl edit node --subresource=status.',
    'A new pod reads the last minutes of the log again, so an event of that time may be told twice.',
    'Patterns have to match up to the end of a line. Put alternatives into parentheses, or only the last of them is held to that.',
    'Whoever wants other patterns edits the ConfigMap; the pods start anew by its checksum.',
  ],
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter privileged-container, kube-linter run-as-non-root':
      'The kernel lets a container open /dev/kmsg only if it is privileged. The mount is read-only, and nothing else of the node is mounted.',
  },
  build({ answers }) {
    const lookback = `${answers.lookback}m`
    const config: Record<string, string> = {
      'kernel-monitor.json': monitor('kernel-monitor', lookback, [
        ...kernelRules,
        ...(answers.hardware ? hardwareRules : []),
      ]),
      ...(answers.readonlyMonitor && {
        'readonly-monitor.json': monitor('readonly-monitor', lookback, readonlyRules),
      }),
    }
    const files = Object.keys(config).map((file) => `${configFolder}/${file}`)
    return {
      containers: [
        {
          name: 'node-problem-detector',
          command: ['/node-problem-detector'],
          args: [
            '--logtostderr',
            `--config.system-log-monitor=${files.join(',')}`,
            ...(answers.conditions ? [] : ['--k8s-exporter-update-node-conditions=false']),
            '--prometheus-address=0.0.0.0',
            `--prometheus-port=${port}`,
            '--port=0',
          ],
          env: [fieldEnv('NODE_NAME', 'spec.nodeName'), goMemoryLimit(answers.memoryLimit)],
          ports: [{ name: 'metrics', containerPort: port }],
          startupProbe: http('/metrics', 'metrics', every(10, 5, 36)),
          readinessProbe: http('/metrics', 'metrics', every(10, 5, 3)),
          livenessProbe: http('/metrics', 'metrics', every(30, 5, 3)),
          securityContext: privileged(),
          why: {
            args: 'The port of the health check is off: it says ok whatever happens, and serves profiles to everybody.',
            startupProbe: 'It listens only once it has waited for the API server, at most five minutes.',
            securityContext: 'Devices such as /dev/kmsg are closed to every other container.',
          },
          mounts: [
            configMount(answers.name, configFolder),
            hostPath('kmsg', '/dev/kmsg', { type: 'CharDevice', why: 'The log of the kernel.' }),
          ],
        },
      ],
      config,
      rbac: { existing: 'system:node-problem-detector' },
      metrics: { port, portName: 'metrics', path: '/metrics' },
    }
  },
})

interface Rule {
  reason: string
  pattern: string
  /** With a condition it is lasting: the condition stays until the pod starts anew. */
  condition?: string
}

/** What each condition says while all is well. */
const conditions: Record<string, { reason: string; message: string }> = {
  KernelDeadlock: { reason: 'KernelHasNoDeadlock', message: 'No system process hangs in the kernel' },
  FilesystemShutdown: { reason: 'FilesystemIsUp', message: 'No file system has been shut down' },
  HardwareErrorFatal: { reason: 'HardwareHasNoFatalError', message: 'No fatal error of the hardware' },
  ReadonlyFilesystem: { reason: 'FilesystemIsNotReadOnly', message: 'No file system became read-only' },
}

/** Messages as Linux 5 and 6 write them. */
export const kernelRules: Rule[] = [
  { reason: 'OOMKilling', pattern: '[Oo]ut of memory: Killed process \\d+ .*' },
  { reason: 'TaskHung', pattern: 'task .+:\\d+ blocked for more than \\d+ seconds\\.' },
  {
    reason: 'SystemTaskHung',
    pattern:
      'task (containerd|containerd-shim|crio|dockerd|kubelet|runc\\S*|systemd):\\d+ blocked for more than \\d+ seconds\\.',
    condition: 'KernelDeadlock',
  },
  { reason: 'SoftLockup', pattern: 'BUG: soft lockup - CPU#\\d+ stuck for \\d+s!.*' },
  { reason: 'HardLockup', pattern: 'hard LOCKUP on cpu \\d+.*' },
  { reason: 'CPUStall', pattern: 'INFO: rcu_\\w+ (self-)?detected (expedited )?stalls? on CPU.*' },
  {
    reason: 'KernelOops',
    pattern:
      '(BUG: (unable to handle|kernel NULL pointer dereference).*|general protection fault[,:].*|kernel BUG at .*)',
  },
  { reason: 'NetDeviceStuck', pattern: 'unregister_netdevice: waiting for \\S+ to become free\\..*' },
  { reason: 'NetTransmitTimeout', pattern: 'NETDEV WATCHDOG: .* transmit queue \\d+ timed out.*' },
  { reason: 'ConntrackTableFull', pattern: 'nf_conntrack: table full, dropping packet.*' },
  { reason: 'NeighborTableFull', pattern: 'neighbor table overflow!?' },
  { reason: 'IOError', pattern: '(I/O error, dev \\S+, sector \\d+.*|Buffer I/O error on dev.*)' },
  { reason: 'Ext4Error', pattern: 'EXT4-fs error .*' },
  { reason: 'BtrfsError', pattern: 'BTRFS (error|critical) .*' },
  { reason: 'XfsCorruption', pattern: 'XFS \\(.+\\): .*[Cc]orruption.*' },
  {
    reason: 'XfsShutdown',
    pattern: 'XFS \\(.+\\): .*[Ss]hutting down filesystem.*',
    condition: 'FilesystemShutdown',
  },
]

export const hardwareRules: Rule[] = [
  { reason: 'MemoryErrorCorrected', pattern: 'EDAC .*: \\d+ CE .*' },
  { reason: 'MemoryErrorUncorrected', pattern: 'EDAC .*: \\d+ UE .*' },
  { reason: 'MachineCheck', pattern: 'mce: \\[Hardware Error\\]: .*' },
  {
    reason: 'HardwareErrorRecovered',
    pattern: '\\[Hardware Error\\]: event severity: (corrected|recoverable)',
  },
  {
    reason: 'HardwareError',
    pattern: '\\[Hardware Error\\]: event severity: fatal',
    condition: 'HardwareErrorFatal',
  },
]

export const readonlyRules: Rule[] = [
  {
    reason: 'FilesystemIsReadOnly',
    pattern: '(Remounting filesystem read-only|BTRFS .*: forced readonly)',
    condition: 'ReadonlyFilesystem',
  },
]

function monitor(source: string, lookback: string, rules: Rule[]): string {
  const types = [...new Set(rules.flatMap(({ condition }) => condition ?? []))]
  const config = {
    plugin: 'kmsg',
    logPath: '/dev/kmsg',
    lookback,
    bufferSize: 10,
    source,
    metricsReporting: true,
    conditions: types.map((type) => ({ type, ...conditions[type] })),
    rules: rules.map(({ reason, pattern, condition }) => ({
      type: condition ? 'permanent' : 'temporary',
      ...(condition && { condition }),
      reason,
      pattern,
    })),
  }
  return `${JSON.stringify(config, null, 2)}\n`
}
