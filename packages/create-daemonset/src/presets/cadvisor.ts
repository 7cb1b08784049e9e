import { definePreset } from '../define.ts'
import { oneEndpoint } from '../explained.ts'
import { firstOf, mistakeInPath, sentence } from '../formats.ts'
import { goMemoryLimit } from '../kit/env.ts'
import { hostPath } from '../kit/mounts.ts'
import { httpProbes } from '../kit/probes.ts'
import { unprivileged } from '../kit/security.ts'
import { list, number, select, text } from '../questions.ts'

const port = 8080
const rootfs = '/rootfs'

/** What cAdvisor can measure with the rights that it has here. */
const kinds = [
  'cpu',
  'cpu_topology',
  'cpuset',
  'disk',
  'diskIO',
  'hugetlb',
  'memory',
  'memory_numa',
  'network',
  'percpu',
  'pressure',
  'sched',
  'tcp',
  'advtcp',
  'udp',
]

const refusedKinds = ['process', 'referenced_memory', 'cpuLoad', 'oom_event', 'perf_event', 'resctrl']
const defaultKinds = ['cpu', 'disk', 'diskIO', 'memory', 'network']

export default definePreset({
  name: 'cadvisor',
  title: 'cAdvisor',
  category: 'monitoring',
  summary: 'measures every container of its node, in more detail than the kubelet',
  homepage: 'https://github.com/google/cadvisor',
  images: { agent: { repository: 'ghcr.io/google/cadvisor', tag: '0.60.5' } },
  namespace: 'monitoring',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '150m', memory: '256Mi', memoryLimit: '1Gi' },
  priorityClass: 'own',
  why: {
    rollout: 'A gap of seconds in what is measured harms nobody.',
    resources: 'It keeps two minutes of every container in memory, so what it needs grows with their number.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    runtime: select({
      message: 'Which container runtime do the nodes have?',
      help: 'Container runtime of the nodes',
      default: 'containerd',
      choices: [
        { value: 'containerd', label: 'containerd' },
        { value: 'cri-o', label: 'CRI-O' },
      ],
    }),
    runtimeSocket: text({
      message: 'Where is its socket on the node?',
      help: "The runtime's socket on the node; k3s and RKE2: /run/k3s/containerd/containerd.sock",
      value: 'FILE',
      default: ({ runtime }) =>
        runtime === 'cri-o' ? '/run/crio/crio.sock' : '/run/containerd/containerd.sock',
      check: (value, { runtime }) =>
        sentence(value, mistakeInPath(value)) ??
        (runtime === 'cri-o' && !value.endsWith('/crio.sock')
          ? `'${value}' is no socket of CRI-O, which has to be called crio.sock`
          : undefined),
    }),
    metricKinds: list({
      message: 'What shall be measured?',
      help: `What is measured: some of ${kinds.join(', ')}`,
      value: 'KIND',
      default: ({ runtime }) =>
        runtime === 'cri-o' ? defaultKinds.filter((kind) => kind !== 'disk') : [...defaultKinds],
      check: mistakeInKinds,
    }),
    labels: list({
      message: 'Which labels of containers shall be on the metrics? (none: without)',
      help: 'Labels of containers that the metrics get; each makes more series',
      value: 'LABEL',
      default: ['io.kubernetes.container.name', 'io.kubernetes.pod.name', 'io.kubernetes.pod.namespace'],
      check: (values) => {
        const wrong = values.find((value) => !/^[\w./-]+$/.test(value))
        return wrong === undefined
          ? undefined
          : `'${wrong}' is no label of a container: letters, digits and ._/- only`
      },
    }),
    housekeeping: number({
      message: 'How often shall it look at each container? (seconds)',
      help: 'Seconds between two looks at a container',
      unit: 'seconds',
      min: 1,
      max: 300,
      default: 15,
    }),
  },
  variants: {
    'cri-o': { runtime: 'cri-o' },
    k3s: { runtimeSocket: '/run/k3s/containerd/containerd.sock' },
    'more-metrics': { metricKinds: [...defaultKinds, 'percpu', 'tcp', 'sched'], labels: [], housekeeping: 5 },
  },
  notes: [
    'The kubelet serves most of these metrics already, at /metrics/cadvisor: scrape that first. Its own cAdvisor is for kinds of metrics that the kubelet leaves out.',
    'Where both are scraped, the same series come twice: keep them apart by job.',
    'Kinds that need more rights are not offered: process and referenced_memory (rights on other processes), cpuLoad, oom_event, perf_event and resctrl (privileged).',
    'There are no sizes of the file systems of single containers: containerd does not tell them, and for those of CRI-O it would have to be root.',
  ],
  explained: {
    ...oneEndpoint,
    'kube-linter sensitive-host-mounts':
      "The node's files show which container has which process and network. The mount is read-only, and the user has no rights.",
    'kube-score container-security-context-user-group-id':
      "The group root may speak to the runtime's socket; the user root is not needed.",
  },
  build({ answers }) {
    const { runtime, runtimeSocket, labels, housekeeping } = answers
    const isCrio = runtime === 'cri-o'
    return {
      containers: [
        {
          name: 'cadvisor',
          args: [
            ...(isCrio ? [] : [`--containerd=${rootfs}${runtimeSocket.replace(/^\/var\/run\//, '/run/')}`]),
            `--enable_metrics=${answers.metricKinds.join(',')}`,
            '--store_container_labels=false',
            ...(labels.length > 0 ? [`--whitelisted_container_labels=${labels.join(',')}`] : []),
            `--housekeeping_interval=${housekeeping}s`,
            `--max_housekeeping_interval=${Math.max(30, 2 * housekeeping)}s`,
            `--machine_id_file=${rootfs}/etc/machine-id`,
            '--event_storage_event_limit=default=0',
            '--event_storage_age_limit=default=0',
          ],
          env: [goMemoryLimit(answers.memoryLimit)],
          ports: [{ name: 'http', containerPort: port }],
          ...httpProbes('http', { live: '/healthz' }),
          securityContext: { ...unprivileged(65534), runAsGroup: 0 },
          why: {
            args: 'Of the labels of containers only those named become labels of metrics: every value makes series of its own.',
            'securityContext.runAsGroup':
              "The group root may speak to the runtime's socket; the user root is not needed.",
          },
          mounts: [
            hostPath('root', '/', {
              type: 'Directory',
              at: rootfs,
              propagation: 'HostToContainer',
              why: "The node's processes and the runtime's socket; what is mounted later too.",
            }),
            hostPath('sys', '/sys', {
              type: 'Directory',
              why: "The node's cgroups, in place of the container's own.",
            }),
            ...(isCrio
              ? [
                  hostPath('crio', runtimeSocket.slice(0, runtimeSocket.lastIndexOf('/')), {
                    type: 'Directory',
                    at: '/var/run/crio',
                    why: 'Where cAdvisor looks for the socket. The folder: a new socket of a restarted CRI-O is in it.',
                  }),
                ]
              : []),
          ],
        },
      ],
      metrics: { port, portName: 'http', path: '/metrics' },
    }
  },
})

function mistakeInKinds(values: string[]): string | undefined {
  if (values.length === 0) return `At least one kind is needed: ${kinds.join(', ')}`
  return firstOf(values, (value) => sentence(value, mistakeInKind(value)))
}

function mistakeInKind(value: string): string | undefined {
  if (refusedKinds.includes(value)) return 'needs rights that cAdvisor does not get here'
  return kinds.includes(value)
    ? undefined
    : `is nothing that cAdvisor measures. Expected some of ${kinds.join(', ')}`
}
