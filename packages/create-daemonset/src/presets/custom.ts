import type { Container, EnvVar, SecurityContext } from 'kubernetes-types/core/v1.js'
import type { CommonAnswers } from '../common-questions.ts'
import { selectorOf } from '../daemon-set.ts'
import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { firstOf, mistakeInPath } from '../formats.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, scratch, secretMount } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { privileged, rootWith, unprivileged } from '../kit/security.ts'
import {
  type Answers,
  type AnswersTo,
  confirm,
  list,
  number,
  type Questions,
  select,
  text,
} from '../questions.ts'
import type { AgentContainer, Keep, Manifest, Mount, PresetData, SecretPlaceholder } from '../types.ts'
import {
  egressOf,
  hostPathOf,
  mistakeInRules,
  type Port,
  portOf,
  rulesOf,
  secretOf,
  splitPath,
  volumeName,
} from './custom/grammar.ts'

/** Where the keys of Secrets are, as files. */
const secretFolder = '/etc/secrets'

const isLinux = ({ os }: Answers) => os === 'linux'
const isWindows = ({ os }: Answers) => os === 'windows'

const questions = {
  command: list({
    message: 'Which program does the image start? (words; none: its own)',
    help: 'Command, in place of that of the image',
    value: 'WORD',
    separator: 'none',
    default: [],
  }),
  args: list({
    message: 'With which arguments? (none: those of the image)',
    help: 'Arguments',
    value: 'WORD',
    separator: 'none',
    default: [],
  }),
  env: list({
    message: 'Which variables does it get? (NAME=VALUE; none: only NODE_NAME)',
    help: 'Environment variables beside NODE_NAME',
    value: 'NAME=VALUE',
    separator: 'none',
    default: [],
    check: (values) =>
      firstOf(values, (value) => {
        const name = value.split('=')[0]!
        if (!/^[A-Za-z_][\w.-]*=/.test(value)) return `'${value}' is no variable. Expected NAME=VALUE`
        if (name === 'NODE_NAME') return 'NODE_NAME is the name of the node, which it gets anyway'
        return /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY)$/i.test(name)
          ? `${name} belongs into a Secret, of which no value stands here: give --secrets SECRET/KEY and let it read ${secretFolder}/SECRET/KEY`
          : undefined
      }),
  }),
  secrets: list({
    message: `Which keys of Secrets does it read, as files below ${secretFolder}? (SECRET/KEY; none: without)`,
    help: `Keys of Secrets, as the files ${secretFolder}/SECRET/KEY`,
    value: 'SECRET/KEY',
    default: [],
    check: (values) =>
      firstOf(values, (value) =>
        secretOf(value) ? undefined : `'${value}' is no key of a Secret. Expected SECRET/KEY`,
      ),
  }),
  configFile: text({
    message: 'Which file configures it? (a path in the container; none: without)',
    help: 'Path in the container of a file from its ConfigMap',
    optional: true,
    value: 'PATH',
    default: '',
    check: (value) =>
      value === '' ||
      (/^([A-Za-z]:)?[\\/][\w.\\/+-]*[\\/][\w.-]+$/.test(value) &&
        !/[\\/]([\\/]|\.{0,2}([\\/]|$))/.test(value))
        ? undefined
        : `'${value}' is no path of a file below a folder, such as /etc/agent/agent.conf`,
  }),
  config: list({
    message: 'And what does it say? (lines)',
    help: 'Lines of that file',
    value: 'LINE',
    separator: 'none',
    when: ({ configFile }) => configFile !== '' && configFile !== undefined,
    default: ['log_level=info'],
    check: (lines) => (lines.length > 0 ? undefined : 'The file would be empty. Give a line at least'),
  }),
  health: select({
    message: 'How does it tell its health?',
    help: 'What its probes ask',
    default: 'http',
    choices: [
      { value: 'http', label: 'By HTTP' },
      { value: 'tcp', label: 'It accepts connections' },
      { value: 'none', label: 'Not at all', hint: 'then a rollout cannot see that it is broken' },
    ],
  }),
  healthPort: number({
    message: 'At which port?',
    help: 'Port of its probes',
    min: 1,
    max: 65535,
    when: ({ health }) => health !== 'none',
    default: 8080,
  }),
  livePath: text({
    message: 'At which path does it tell that it is alive?',
    help: 'Path that tells that it is alive',
    value: 'PATH',
    when: ({ health }) => health === 'http',
    default: '/healthz',
    check: checkUrlPath,
  }),
  readyPath: text({
    message: 'And that it is ready?',
    help: 'Path that tells that it is ready',
    value: 'PATH',
    when: ({ health }) => health === 'http',
    default: ({ livePath }) => String(livePath),
    check: checkUrlPath,
  }),
  ports: list({
    message: 'Which other ports has it? (NAME=PORT, with :HOSTPORT and /udp as needed; none: without)',
    help: 'Ports beside that of its health: NAME=PORT[:HOSTPORT][/udp]',
    value: 'PORT',
    default: [],
    check: (values, { health, healthPort }) =>
      firstOf(values, (value) =>
        portOf(value)
          ? undefined
          : `'${value}' is no port. Expected NAME=PORT, NAME=PORT:HOSTPORT or NAME=PORT/udp, with a name of at most 15 letters, digits and hyphens`,
      ) ?? mistakeInPorts(values, health === 'none' ? undefined : Number(healthPort)),
  }),
  service: confirm({
    message: 'A Service, by which pods reach the daemon of their own node?',
    help: 'A Service that leads to the daemon of the own node',
    when: ({ ports }) => Array.isArray(ports) && ports.length > 0,
    default: false,
  }),
  metricsPort: number({
    message: 'At which port are its metrics?',
    help: 'Port of its metrics',
    min: 1,
    max: 65535,
    when: ({ monitor }) => monitor !== 'none',
    default: ({ health, healthPort }) => (health === 'none' ? 9090 : Number(healthPort)),
  }),
  metricsPath: text({
    message: 'And at which path?',
    help: 'Path of its metrics',
    value: 'PATH',
    when: ({ monitor }) => monitor !== 'none',
    default: '/metrics',
    check: checkUrlPath,
  }),
  hostPaths: list({
    message:
      'Which paths of the node does it see? (PATH[:AT][:ro|rw][:directory|create|file|socket|device]; none: without)',
    help: 'Paths of the node, read-only unless rw: PATH[:AT][:ro|rw][:TYPE]',
    value: 'PATH',
    default: [],
    check: (values, { os }) =>
      firstOf(values, (value) => {
        const found = hostPathOf(value)
        if (!found)
          return `'${value}' is no path of the node. Expected PATH[:AT][:ro|rw][:directory|create|file|socket|device], such as /var/log:/host/log:ro`
        return (os === 'windows') === found.path.startsWith('/')
          ? `'${found.path}' is no path of a ${os === 'windows' ? 'Windows' : 'Linux'} node`
          : undefined
      }),
  }),
  stateDir: text({
    message: 'In which folder of the node does it keep what shall outlive the pod? (none: nothing)',
    help: 'Folder of the node for what outlives the pod',
    optional: true,
    value: 'PATH',
    when: isLinux,
    default: '',
    check: (value) => {
      const mistake =
        value === ''
          ? undefined
          : (mistakeInPath(value) ?? (isOfTheSystem(value) ? "is the system's" : undefined))
      return mistake && `'${value}' ${mistake}. Expected a folder of its own, such as /var/lib/agent`
    },
  }),
  stateAt: text({
    message: 'And where does it see it?',
    help: 'Path of that folder in the container',
    value: 'PATH',
    when: ({ stateDir }) => Boolean(stateDir),
    default: ({ stateDir }) => String(stateDir ?? ''),
    check: (value) => {
      const mistake = mistakeInPath(value)
      return mistake && `'${value}' ${mistake}`
    },
  }),
  writableDirs: list({
    message: 'To which other folders of its own does it write, such as /tmp? (none: to none)',
    help: 'Folders of its own that it writes to, gone with the pod',
    value: 'PATH',
    when: isLinux,
    default: [],
    check: (values) =>
      firstOf(values, (value) => {
        const mistake = mistakeInPath(value)
        return mistake && `'${value}' ${mistake}. Expected a folder in the container, such as /tmp`
      }),
  }),
  hostProcess: confirm({
    message: 'As a process of the node itself (HostProcess)? It needs that to change the node',
    help: 'As a process of the Windows node itself',
    when: isWindows,
    default: false,
  }),
  hostNetwork: confirm({
    message: 'On the network of the node?',
    help: 'On the network of the node',
    default: ({ hostProcess }) => hostProcess === true,
  }),
  hostPid: confirm({
    message: 'With the processes of the node in sight?',
    help: 'With the processes of the node in sight',
    when: isLinux,
    default: false,
  }),
  privileged: confirm({
    message: 'With all rights on the node (privileged)?',
    help: 'With all rights on the node',
    when: isLinux,
    default: false,
  }),
  capabilities: list({
    message: 'With which capabilities, as root? (NET_ADMIN, SYS_PTRACE …; none: without)',
    help: 'Capabilities, as root',
    value: 'NAME',
    when: (answers) => isLinux(answers) && answers.privileged !== true,
    default: [],
    check: (values) =>
      firstOf(values, (value) => {
        if (/^CAP_/i.test(value)) return `'${value}' is written without CAP_: ${value.slice(4).toUpperCase()}`
        if (value === 'ALL') return "'ALL' is everything. Name those that it needs"
        return /^[A-Z][A-Z_]+$/.test(value) ? undefined : `'${value}' is no capability, such as NET_ADMIN`
      }),
  }),
  user: number({
    message: 'As which user? (0: root)',
    help: 'User id; 0 is root',
    min: 0,
    max: 2147483647,
    when: isLinux,
    default: ({ capabilities, privileged }) =>
      privileged === true || (Array.isArray(capabilities) && capabilities.length > 0) ? 0 : 65532,
    check: (value, { capabilities, privileged }) =>
      value !== 0 && (privileged === true || (Array.isArray(capabilities) && capabilities.length > 0))
        ? `Capabilities count for root alone here: with them the user is 0, not ${value}`
        : undefined,
  }),
  readOnlyRoot: confirm({
    message: 'Can its image be read-only? (it writes to the folders above only)',
    help: 'It cannot write to its image',
    when: isLinux,
    default: true,
  }),
  clusterRules: text({
    message:
      "What may it ask the API server, in all namespaces? ('get,list pods,nodes; watch …'; none: nothing)",
    help: "Its rights in all namespaces: 'VERBS RESOURCES; …'",
    optional: true,
    value: 'RULES',
    default: '',
    check: mistakeInRules,
  }),
  namespaceRules: text({
    message: 'And in its own namespace? (none: nothing)',
    help: "Its rights in its own namespace: 'VERBS RESOURCES; …'",
    optional: true,
    value: 'RULES',
    default: '',
    check: mistakeInRules,
  }),
  egress: list({
    message: 'To which ports does it connect? (PORT[/udp]; none: only DNS and the API server)',
    help: 'Ports that it connects to: for the NetworkPolicy',
    value: 'PORT',
    when: ({ networkPolicy }) => networkPolicy === true,
    default: [],
    check: (values) =>
      firstOf(values, (value) =>
        egressOf(value) ? undefined : `'${value}' is no port, such as 4317 or 514/udp`,
      ),
  }),
  gracePeriod: number({
    message: 'How long may it take to stop? (seconds)',
    help: 'How long it may take to stop',
    unit: 'seconds',
    min: 1,
    max: 3600,
    default: 30,
  }),
} satisfies Questions

type OwnAnswers = CommonAnswers & AnswersTo<typeof questions>

const data: Omit<PresetData, 'variants'> = {
  name: 'custom',
  title: 'Own daemon',
  category: 'custom',
  summary: 'runs a program of your own on each node',
  asksEverything: true,
  images: {
    agent: { repository: '', tag: '' },
    helper: { repository: 'docker.io/library/busybox', tag: '1.37.0' },
  },
  objectName: 'node-agent',
  namespace: 'node-agents',
  nodes: { systems: ['linux', 'windows'] },
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10, surge: true },
  resources: { cpu: '50m', memory: '64Mi', memoryLimit: '128Mi' },
  priorityClass: 'own',
  why: {
    rollout: 'A tenth of the nodes at once: a broken version stops there.',
    priority: 'It fits one node only: without a class it waits where other pods fill that node first.',
    resources: 'A start: look at what it uses, and set these to it.',
    controlPlane: 'The nodes of the control plane are nodes too.',
  },
  metrics: true,
  podNetwork: true,
  notes: [
    'Everything that the node and the cluster give is asked for; without an answer it gets nothing: no path, no right, no token, no user but one without rights.',
    `Values of Secrets are read from files below ${secretFolder}; the Secrets come with REPLACE_ME.`,
    'A folder of the node for its state is given to its user by a small container that runs first.',
    'What it changes on the node stays there when the DaemonSet is deleted.',
    'Windows nodes have no users as Linux has, no capabilities and no read-only root; as a HostProcess it has the node.',
  ],
  example: { image: 'registry.example.com/agent:1.4.2' },
}

export default definePreset({
  ...data,
  questions,
  variants: {
    windows: { os: 'windows', hostPaths: ['C:\\ProgramData\\agent:C:\\agent:ro'] },
    'host-process': {
      image: 'registry.example.com/gpu-driver-installer:1.4.2',
      os: 'windows',
      hostProcess: true,
      configFile: 'C:/agent/agent.conf',
    },
    reader: {
      hostPaths: ['/var/log:/host/log:ro', '/etc/machine-id:ro:file'],
      user: 0,
      env: ['LOG_LEVEL=info'],
      args: ['--config=/etc/agent/agent.conf'],
      configFile: '/etc/agent/agent.conf',
      config: ['log_level=info', 'paths=/host/log'],
      secrets: ['agent-credentials/token', 'agent-credentials/ca.crt'],
    },
    state: { stateDir: '/var/lib/agent', writableDirs: ['/tmp', '/var/cache/agent'] },
    network: {
      image: 'registry.example.com/own-cni:1.4.2',
      hostNetwork: true,
      capabilities: ['NET_ADMIN'],
      ports: ['control=9400', 'data=9401/udp'],
      metricsPort: 9400,
      monitor: 'pod-monitor',
    },
    rights: {
      clusterRules: 'get,list,watch pods,nodes; get deployments.apps',
      namespaceRules: 'get,update leases.coordination.k8s.io',
    },
    gateway: {
      ports: ['otlp=4317:4317', 'syslog=5140/udp'],
      service: true,
      networkPolicy: true,
      egress: ['4317', '514/udp'],
    },
    surge: { maxSurge: '10%', health: 'tcp' },
    'no-probes': { health: 'none', readOnlyRoot: false },
    device: {
      image: 'registry.example.com/fpga-device-plugin:1.4.2',
      privileged: true,
      hostPid: true,
      hostPaths: ['/var/lib/kubelet/device-plugins:rw'],
    },
    'node-critical': { priorityClass: 'system-node-critical', namespace: 'kube-system' },
  },
  explained: {
    'kube-linter host-network, kube-linter host-pid, kube-linter privileged-container, kube-linter run-as-non-root, checkov CKV_K8S_25, checkov CKV_K8S_26':
      'Only what was asked for, by flags such as `--host-network`, `--privileged`, `--user` and `--ports`; by default it has none of it.',
    'kube-linter no-read-only-root-fs': '`--no-read-only-root` asks for it, and Windows knows nothing else.',
    'checkov CKV_K8S_30, checkov CKV_K8S_31, kube-score container-ephemeral-storage-request-and-limit':
      'On Windows there are neither capabilities nor seccomp, and the size of a container of its own would count towards a limit.',
    'checkov CKV_K8S_8, checkov CKV_K8S_9': '`--health none` is for agents that cannot be asked.',
    'checkov CKV_K8S_38':
      'With `--cluster-rules` or `--namespace-rules` it asks the API server, and may no more than these say.',
    'kube-score pod-probes-identical':
      '`--ready-path` tells readiness apart, where the agent does; an open port cannot.',
  },
  build({ answers, image }) {
    refuse(answers)
    const isOnWindows = answers.os === 'windows'
    const ports = answers.ports.map((value) => portOf(value)!)
    const mounts = mountsOf(answers)
    const { configFile, stateDir, user } = answers
    const state = stateDir
      ? hostPath('state', stateDir, {
          type: 'DirectoryOrCreate',
          at: answers.stateAt,
          writable: true,
          why: 'What it keeps outlives the pod.',
        })
      : undefined
    const metricsName = portNameOf(answers, ports)
    const rules = {
      ...(answers.clusterRules && { cluster: rulesOf(answers.clusterRules) }),
      ...(answers.namespaceRules && { namespace: rulesOf(answers.namespaceRules) }),
    }
    const container: AgentContainer = {
      name: 'agent',
      ...(answers.command.length > 0 && { command: answers.command }),
      ...(answers.args.length > 0 && { args: answers.args }),
      env: [fieldEnv('NODE_NAME', 'spec.nodeName'), ...answers.env.map(variableOf)],
      ...portsOf(answers, ports),
      ...probesOf(answers),
      ...(!isOnWindows && { securityContext: securityOf(answers) }),
      mounts: [...mounts, ...(state ? [state] : [])],
    }
    return {
      ...(state && user !== 0 && { initContainers: [stateOwner(state, user, image('helper'))] }),
      containers: [container],
      pod: {
        terminationGracePeriodSeconds: answers.gracePeriod,
        ...(answers.hostNetwork && {
          hostNetwork: true,
          ...(!isOnWindows && { dnsPolicy: 'ClusterFirstWithHostNet' }),
        }),
        ...(answers.hostPid && { hostPID: true }),
        ...(isOnWindows && {
          os: { name: 'windows' },
          securityContext: {
            windowsOptions: answers.hostProcess
              ? { hostProcess: true, runAsUserName: 'NT AUTHORITY\\system' }
              : { runAsUserName: 'ContainerUser' },
          },
        }),
      },
      why: {
        ...(answers.hostNetwork &&
          !isOnWindows && { dnsPolicy: 'Without it, names of Services are unknown there.' }),
      },
      ...(configFile && { config: { [splitPath(configFile).file]: `${answers.config.join('\n')}\n` } }),
      secrets: secretsOf(answers),
      ...(Object.keys(rules).length > 0 && {
        rbac: { ...rules, why: 'What it was said to need, and no more.' },
      }),
      ...(answers.monitor !== 'none' && {
        metrics: { port: answers.metricsPort, portName: metricsName, path: answers.metricsPath },
      }),
      ingress: ports.map(({ port, protocol }) => ({ port, protocol })),
      egress: answers.egress.map((value) => egressOf(value)!),
      extras: answers.service ? [serviceOf(answers, ports)] : [],
      keep: keepOf(answers),
    }
  },
})

function checkUrlPath(value: string): string | undefined {
  return /^\/[\w./~-]*$/.test(value) ? undefined : `'${value}' is no path of a URL, such as /healthz`
}

function mistakeInPorts(values: string[], healthPort: number | undefined): string | undefined {
  const seen = new Set<string>()
  for (const value of values) {
    const found = portOf(value)
    if (!found) continue
    const { name, port, protocol } = found
    if (name === 'health' || name === 'metrics')
      return `The name '${name}' is taken: that port has a question of its own`
    if (port === healthPort && protocol === 'TCP')
      return `Port ${port} is that of its health; leave it out here`
    for (const key of [name, `${port}/${protocol}`]) {
      if (seen.has(key)) return `'${value}' names a port that was named before`
      seen.add(key)
    }
  }
  return undefined
}

/** What does not go together. */
function refuse({
  os,
  hostProcess,
  hostNetwork,
  networkPolicy,
  maxSurge,
  stateDir,
  stateAt,
  hostPaths,
  writableDirs,
  configFile,
  env,
  ports,
}: OwnAnswers): void {
  const hasHostPort = ports.some((value) => portOf(value)!.hostPort !== undefined)
  if (hasHostPort && hostNetwork)
    throw new ScaffoldError(
      "On the network of the node its ports are the node's anyway: leave out the host ports of --ports, or --host-network.",
    )
  if (hostProcess && !hostNetwork)
    throw new ScaffoldError(
      'A HostProcess is on the network of its node: --host-process needs --host-network.',
    )
  if (os === 'windows' && hostNetwork && !hostProcess)
    throw new ScaffoldError(
      'On Windows only a HostProcess can be on the network of the node: add --host-process.',
    )
  if (networkPolicy && hostNetwork)
    throw new ScaffoldError(
      'A NetworkPolicy has no effect on the network of the node: leave out --network-policy or --host-network.',
    )
  const mounted = [
    ...hostPaths.map((value) => hostPathOf(value)!.at),
    ...writableDirs,
    ...(stateDir ? [stateAt] : []),
    ...(configFile ? [configFile] : []),
  ]
  const twice = mounted.find((path, index) => mounted.indexOf(path) !== index)
  if (twice !== undefined)
    throw new ScaffoldError(
      `Two things would be mounted at ${twice}, of --host-paths, --writable-dirs, --state-at and --config-file. Give each a place of its own.`,
    )
  const names = env.map((value) => variableOf(value).name)
  const variable = names.find((name, index) => names.indexOf(name) !== index)
  if (variable !== undefined) throw new ScaffoldError(`The variable ${variable} of --env is given twice.`)
  const isSurge = !/^0+%?$/.test(maxSurge)
  if (isSurge && (hostNetwork || stateDir || hasHostPort))
    throw new ScaffoldError(
      'With --max-surge the old and the new pod are on a node at once: they cannot share its ports, its network or a folder for state.',
    )
}

/** Folders whose owner must not become the daemon. */
function isOfTheSystem(path: string): boolean {
  return /^\/+((bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|var\/(lib|log|run))\/*)?$/.test(
    path,
  )
}

function variableOf(value: string): EnvVar {
  const at = value.indexOf('=')
  return { name: value.slice(0, at), value: value.slice(at + 1) }
}

function portNameOf({ health, healthPort, metricsPort }: OwnAnswers, ports: Port[]): string {
  if (health !== 'none' && healthPort === metricsPort) return 'health'
  return ports.find(({ port, protocol }) => port === metricsPort && protocol === 'TCP')?.name ?? 'metrics'
}

function portsOf(answers: OwnAnswers, ports: Port[]): Pick<Container, 'ports'> {
  const { health, healthPort, metricsPort, monitor } = answers
  const all = [
    ...(health === 'none' ? [] : [{ name: 'health', containerPort: healthPort }]),
    ...ports.map(({ name, port, hostPort, protocol }) => ({
      name,
      containerPort: port,
      ...(hostPort !== undefined && { hostPort }),
      protocol,
    })),
    ...(monitor !== 'none' && portNameOf(answers, ports) === 'metrics'
      ? [{ name: 'metrics', containerPort: metricsPort }]
      : []),
  ]
  return all.length > 0 ? { ports: all } : {}
}

function probesOf({ health, livePath, readyPath }: OwnAnswers): Partial<Container> {
  if (health === 'none') return {}
  const ask = (path: string, timing: object) =>
    health === 'http' ? http(path, 'health', timing) : { tcpSocket: { port: 'health' }, ...timing }
  return {
    startupProbe: ask(livePath, every(5, 5, 24)),
    readinessProbe: ask(readyPath, every(10, 5, 3)),
    livenessProbe: ask(livePath, every(30, 5, 3)),
  }
}

function securityOf(answers: OwnAnswers): SecurityContext {
  const { user, capabilities, readOnlyRoot } = answers
  if (answers.privileged) return privileged({ readOnlyRootFilesystem: readOnlyRoot })
  const context = user === 0 ? rootWith(...capabilities) : unprivileged(user)
  return readOnlyRoot ? context : { ...context, readOnlyRootFilesystem: false }
}

function mountsOf({ name, configFile, secrets, hostPaths, writableDirs, os }: OwnAnswers): Mount[] {
  const taken = new Set(['config', 'state'])
  const named = (path: string) => {
    const volume = volumeName(path, taken)
    taken.add(volume)
    return volume
  }
  return [
    // The file alone: a folder would hide what the image has beside it.
    ...(configFile
      ? [
          os === 'windows'
            ? configMount(name, splitPath(configFile).folder)
            : configMount(name, configFile, { subPath: splitPath(configFile).file }),
        ]
      : []),
    ...[...keysBySecret(secrets)].map(([secret, keys]) =>
      secretMount(secret, os === 'windows' ? `C:${secretFolder}/${secret}` : `${secretFolder}/${secret}`, {
        volume: named(secret.replaceAll('.', '-')),
        items: keys.map((key) => ({ key, path: key })),
      }),
    ),
    ...hostPaths.map((value) => {
      const { path, at, writable, type } = hostPathOf(value)!
      return hostPath(named(path), path, { at, writable, type })
    }),
    ...writableDirs.map((path) => scratch(named(path), path, { sizeLimit: '64Mi' })),
  ]
}

function keysBySecret(secrets: string[]): Map<string, string[]> {
  const keys = new Map<string, string[]>()
  for (const { secret, key } of secrets.map((value) => secretOf(value)!))
    keys.set(secret, [...new Set([...(keys.get(secret) ?? []), key])])
  return keys
}

/** Gives the folder for the state to the user, for the kubelet makes it for root. */
function stateOwner(state: Mount, user: number, image: string): AgentContainer {
  return {
    name: 'own-state',
    image,
    command: ['chown', `${user}:${user}`, state.mount.mountPath],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
    securityContext: rootWith('CHOWN'),
    why: { command: 'The kubelet makes the folder for root; the daemon is another user.' },
    mounts: [state],
  }
}

function secretsOf({ secrets }: OwnAnswers): SecretPlaceholder[] {
  return [...keysBySecret(secrets)].map(([name, keys]) => ({
    name,
    keys: Object.fromEntries(
      keys.map((key) => [key, `The daemon reads it at ${secretFolder}/${name}/${key}.`]),
    ),
  }))
}

function serviceOf(answers: OwnAnswers, ports: Port[]): Manifest {
  const { name, namespace } = answers
  const labels = selectorOf({ ...data, name: 'custom' } as PresetData, answers)
  return {
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${name}-local`, namespace, labels },
      spec: {
        internalTrafficPolicy: 'Local',
        selector: labels,
        ports: ports.map((port) => ({
          name: port.name,
          port: port.port,
          protocol: port.protocol,
          targetPort: port.name,
        })),
      },
    },
    comments: { 'spec.internalTrafficPolicy': 'Only to the daemon of the node that the caller is on.' },
  }
}

function keepOf(answers: OwnAnswers): Keep[] {
  const { health, readOnlyRoot, os, ports, stateDir, user } = answers
  const keep = [
    ...(health === 'none'
      ? ['readiness-probe', 'liveness-probe'].map((rule) => ({
          rule,
          path: 'containers[agent]',
          reason: 'it has nothing that a probe could ask',
        }))
      : []),
    ...(readOnlyRoot || os === 'windows'
      ? []
      : [
          {
            rule: 'read-only-root',
            path: 'containers[agent].securityContext.readOnlyRootFilesystem',
            reason: 'it writes to its image',
          },
        ]),
    ...ports.flatMap((value) => {
      const { name, hostPort } = portOf(value)!
      return hostPort === undefined
        ? []
        : [
            {
              rule: 'host-port',
              path: `containers[agent].ports[${name}].hostPort`,
              reason: "those who call it know the node's address only",
            },
          ]
    }),
    ...(stateDir && user !== 0
      ? [
          {
            rule: 'run-as-non-root',
            path: 'initContainers[own-state].securityContext.runAsUser',
            reason: 'only root can give the folder away; it does that and ends',
          },
        ]
      : []),
  ]
  // More than three rules is much to keep silent about: of the others the linter speaks.
  const rules = [...new Set(keep.map(({ rule }) => rule))].slice(0, 3)
  return keep.filter(({ rule }) => rules.includes(rule))
}
