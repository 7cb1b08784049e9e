import type { EnvVar } from 'kubernetes-types/core/v1.js'
import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { oneEndpoint } from '../explained.ts'
import { firstOf, mistakeInPath, sentence } from '../formats.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { hostPath } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { unprivileged } from '../kit/security.ts'
import { confirm, list, select, text } from '../questions.ts'
import type { AgentContainer } from '../types.ts'

const rootfs = '/host/root'
const textfiles = '/textfile'
const port = 9100
/** Where node-exporter listens when a proxy stands before it. */
const innerPort = 9101

export default definePreset({
  name: 'node-exporter',
  title: 'node-exporter',
  category: 'monitoring',
  summary: 'measures the hardware and the kernel of its node for Prometheus',
  homepage: 'https://github.com/prometheus/node_exporter',
  images: {
    agent: { repository: 'quay.io/prometheus/node-exporter', tag: 'v1.12.1' },
    proxy: { repository: 'quay.io/brancz/kube-rbac-proxy', tag: 'v0.22.1' },
  },
  namespace: 'monitoring',
  controlPlane: true,
  tolerations: ['all:NoSchedule'],
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '50m', memory: '64Mi', memoryLimit: '180Mi' },
  priorityClass: 'own',
  why: {
    rollout:
      "Its port is the node's, so one pod goes before the other comes. A gap of seconds in what is measured harms nobody.",
    tolerations: 'Nodes with taints are to be measured too.',
    resources: 'No CPU limit: a scrape that is slowed down times out just when the node is busy.',
  },
  metrics: true,
  questions: {
    listen: select({
      message: 'On which addresses of the node shall it listen?',
      help: "Where it listens: the node's own address, or all of them",
      default: 'host-ip',
      choices: [
        { value: 'host-ip', label: "The node's own address", hint: 'the one that the cluster knows it by' },
        { value: 'all', label: 'All', hint: 'public ones too' },
      ],
    }),
    rbacProxy: confirm({
      message: 'Only for those whom the API server allows it? (kube-rbac-proxy before it, with TLS)',
      help: 'Put kube-rbac-proxy before it: TLS, and only those who may read /metrics',
      default: false,
    }),
    collectors: list({
      message: 'Which collectors beside those that are on by default? (none: without)',
      help: 'Collectors to turn on beside the default ones: processes,ksmd',
      value: 'NAME',
      default: [],
      check: (values) => firstOf(values, mistakeInOptional),
    }),
    withoutCollectors: list({
      message: 'Which collectors of the default ones without? (none: without)',
      help: 'Collectors to turn off that are on by default: nfs,zfs',
      value: 'NAME',
      default: [],
      check: (values) => firstOf(values, mistakeInDefault),
    }),
    textfileDir: text({
      message: 'A folder of the node with metrics in files (*.prom)? (none: without)',
      help: 'Folder of the node whose *.prom files it serves too; empty for none',
      value: 'FOLDER',
      optional: true,
      default: '',
      check: (value) => (value === '' ? undefined : sentence(value, mistakeInPath(value))),
    }),
  },
  variants: {
    'all-addresses': { listen: 'all' },
    'rbac-proxy': { rbacProxy: true, monitor: 'service-monitor' },
    'rbac-proxy-all-addresses': { rbacProxy: true, listen: 'all', monitor: 'service' },
    collectors: { collectors: ['processes', 'ksmd'], withoutCollectors: ['nfs', 'nfsd'] },
    textfile: { textfileDir: '/var/lib/node-exporter/textfile' },
  },
  notes: [
    'It takes port 9100 of every node: no other exporter may use it (with the proxy, 9101 on the loopback address too).',
    'Network policies do not hold what is on the host network. Whoever reaches the node reaches its metrics, unless a firewall or the proxy is before them.',
    'Whoever scrapes through the proxy needs get on the non-resource URL /metrics and sends the token of its account.',
    'Collectors that need more rights (perf, rapl, slabinfo) or D-Bus (systemd, logind) are not offered.',
    'Files for the text file collector are to be written elsewhere and moved into the folder, so that none is read half; they must be readable for everybody.',
  ],
  explained: {
    ...oneEndpoint,
    'kube-linter host-network, kube-linter host-pid, kube-linter sensitive-host-mounts':
      'What it measures is the network, the processes and the file systems of the node. It runs without rights, and can write nowhere.',
    'checkov CKV_K8S_26':
      "With `--rbac-proxy` the exporter itself is on the node's loopback only, and says so.",
    'checkov CKV_K8S_38': 'With `--rbac-proxy` the API server is asked who may see the metrics.',
  },
  build({ answers, image }) {
    const { listen, rbacProxy, monitor, textfileDir } = answers
    if (rbacProxy && monitor === 'pod-monitor')
      throw new ScaffoldError(
        'A PodMonitor cannot send the token that kube-rbac-proxy asks for. Take --monitor service-monitor, or --no-rbac-proxy.',
      )
    for (const name of answers.withoutCollectors)
      if (name === 'textfile' && textfileDir !== '')
        throw new ScaffoldError(
          '--textfile-dir needs the collector textfile. Leave it out of --without-collectors, or give no folder.',
        )
    const address = listen === 'all' ? `:${port}` : `[$(HOST_IP)]:${port}`
    const addressEnv: EnvVar[] = listen === 'all' ? [] : [fieldEnv('HOST_IP', 'status.hostIP')]
    const probe = rbacProxy ? { port: innerPort, host: '127.0.0.1' } : { port: 'metrics' }
    const exporter: AgentContainer = {
      name: 'node-exporter',
      args: [
        ...(rbacProxy
          ? [`--web.listen-address=127.0.0.1:${innerPort}`]
          : listen === 'all'
            ? []
            : [`--web.listen-address=${address}`]),
        `--path.rootfs=${rootfs}`,
        `--path.udev.data=${rootfs}/run/udev/data`,
        '--collector.filesystem.mount-points-exclude=^/(dev|proc|sys|run/.+|var/lib/(containerd|containers/storage|docker|kubelet/(pods|plugins))/.+)($|/)',
        `--collector.netdev.device-exclude=${podInterfaces}`,
        `--collector.netclass.ignored-devices=${podInterfaces}`,
        ...answers.collectors.map((name) => `--collector.${name}`),
        ...answers.withoutCollectors.map((name) => `--no-collector.${name}`),
        ...(textfileDir ? [`--collector.textfile.directory=${textfiles}`] : []),
      ],
      env: [goMemoryLimit(answers.memoryLimit), ...(rbacProxy ? [] : addressEnv)],
      ports: rbacProxy
        ? [{ name: 'inner', containerPort: innerPort, hostPort: innerPort, hostIP: '127.0.0.1' }]
        : [{ name: 'metrics', containerPort: port }],
      startupProbe: http('/', probe.port, { ...every(5, 5, 24), ...hostOf(probe) }),
      readinessProbe: http('/', probe.port, { ...every(10, 5, 3), ...hostOf(probe) }),
      livenessProbe: http('/', probe.port, { ...every(30, 5, 3), ...hostOf(probe) }),
      securityContext: unprivileged(65534),
      why: {
        args: 'Without the excludes every volume and every network interface of a pod would be a series of its own.',
        'env[GOMEMLIMIT]': 'Below the memory limit: it collects its garbage before the kernel kills it.',
        ...(listen === 'host-ip' &&
          !rbacProxy && {
            'env[HOST_IP]':
              'The address by which the cluster knows the node, and no other, such as a public one.',
          }),
      },
      mounts: [
        hostPath('root', '/', {
          type: 'Directory',
          at: rootfs,
          propagation: 'HostToContainer',
          why: 'For the sizes of file systems: at the path that --path.rootfs names, with what is mounted later.',
        }),
        ...(textfileDir
          ? [
              hostPath('textfile', textfileDir, {
                type: 'DirectoryOrCreate',
                at: textfiles,
                why: 'Where jobs of the node leave metrics of their own.',
              }),
            ]
          : []),
      ],
    }
    const proxy: AgentContainer = {
      name: 'kube-rbac-proxy',
      image: image('proxy'),
      args: [
        `--secure-listen-address=${address}`,
        `--upstream=http://127.0.0.1:${innerPort}/`,
        '--allow-paths=/metrics',
      ],
      env: addressEnv,
      ports: [{ name: 'https', containerPort: port }],
      readinessProbe: { tcpSocket: { port: 'https' }, ...every(10, 5, 3) },
      livenessProbe: { tcpSocket: { port: 'https' }, ...every(30, 5, 3) },
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
      securityContext: unprivileged(65532),
      why: {
        args: 'It asks the API server whether the caller may get /metrics. Its certificate is one that it makes itself.',
      },
    }
    return {
      containers: [exporter, ...(rbacProxy ? [proxy] : [])],
      pod: { hostNetwork: true, hostPID: true, dnsPolicy: 'Default' },
      why: {
        hostNetwork: 'The counters of network interfaces are those of the network it is in.',
        hostPID: "Which file systems there are it reads from the mounts of process 1, the node's.",
      },
      ...(rbacProxy && { rbac: { existing: 'system:auth-delegator' } }),
      metrics: rbacProxy
        ? { port, portName: 'https', path: '/metrics', scheme: 'https', asksForToken: true }
        : { port, portName: 'metrics', path: '/metrics' },
      next: rbacProxy
        ? [
            'Whoever scrapes needs the right to get the non-resource URL /metrics; the Prometheus of the operator has it in most installations.',
          ]
        : [],
    }
  },
})

/** Interfaces of pods, as network plug-ins name them (veth pairs, Calico, Cilium, Azure, AWS, GKE). */
const podInterfaces = '^(veth.*|cali[0-9a-f]+|lxc.+|azv.+|eni[0-9a-f]{11}|gke[0-9a-f]{11}|[0-9a-f]{15})$'

function hostOf({ host }: { host?: string }): { host?: string } {
  return host ? { host } : {}
}

/** On by default in v1.12, on Linux. */
const defaultCollectors = new Set(
  'arp bcache bcachefs bonding btrfs conntrack cpu cpufreq diskstats dmi dmmultipath edac entropy fibrechannel filefd filesystem hwmon infiniband ipvs kernel_hung loadavg mdadm meminfo netclass netdev netstat nfs nfsd nvme os powersupplyclass pressure rapl schedstat selinux sockstat softnet stat tapestats textfile thermal_zone time timex udp_queues uname vmstat watchdog xfs zfs'.split(
    ' ',
  ),
)

/** Off by default, and working with the rights that it has here. */
const optionalCollectors = new Set(
  'buddyinfo cgroups cpu_vulnerabilities drbd drm ethtool interrupts ksmd lnstat meminfo_numa mountstats network_route nvmesubsystem pcidevice processes qdisc softirqs swap sysctl tcpstat wifi xfrm zoneinfo'.split(
    ' ',
  ),
)

/** Off by default, with what they need and do not get here. */
const refusedCollectors: Record<string, string> = {
  logind: "the node's D-Bus",
  systemd: "the node's D-Bus",
  perf: 'the capability PERFMON',
  slabinfo: 'the user root',
  ntp: 'a time server, and is deprecated',
  runit: "runit's folder, and is deprecated",
  supervisord: 'the address of supervisord, and is deprecated',
}

function mistakeInOptional(name: string): string | undefined {
  if (optionalCollectors.has(name)) return undefined
  if (defaultCollectors.has(name)) return `The collector ${name} is on by default; leave it out`
  return refusedCollectors[name]
    ? `The collector ${name} needs ${refusedCollectors[name]}, which it does not get here`
    : `There is no collector '${name}'. Expected some of ${[...optionalCollectors].join(', ')}`
}

function mistakeInDefault(name: string): string | undefined {
  if (defaultCollectors.has(name)) return undefined
  return optionalCollectors.has(name) || refusedCollectors[name]
    ? `The collector ${name} is off by default; leave it out`
    : `There is no collector '${name}'. Expected some of ${[...defaultCollectors].join(', ')}`
}
