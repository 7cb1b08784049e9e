import type { EnvVar } from 'kubernetes-types/core/v1.js'
import type { PolicyRule } from 'kubernetes-types/rbac/v1.js'
import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { asksApi } from '../explained.ts'
import { mistakeInLabel, mistakeInName, mistakeInPath, sentence } from '../formats.ts'
import { fieldEnv, secretEnv } from '../kit/env.ts'
import { hostPath, mountedAt, scratch } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { rootWith, unprivileged } from '../kit/security.ts'
import { type Answers, confirm, select, text } from '../questions.ts'
import type { AgentContainer, Mount } from '../types.ts'
import { forSeLinux, keepSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const sockets = '/var/run/datadog'
const settings = '/etc/datadog-agent'
const tokenFolder = `${settings}/auth`
const healthPort = 5555
const tracePort = 8126

export default definePreset({
  name: 'datadog',
  title: 'Datadog Agent',
  category: 'monitoring',
  summary: 'sends metrics, traces and logs of its node and its pods to Datadog',
  homepage: 'https://docs.datadoghq.com/containers/kubernetes/',
  images: { agent: { repository: 'registry.datadoghq.com/agent', tag: '7.81.1' } },
  namespace: 'datadog',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 15 },
  resources: { cpu: '200m', memory: '256Mi', memoryLimit: '512Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would share sockets and positions, so one goes before the other comes; a tenth of the nodes at once.',
    priority:
      'It fits this node only, and when the node shuts down it stops after those that send it traces and logs.',
    resources: 'No CPU limit: an agent that is slowed down drops traces and falls behind with logs.',
    grace: 'Time to send what it has gathered.',
    controlPlane: 'The control plane has a host and pods too.',
  },
  podNetwork: true,
  questions: {
    site: select({
      message: 'At which site of Datadog is your account?',
      help: 'Site of Datadog that the data goes to',
      default: 'datadoghq.com',
      choices: [
        { value: 'datadoghq.com', label: 'US1' },
        { value: 'us3.datadoghq.com', label: 'US3' },
        { value: 'us5.datadoghq.com', label: 'US5' },
        { value: 'datadoghq.eu', label: 'EU1' },
        { value: 'ap1.datadoghq.com', label: 'AP1' },
        { value: 'ap2.datadoghq.com', label: 'AP2' },
        { value: 'ddog-gov.com', label: 'US1-FED' },
      ],
    }),
    apiKeySecret: text({
      message: 'In which Secret is the API key? (key: api-key)',
      help: 'Secret with the API key, under the key api-key',
      value: 'NAME',
      default: ({ name }) => `${name}-api-key`,
      check: (value) => sentence(value, mistakeInName(value)),
    }),
    clusterName: text({
      message: 'What shall the cluster be called in Datadog? (none: as the cloud calls it)',
      help: 'Name of the cluster in Datadog; empty for what the cloud says',
      value: 'NAME',
      optional: true,
      default: '',
      check: (value) => (value === '' ? undefined : mistakeInClusterName(value)),
    }),
    apm: confirm({
      message: 'Traces of applications (APM)?',
      help: 'Take traces of applications, by a socket and by port 8126 of the pod',
      default: true,
    }),
    dogstatsd: confirm({
      message: 'Metrics of applications (DogStatsD)?',
      help: 'Take metrics of applications, by a socket',
      default: true,
    }),
    originDetection: confirm({
      message: "Tell by its process which pod sent a metric? (needs the node's process namespace)",
      help: 'Tell by its process which pod sent a metric; needs hostPID',
      when: is('dogstatsd', true),
      default: false,
    }),
    logs: confirm({
      message: 'Logs of containers?',
      help: 'Read logs of containers',
      default: false,
    }),
    allLogs: confirm({
      message: 'Of all containers? (no: only of pods that say so by an annotation)',
      help: 'Read the logs of all containers, not only where an annotation of the pod says so',
      when: is('logs', true),
      default: true,
    }),
    processes: confirm({
      message: 'The processes of the node, with their arguments?',
      help: 'List the processes of the node; their arguments are scrubbed of known secrets only',
      default: false,
    }),
    clusterAgent: confirm({
      message: 'Is there a Datadog Cluster Agent, which asks the API server for all of them?',
      help: 'Ask a Datadog Cluster Agent in the same namespace instead of the API server',
      default: false,
    }),
    clusterAgentService: text({
      message: 'What is its Service called?',
      help: 'Service of the Cluster Agent, in the same namespace',
      value: 'NAME',
      when: is('clusterAgent', true),
      default: 'datadog-cluster-agent',
      check: (value) => sentence(value, mistakeInLabel(value)),
    }),
    clusterAgentSecret: text({
      message: 'In which Secret is the token that both know? (key: token)',
      help: 'Secret with the token of the Cluster Agent, under the key token; made with the Cluster Agent',
      value: 'NAME',
      when: is('clusterAgent', true),
      default: 'datadog-cluster-agent',
      check: (value) => sentence(value, mistakeInName(value)),
    }),
    events: confirm({
      message: 'Events of Kubernetes? (one of the agents sends them for all)',
      help: 'Send the events of Kubernetes; one agent is elected for that',
      when: is('clusterAgent', false),
      default: true,
    }),
    kubeletVerify: confirm({
      message: "Are the kubelets' certificates signed by the cluster's CA? (kubeadm's are not by default)",
      help: "Verify the kubelet's certificate with the cluster's CA",
      default: true,
    }),
    runtimeSocket: text({
      message: "Where is the container runtime's socket on the node? (none: do without)",
      help: 'Socket of the container runtime, for metrics of containers; empty to do without',
      value: 'FILE',
      optional: true,
      default: '/run/containerd/containerd.sock',
      check: (value) => (value === '' ? undefined : mistakeInSocket(value)),
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    logs: { logs: true },
    'chosen-logs': { logs: true, allLogs: false, apm: false },
    'cluster-agent': { clusterAgent: true, logs: true, clusterName: 'production' },
    'metrics-only': { apm: false, dogstatsd: false, events: false, runtimeSocket: '' },
    everything: {
      logs: true,
      processes: true,
      originDetection: true,
      kubeletVerify: false,
      runtimeSocket: '/run/k3s/containerd/containerd.sock',
    },
    selinux: { selinux: true, logs: true, networkPolicy: true },
  },
  scope:
    "The node's agent with traces, DogStatsD, logs and processes. Datadog's Operator and chart add the Cluster Agent, cluster checks, admission control, and what needs rights in the kernel (system-probe: network monitoring, runtime security), which is not here.",
  notes: [
    "Applications find the sockets when they mount the node's /var/run/datadog: apm.socket and dsd.socket.",
    'Traces can also go to port 8126 of the agent on the same node, by a Service with internalTrafficPolicy: Local; no port of the node is taken.',
    'It asks the kubelet with rights of its own (nodes/pods, nodes/metrics, nodes/stats), which kubelets of Kubernetes 1.33 and later know. Older ones need nodes/proxy, which is close to being root on every node.',
    'Kubelets of kubeadm sign their own certificates by default: then say --no-kubelet-verify, or let the cluster sign them (serverTLSBootstrap).',
    'The policy of --network-policy lets it reach Datadog, the kubelet, the metadata of the cloud and servers of the time. Checks that ask other pods need the ports of those pods in it.',
    'In a chart the agent has its variables under env, the trace agent under containers.trace-agent.env: DD_SITE and the others that both have, change in both.',
    seLinuxNote,
    'Where logs are read, what has been read is kept in /var/lib/datadog-agent/logs on the node: removed with the DaemonSet only by hand.',
  ],
  explained: {
    ...asksApi,
    'kube-linter run-as-non-root':
      'Logs and the sockets on the node belong to root. All capabilities are dropped.',
    'kube-linter sensitive-host-mounts':
      'What processes and containers use stands in /proc and in the cgroups, which it can only read.',
    'kube-linter host-pid': 'With `--processes` it lists those of the whole node.',
    'checkov CKV_K8S_35': "The agent takes its key and the Cluster Agent's token from variables.",
    'kube-score pod-probes-identical': 'Of the trace agent there is nothing to ask but its port.',
  },
  build({ answers }) {
    const { name, apm, dogstatsd, logs, processes, clusterAgent, events, runtimeSocket } = answers
    if (clusterAgent && answers.clusterAgentSecret === answers.apiKeySecret)
      throw new ScaffoldError(
        `The API key and the Cluster Agent's token cannot both be in the Secret ${answers.apiKeySecret}, which is made here. Give --api-key-secret or --cluster-agent-secret another name.`,
      )
    const config = scratch('config', settings, {
      sizeLimit: '64Mi',
      why: "The image's settings, copied: its own file system is read-only.",
    })
    const token = scratch('auth', tokenFolder, {
      sizeLimit: '1Mi',
      why: 'The token with which the processes of the agent know each other.',
    })
    const log = scratch('agent-logs', '/var/log/datadog', { sizeLimit: '64Mi' })
    const tmp = scratch('tmp', '/tmp', { sizeLimit: '128Mi' })
    const proc = hostPath('proc', '/proc', { type: 'Directory', at: '/host/proc' })
    const cgroups = hostPath('cgroups', '/sys/fs/cgroup', {
      type: 'Directory',
      at: '/host/sys/fs/cgroup',
      why: 'What each container uses is counted here.',
    })
    const runtime: Mount[] = runtimeSocket
      ? [
          hostPath('runtime', folderOf(runtimeSocket), {
            type: 'Directory',
            at: `/host${folderOf(runtimeSocket)}`,
            why: 'The folder, not the socket: when the runtime restarts, it makes a new socket there.',
          }),
        ]
      : []
    const socketFolder = hostPath('sockets', sockets, {
      type: 'DirectoryOrCreate',
      writable: true,
      why: 'Where applications of other pods find the sockets of the agent.',
    })
    const env = commonEnv(answers)
    // Any user of the group root can use the image's files; the agent of the image is of it.
    const needsRoot = logs || apm || dogstatsd || runtimeSocket !== ''
    const securityContext = needsRoot ? rootWith() : { ...unprivileged(100), runAsGroup: 0 }
    const agent: AgentContainer = {
      name: 'agent',
      command: ['agent', 'run'],
      env: [
        secretEnv('DD_API_KEY', answers.apiKeySecret, 'api-key'),
        ...env,
        { name: 'DD_HEALTH_PORT', value: String(healthPort) },
        ...flag('DD_USE_DOGSTATSD', dogstatsd),
        ...(dogstatsd
          ? [
              { name: 'DD_DOGSTATSD_PORT', value: '0' },
              { name: 'DD_DOGSTATSD_SOCKET', value: `${sockets}/dsd.socket` },
              ...flag('DD_DOGSTATSD_ORIGIN_DETECTION', answers.originDetection),
            ]
          : []),
        ...flag('DD_LOGS_ENABLED', logs),
        ...(logs
          ? [
              ...flag('DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL', answers.allLogs),
              { name: 'DD_LOGS_CONFIG_K8S_CONTAINER_USE_FILE', value: 'true' },
            ]
          : []),
        ...flag('DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED', processes),
        { name: 'DD_PROCESS_CONFIG_RUN_IN_CORE_AGENT_ENABLED', value: 'true' },
        { name: 'DD_ORCHESTRATOR_EXPLORER_ENABLED', value: 'false' },
        ...(clusterAgent
          ? [{ name: 'DD_EXTRA_CONFIG_PROVIDERS', value: 'clusterchecks endpointschecks' }]
          : [
              { name: 'DD_KUBERNETES_USE_ENDPOINT_SLICES', value: 'true' },
              ...flag('DD_COLLECT_KUBERNETES_EVENTS', events),
              ...flag('DD_LEADER_ELECTION', events),
              ...(events
                ? [
                    { name: 'DD_LEADER_ELECTION_DEFAULT_RESOURCE', value: 'lease' },
                    { name: 'DD_LEADER_LEASE_NAME', value: `${name}-leader-election` },
                    { name: 'DD_CLUSTER_AGENT_TOKEN_NAME', value: `${name}-event-token` },
                    fieldEnv('DD_KUBE_RESOURCES_NAMESPACE', 'metadata.namespace'),
                  ]
                : []),
            ]),
      ],
      ports: [{ name: 'health', containerPort: healthPort }],
      startupProbe: http('/startup', 'health', every(10, 5, 18)),
      readinessProbe: http('/ready', 'health', every(15, 5, 4)),
      livenessProbe: http('/live', 'health', every(15, 5, 6)),
      securityContext,
      why: {
        ...(dogstatsd && {
          'env[DD_DOGSTATSD_PORT]':
            'No port: anybody could send metrics to it. The socket is on the node only.',
        }),
        startupProbe: 'Three minutes: it looks for its cloud, its node and its pods first.',
        ...(needsRoot && {
          securityContext:
            "Logs, and the sockets that it makes and asks, are root's; no capability is needed for them.",
        }),
      },
      mounts: [
        config,
        token,
        log,
        tmp,
        proc,
        cgroups,
        hostPath('os-release', '/etc/os-release', { type: 'File', at: '/host/etc/os-release' }),
        ...(processes
          ? [hostPath('passwd', '/etc/passwd', { type: 'File', why: 'The names of the users of processes.' })]
          : []),
        ...runtime,
        ...(dogstatsd ? [socketFolder] : []),
        ...(logs
          ? [
              hostPath('pod-logs', '/var/log/pods', { type: 'Directory' }),
              hostPath('container-logs', '/var/log/containers', { type: 'Directory' }),
              hostPath('state', '/var/lib/datadog-agent/logs', {
                type: 'DirectoryOrCreate',
                at: '/opt/datadog-agent/run',
                writable: true,
                why: 'How far each log has been read outlives the pod.',
              }),
            ]
          : [scratch('state', '/opt/datadog-agent/run', { sizeLimit: '64Mi' })]),
      ],
    }
    const traceAgent: AgentContainer = {
      name: 'trace-agent',
      command: [
        'trace-loader',
        `${settings}/datadog.yaml`,
        'trace-agent',
        `-config=${settings}/datadog.yaml`,
      ],
      env: [
        secretEnv('DD_API_KEY', answers.apiKeySecret, 'api-key'),
        ...env,
        { name: 'DD_APM_NON_LOCAL_TRAFFIC', value: 'true' },
        { name: 'DD_APM_RECEIVER_PORT', value: String(tracePort) },
        { name: 'DD_APM_RECEIVER_SOCKET', value: `${sockets}/apm.socket` },
        ...(dogstatsd ? [{ name: 'DD_DOGSTATSD_SOCKET', value: `${sockets}/dsd.socket` }] : []),
      ],
      ports: [{ name: 'traces', containerPort: tracePort }],
      readinessProbe: { tcpSocket: { port: 'traces' }, ...every(10, 5, 3) },
      livenessProbe: { tcpSocket: { port: 'traces' }, ...every(15, 5, 6) },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      securityContext,
      mounts: [
        mountedAt(config, settings, { readOnly: true }),
        mountedAt(token, tokenFolder, { readOnly: true }),
        log,
        tmp,
        proc,
        cgroups,
        ...runtime,
        socketFolder,
      ],
    }
    const small = { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } }
    return forSeLinux(answers, {
      containers: [agent, ...(apm ? [traceAgent] : [])],
      initContainers: [
        {
          name: 'copy-settings',
          command: ['cp', '-r', settings, '/opt'],
          resources: small,
          securityContext,
          mounts: [mountedAt(config, '/opt/datadog-agent')],
        },
        {
          name: 'prepare-settings',
          command: ['bash', '-c'],
          args: ['for script in /etc/cont-init.d/*.sh; do bash "$script" || true; done'],
          env: [
            { name: 'KUBERNETES', value: 'yes' },
            ...(!clusterAgent && events ? flag('DD_LEADER_ELECTION', true) : []),
          ],
          resources: small,
          securityContext,
          why: {
            args: "The image's own scripts choose the checks for Kubernetes. One that does not apply here may fail.",
          },
          mounts: [config, token, log, tmp, proc],
        },
      ],
      pod: {
        ...(dogstatsd && answers.originDetection && { hostPID: true }),
        terminationGracePeriodSeconds: 45,
      },
      ...(dogstatsd &&
        answers.originDetection && {
          why: { hostPID: 'By its process the agent tells which pod is at the other end of the socket.' },
        }),
      secrets: [
        {
          name: answers.apiKeySecret,
          keys: { 'api-key': 'An API key of your organisation.' },
          why: 'With this key the agent sends to Datadog.',
        },
      ],
      rbac: rightsOf({ name, clusterAgent, events }),
      ingress: apm ? [{ port: tracePort }] : [],
      egress: [
        { port: 443 },
        { port: 10250 },
        // Of the cloud: what it tells of the machine, at 169.254.169.254.
        { port: 80 },
        // Servers of the time, by which the check ntp judges the clock of the node.
        { port: 123, protocol: 'UDP' },
        ...(clusterAgent ? [{ port: 5005 }] : []),
      ],
      keep: [
        {
          rule: 'secret-env',
          path: 'containers[agent].env[DD_API_KEY].valueFrom.secretKeyRef.name',
          reason: 'the agent takes its API key from the environment',
        },
        // Of an agent that reads logs everybody knows that it is root.
        ...(needsRoot && !logs
          ? [
              'initContainers[copy-settings]',
              'initContainers[prepare-settings]',
              'containers[agent]',
              ...(apm ? ['containers[trace-agent]'] : []),
            ].map((container) => ({
              rule: 'run-as-non-root',
              path: `${container}.securityContext.runAsUser`,
              reason: "the sockets on the node are root's",
            }))
          : []),
        ...keepSeLinux(answers, 'it reads more of the node than logs, which container_logreader_t may not'),
      ],
      next: clusterAgent
        ? [
            `The Secret ${answers.clusterAgentSecret} and the Service ${answers.clusterAgentService} come with the Cluster Agent, in the same namespace.`,
          ]
        : [],
    })
  },
})

interface EnvAnswers {
  site: string
  clusterName: string
  apm: boolean
  clusterAgent: boolean
  clusterAgentService: string
  clusterAgentSecret: string
  kubeletVerify: boolean
  runtimeSocket: string
}

/** Variables that all of its containers get. */
function commonEnv(answers: EnvAnswers): EnvVar[] {
  const { clusterAgent, clusterName, runtimeSocket } = answers
  return [
    { name: 'DD_SITE', value: answers.site },
    ...(clusterName ? [{ name: 'DD_CLUSTER_NAME', value: clusterName }] : []),
    { name: 'KUBERNETES', value: 'yes' },
    fieldEnv('DD_KUBERNETES_KUBELET_HOST', 'status.hostIP'),
    fieldEnv('DD_KUBERNETES_KUBELET_NODENAME', 'spec.nodeName'),
    ...flag('DD_KUBELET_TLS_VERIFY', answers.kubeletVerify),
    { name: 'DD_AUTH_TOKEN_FILE_PATH', value: `${tokenFolder}/token` },
    ...(runtimeSocket ? [{ name: 'DD_CRI_SOCKET_PATH', value: `/host${runtimeSocket}` }] : []),
    ...flag('DD_APM_ENABLED', answers.apm),
    ...flag('DD_CLUSTER_AGENT_ENABLED', clusterAgent),
    ...(clusterAgent
      ? [
          fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
          {
            name: 'DD_CLUSTER_AGENT_URL',
            value: `https://${answers.clusterAgentService}.$(POD_NAMESPACE).svc:5005`,
          },
          secretEnv('DD_CLUSTER_AGENT_AUTH_TOKEN', answers.clusterAgentSecret, 'token'),
        ]
      : []),
  ]
}

/** The kubelet for all of them; the API server only where no Cluster Agent asks it. */
function rightsOf({ name, clusterAgent, events }: { name: string; clusterAgent: boolean; events: boolean }) {
  const kubelet: PolicyRule = {
    apiGroups: [''],
    resources: ['nodes/healthz', 'nodes/metrics', 'nodes/pods', 'nodes/spec', 'nodes/stats'],
    verbs: ['get'],
  }
  const read = ['get', 'list', 'watch']
  if (clusterAgent)
    return { cluster: [kubelet], why: 'What the kubelet of its node tells of pods and their use.' }
  const cluster: PolicyRule[] = [
    kubelet,
    { apiGroups: [''], resources: ['namespaces', 'nodes', 'services'], verbs: read },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    ...(events ? [{ apiGroups: [''], resources: ['events'], verbs: read }] : []),
  ]
  const namespace: PolicyRule[] = [
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    {
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      resourceNames: [`${name}-leader-election`],
      verbs: ['get', 'update'],
    },
    { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
    {
      apiGroups: [''],
      resources: ['configmaps'],
      resourceNames: [`${name}-event-token`],
      verbs: ['get', 'update'],
    },
  ]
  return {
    cluster,
    ...(events && { namespace }),
    why: events
      ? 'What the kubelet tells, the tags of pods, and events, which one elected agent sends.'
      : 'What the kubelet tells, and the tags of pods.',
  }
}

function flag(name: string, value: boolean): EnvVar[] {
  return [{ name, value: String(value) }]
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'))
}

function is(key: string, value: unknown) {
  return (answers: Answers) => answers[key] === value
}

function mistakeInSocket(value: string): string | undefined {
  const mistake = sentence(value, mistakeInPath(value))
  if (mistake) return mistake
  return folderOf(value).split('/').length < 3
    ? `'${value}' is in a folder with much else in it; expected a socket such as /run/containerd/containerd.sock`
    : undefined
}

/** As Datadog takes names of clusters. */
function mistakeInClusterName(value: string): string | undefined {
  return value.length <= 80 && /^[a-z]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(value)
    ? undefined
    : `'${value}' is no name of a cluster: at most 80 lower case letters, digits, hyphens and dots, beginning with a letter`
}
