import type { SecurityContext } from 'kubernetes-types/core/v1.js'
import type { CommonAnswers } from '../common-questions.ts'
import { definePreset } from '../define.ts'
import { oneEndpoint } from '../explained.ts'
import { mistakeInUrl, sentence } from '../formats.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, mountedAt, scratch } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { privileged, rootWith, unprivileged } from '../kit/security.ts'
import { type AnswersTo, confirm, select, text } from '../questions.ts'
import type { AgentContainer, Keep, Mount } from '../types.ts'
import { writeValue } from '../write-yaml.ts'
import { falcoRules } from './falco/rules.ts'

const config = '/config'
const downloaded = '/rules'

/** Where the runtimes listen, and which part of Falco's plugin for containers speaks to them. */
const runtimes = {
  containerd: { socket: '/run/containerd/containerd.sock', engine: 'cri' },
  crio: { socket: '/run/crio/crio.sock', engine: 'cri' },
  k3s: { socket: '/run/k3s/containerd/containerd.sock', engine: 'cri' },
  docker: { socket: '/var/run/docker.sock', engine: 'docker' },
} as const

const questions = {
  driver: select({
    message: 'How does it see the system calls?',
    help: 'How it sees the system calls',
    default: 'least-privileged',
    choices: [
      { value: 'least-privileged', label: 'eBPF with four capabilities', hint: 'Linux 5.8 with BTF' },
      { value: 'privileged', label: 'eBPF, privileged', hint: 'where the capabilities do not do' },
      { value: 'kmod', label: 'Its kernel module', hint: 'built or downloaded for each kernel' },
    ],
  }),
  containers: confirm({
    message: 'Names of containers and pods in the events? It asks the container runtime for them',
    help: 'Names of containers and pods, from the socket of the container runtime',
    default: true,
  }),
  runtime: select({
    message: 'Which container runtime do the nodes have?',
    help: 'The runtime whose socket it asks',
    when: ({ containers }) => containers === true,
    default: 'containerd',
    choices: [
      { value: 'containerd', label: 'containerd' },
      { value: 'crio', label: 'CRI-O' },
      { value: 'k3s', label: 'containerd of k3s or RKE2' },
      { value: 'docker', label: 'Docker, by cri-dockerd' },
    ],
  }),
  rules: select({
    message: 'Which rules?',
    help: 'Where the rules come from',
    default: 'own',
    choices: [
      { value: 'own', label: 'A small set in the ConfigMap', hint: 'to be read and changed' },
      { value: 'image', label: 'Those in the image', hint: "Falco's own, of its version" },
      { value: 'falcoctl', label: 'Downloaded at start', hint: 'from a registry, needs a way out' },
    ],
    check: (value, { containers }) =>
      value === 'own' || containers === true
        ? undefined
        : `The rules of Falco's project ask for names of containers: add --containers, or take --rules own`,
  }),
  rulesArtifact: text({
    message: 'Which rules, with which version?',
    help: 'Rules as falcoctl names them, with a version or digest',
    value: 'REFERENCE',
    when: ({ rules }) => rules === 'falcoctl',
    default: 'ghcr.io/falcosecurity/rules/falco-rules:5.1.0',
    check: (value) => mistakeInArtifact(value),
  }),
  minimumPriority: select({
    message: 'Events from which priority on?',
    help: 'The lowest priority of a rule that is loaded',
    default: 'notice',
    choices: [
      { value: 'critical' },
      { value: 'error' },
      { value: 'warning' },
      { value: 'notice' },
      { value: 'informational' },
      { value: 'debug' },
    ],
  }),
  eventUrl: text({
    message: 'A URL to send the events to as well, such as Falcosidekick? (none: standard output alone)',
    help: 'Where each event is sent by HTTP, besides standard output',
    value: 'URL',
    default: '',
    check: (value) => (value === '' ? undefined : sentence(value, mistakeInUrl(value))),
  }),
}

type Answers = CommonAnswers & AnswersTo<typeof questions>

export default definePreset({
  name: 'falco',
  title: 'Falco',
  category: 'security',
  summary: 'watches the system calls of its node and reports what its rules take for an attack',
  homepage: 'https://falco.org',
  images: {
    agent: { repository: 'docker.io/falcosecurity/falco', tag: '0.44.1' },
    loader: { repository: 'docker.io/falcosecurity/falco-driver-loader', tag: '0.44.1' },
    falcoctl: { repository: 'docker.io/falcosecurity/falcoctl', tag: '0.13.0' },
  },
  namespace: 'falco',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '512Mi', memoryLimit: '1Gi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout: 'A node is not watched while its pod is replaced: a tenth of the nodes at once, not all.',
    priority: 'It fits this node only, and an attacker could push a lesser pod off it.',
    resources: 'No CPU limit: a slowed reader loses events when the kernel has the most of them.',
    grace: 'It keeps nothing, and ends in a second or two.',
    controlPlane: 'What runs on the control plane is worth watching most.',
  },
  metrics: true,
  podNetwork: true,
  questions,
  variants: {
    privileged: { driver: 'privileged' },
    kmod: { driver: 'kmod' },
    'no-containers': { containers: false },
    crio: { runtime: 'crio' },
    k3s: { runtime: 'k3s' },
    docker: { runtime: 'docker' },
    'image-rules': { rules: 'image', minimumPriority: 'warning' },
    falcoctl: { rules: 'falcoctl', networkPolicy: true },
    'event-url': { eventUrl: 'http://falcosidekick.falco.svc:2801/', networkPolicy: true },
    'kmod-falcoctl': { driver: 'kmod', rules: 'falcoctl' },
    scraped: { monitor: 'annotations' },
  },
  notes: [
    'eBPF needs Linux 5.8 or later with BTF (/sys/kernel/btf/vmlinux on the node). The four capabilities do not do where kernel.perf_event_paranoid is above 2 for all, or where SELinux confines containers: then take --driver privileged.',
    'The kernel module is downloaded from download.falco.org or built on the node from its kernel headers, which COS and Talos do not have.',
    "Its seccomp profile is the runtime's, which allows bpf to those with the capability since containerd 1.7 and Docker 23. CRI-O's does so since 1.35.1 only, so with --runtime crio there is none.",
    "The runtime's socket is mounted as a socket: after the runtime was restarted, restart the pods (kubectl rollout restart), or events lose their names.",
    'The small set of rules is a beginning. Read what it finds for a week, and except what is usual with you, before it wakes anybody.',
    '/metrics is there only when --monitor asks for it.',
  ],
  explained: {
    ...oneEndpoint,
    'kube-linter run-as-non-root, checkov CKV_K8S_25':
      'BPF and PERFMON load its programs into the kernel, SYS_RESOURCE lifts the limit of locked memory before Linux 5.11, SYS_PTRACE lets it look up processes: capabilities that only root has here.',
    'kube-linter sensitive-host-mounts':
      'Processes and users of the node have their names in /proc and /etc, and what builds the kernel module reads /boot and /usr. All are read-only.',
    'kube-linter privileged-container':
      '`--driver privileged` is for kernels that let nothing less load BPF programs, `--driver kmod` loads a kernel module; the default needs neither.',
    'kube-linter no-read-only-root-fs':
      'With `--driver kmod`, a container builds the module in its own file system where none is to be had.',
    'kube-linter docker-sock': 'Where Docker runs the containers, it alone knows their names.',
  },
  build({ answers, image }) {
    const isModule = answers.driver === 'kmod'
    const proc = hostPath('proc', '/proc', {
      type: 'Directory',
      at: '/host/proc',
      why: 'Who the processes are that were there before it.',
    })
    const etc = hostPath('etc', '/etc', {
      type: 'Directory',
      at: '/host/etc',
      why: 'Names of users and groups of the node.',
    })
    const rules = scratch('rules', downloaded, { sizeLimit: '64Mi' })
    const initContainers = [
      ...(isModule ? [loader(image('loader'), proc, etc)] : []),
      ...(answers.rules === 'falcoctl' ? [download(image('falcoctl'), answers, rules)] : []),
    ]
    return {
      ...(initContainers.length > 0 && { initContainers }),
      containers: [
        {
          name: 'falco',
          command: ['/usr/bin/falco'],
          args: ['-c', `${config}/falco.yaml`],
          env: [
            { name: 'HOST_ROOT', value: '/host' },
            fieldEnv('FALCO_HOSTNAME', 'spec.nodeName'),
            fieldEnv('FALCO_K8S_NODE_NAME', 'spec.nodeName'),
          ],
          ports: [{ name: 'web', containerPort: 8765 }],
          startupProbe: http('/healthz', 'web', every(5, 5, 24)),
          readinessProbe: http('/healthz', 'web', every(15, 5, 3)),
          livenessProbe: http('/healthz', 'web', every(30, 5, 4)),
          securityContext: contextOf(answers),
          why: {
            ...(answers.driver === 'least-privileged' &&
              answers.runtime === 'crio' && {
                'securityContext.seccompProfile':
                  "Before 1.35.1 CRI-O's own profile allows perf_event_open beside SYS_ADMIN only, which is far more; before 1.31 bpf too.",
              }),
            securityContext: {
              'least-privileged':
                "Loads its programs into the kernel and looks up processes, not the rest of what root may. The runtime's AppArmor profile would forbid both.",
              privileged: 'Loads its programs into the kernel.',
              kmod: 'Reads from the devices of its kernel module.',
            }[answers.driver],
          },
          mounts: [
            configMount(answers.name, config),
            proc,
            etc,
            ...(isModule
              ? [
                  hostPath('dev', '/dev', {
                    type: 'Directory',
                    at: '/host/dev',
                    why: 'The devices of its module.',
                  }),
                ]
              : []),
            ...(isModule
              ? []
              : [
                  hostPath('kernel', '/sys/kernel', {
                    type: 'Directory',
                    why: 'Where the kernel lists its tracepoints, in a file system of its own below.',
                  }),
                ]),
            ...socketOf(answers),
            ...(answers.rules === 'falcoctl' ? [mountedAt(rules, downloaded, { readOnly: true })] : []),
          ],
        },
      ],
      config: configOf(answers),
      metrics: { port: 8765, portName: 'web', path: '/metrics' },
      egress: egressOf(answers),
      keep: keepOf(answers),
      next: [
        `See that it works: run 'cat /etc/shadow' in some pod, then read kubectl -n ${answers.namespace} logs daemonset/${answers.name}.`,
      ],
    }
  },
})

/** The rights that each way of seeing the system calls needs. */
function contextOf({ driver, runtime }: Answers): SecurityContext {
  if (driver !== 'least-privileged') return privileged()
  return {
    ...rootWith('BPF', 'PERFMON', 'SYS_PTRACE', 'SYS_RESOURCE'),
    ...(runtime === 'crio' && { seccompProfile: { type: 'Unconfined' } }),
    // Younger than the types.
    ...{ appArmorProfile: { type: 'Unconfined' } },
  }
}

function keepOf({ runtime, containers }: Answers): Keep[] {
  if (!containers || runtime !== 'docker') return []
  return [
    {
      rule: 'runtime-socket',
      path: 'volumes[runtime].hostPath.path',
      reason: 'these nodes run Docker, which alone knows the names of their containers',
    },
  ]
}

function socketOf({ containers, runtime }: Answers): Mount[] {
  if (!containers) return []
  const { socket } = runtimes[runtime]
  return [
    hostPath('runtime', socket, {
      type: 'Socket',
      at: `/host${socket}`,
      why: 'By which it learns the names of containers and pods. Whoever may write to it has the node: it is no less than root.',
    }),
  ]
}

/** Puts the kernel module in place before the main container starts. */
function loader(image: string, proc: Mount, etc: Mount): AgentContainer {
  return {
    name: 'load-driver',
    image,
    args: ['kmod'],
    env: [
      { name: 'HOST_ROOT', value: '/host' },
      { name: 'FALCOCTL_DRIVER_CONFIG_UPDATE_FALCO', value: 'false' },
    ],
    resources: {
      requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '256Mi' },
      limits: { memory: '1Gi', 'ephemeral-storage': '2Gi' },
    },
    securityContext: privileged({ readOnlyRootFilesystem: false }),
    why: {
      securityContext: 'Loads a kernel module, and builds it in its own file system where none is to be had.',
    },
    mounts: [
      proc,
      etc,
      hostPath('boot', '/boot', { type: 'Directory', at: '/host/boot' }),
      hostPath('modules', '/lib/modules', {
        type: 'Directory',
        at: '/host/lib/modules',
        writable: true,
        why: 'Where the module is installed; it stays on the node.',
      }),
      hostPath('usr', '/usr', { type: 'Directory', at: '/host/usr', why: 'Headers of the kernel.' }),
      scratch('driver', '/root/.falco', { sizeLimit: '1Gi' }),
    ],
  }
}

/** Fetches the rules once, before the main container starts. */
function download(image: string, { name, rulesArtifact }: Answers, rules: Mount): AgentContainer {
  return {
    name: 'fetch-rules',
    image,
    args: [
      'artifact',
      'install',
      rulesArtifact,
      `--config=${config}/falcoctl.yaml`,
      '--allowed-types=rulesfile',
      '--resolve-deps=false',
      `--rulesfiles-dir=${downloaded}`,
      '--state-dir=/tmp',
      '--log-format=json',
    ],
    env: [{ name: 'HOME', value: '/tmp' }],
    resources: {
      requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '256Mi', 'ephemeral-storage': '256Mi' },
    },
    securityContext: unprivileged(65532),
    mounts: [configMount(name, config), rules, scratch('tmp', '/tmp', { sizeLimit: '128Mi' })],
  }
}

function egressOf({ rules, driver, eventUrl }: Answers): { port: number }[] {
  const ports = new Set<number>()
  if (rules === 'falcoctl' || driver === 'kmod') ports.add(443)
  if (eventUrl) {
    const { port, protocol } = new URL(eventUrl)
    ports.add(port ? Number(port) : protocol === 'https:' ? 443 : 80)
  }
  return [...ports].map((port) => ({ port }))
}

function configOf(answers: Answers): Record<string, string> {
  const { containers, driver, rules, eventUrl, monitor, minimumPriority } = answers
  const rulesFile = {
    own: `${config}/rules.yaml`,
    image: '/etc/falco/falco_rules.yaml',
    // The folder: its files are called after the artifact.
    falcoctl: downloaded,
  }[rules]
  const isScraped = monitor !== 'none'
  const falco = {
    engine:
      driver === 'kmod'
        ? { kind: 'kmod', kmod: { buf_size_preset: 4 } }
        : { kind: 'modern_ebpf', modern_ebpf: { buf_size_preset: 4, cpus_for_each_buffer: 2 } },
    rules_files: [rulesFile],
    watch_config_files: false,
    priority: minimumPriority,
    load_plugins: containers ? ['container'] : [],
    ...(containers && { plugins: [containerPlugin(answers)] }),
    append_output: [{ suggested_output: true }],
    time_format_iso_8601: true,
    json_output: true,
    json_include_tags_property: true,
    stdout_output: { enabled: true },
    syslog_output: { enabled: false },
    ...(eventUrl && { http_output: { enabled: true, url: eventUrl, insecure: false, keep_alive: true } }),
    log_stderr: true,
    log_syslog: false,
    log_level: 'info',
    webserver: {
      enabled: true,
      listen_port: 8765,
      k8s_healthz_endpoint: '/healthz',
      prometheus_metrics_enabled: isScraped,
    },
    ...(isScraped && { metrics: { enabled: true, interval: '1m', output_rule: false } }),
    syscall_event_drops: { threshold: 0.1, actions: ['log', 'alert'], rate: 0.03333, max_burst: 1 },
  }
  const falcoYaml = writeValue(falco, {
    comments: {
      'engine.kind':
        driver === 'kmod'
          ? 'Loaded by the init container.'
          : 'Part of Falco: nothing is downloaded or built.',
      ...(driver !== 'kmod' && {
        'engine.modern_ebpf.cpus_for_each_buffer': 'One buffer of 8 MiB for two CPUs.',
      }),
      watch_config_files: 'When the ConfigMap changes, so do the pods.',
      append_output: 'Each event names its container and pod, where the plugin for containers is loaded.',
      syscall_event_drops: 'When the kernel is faster than Falco, that is an event too.',
      ...(isScraped && { 'metrics.output_rule': 'Counters are for /metrics, not for the events.' }),
    },
  })
  return {
    'falco.yaml': falcoYaml,
    ...(rules === 'own' && { 'rules.yaml': falcoRules(containers) }),
    ...(rules === 'falcoctl' && {
      'falcoctl.yaml': writeValue({
        indexes: [
          {
            name: 'falcosecurity',
            url: 'https://falcosecurity.github.io/falcoctl/index.yaml',
            backend: 'https',
          },
        ],
      }),
    }),
  }
}

/** Only the chosen runtime: for each socket that is missing, the plugin would log an error. */
function containerPlugin({ runtime }: Answers): object {
  const { socket, engine } = runtimes[runtime]
  const off = { enabled: false }
  return {
    name: 'container',
    library_path: 'libcontainer.so',
    init_config: {
      label_max_len: 100,
      with_size: false,
      hooks: ['create'],
      engines: {
        docker: off,
        podman: off,
        containerd: off,
        cri: off,
        lxc: off,
        libvirt_lxc: off,
        bpm: off,
        [engine]: { enabled: true, sockets: [socket] },
      },
    },
  }
}

function mistakeInArtifact(value: string): string | undefined {
  if (!/^[a-z0-9][a-z0-9._:/-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/.test(value))
    return `'${value}' is no artifact with a version, such as ghcr.io/falcosecurity/rules/falco-rules:5.1.0`
  return /:(latest|\d+|\d+\.\d+)$/.test(value)
    ? `The version of ${value} moves: nodes that start at different times would have different rules. Name one, such as 5.1.0`
    : undefined
}
