import { definePreset } from '../define.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, secretMount } from '../kit/mounts.ts'
import { httpProbes } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { confirm } from '../questions.ts'
import {
  isStore,
  type SinkAnswers,
  type SinkParts,
  sinkParts,
  sinkPolicyNote,
  sinkQuestions,
  sinkSteps,
  sinkVariants,
} from '../sinks.ts'
import { writeValue } from '../write-yaml.ts'
import { forSeLinux, keepSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const version = '0.57.0'
const state = '/vector-data-dir'
const secrets = '/etc/vector-secrets'

/** The smallest that Vector takes: 256 MiB and its header. */
const buffer = 268_435_488

export default definePreset({
  name: 'vector',
  title: 'Vector',
  category: 'logs',
  summary: 'reads the logs of all containers of its node, shapes them and sends them on',
  homepage: 'https://vector.dev/docs',
  images: { agent: { repository: 'docker.io/timberio/vector', tag: `${version}-distroless-libc` } },
  namespace: 'logging',
  nodes: { architectures: ['any', 'amd64', 'arm64'] },
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '128Mi', memoryLimit: '512Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would write the same positions, so one goes before the other comes; a tenth of the nodes at once.',
    priority:
      'It fits this node only, and when the node shuts down it stops after those whose logs it reads.',
    resources: 'No CPU limit: a reader that is slowed down falls behind until logs are rotated away.',
    grace: 'Longer than Vector gives itself to send what it has gathered.',
    controlPlane: 'The control plane has logs too.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    ...sinkQuestions('vector'),
    plainLabels: confirm({
      message:
        "Loki labels with the bare names (namespace=shop, not namespace=k8s/shop)? That turns off Vector's check of templates",
      help: "Loki labels without the prefix k8s/, which turns off Vector's check of what templates become",
      when: ({ sink }) => sink === 'loki',
      default: false,
    }),
    namespaceLabels: confirm({
      message: 'The labels of namespaces too? Every pod then watches all namespaces',
      help: 'Also add the labels of namespaces',
      default: false,
    }),
    hostMetrics: confirm({
      message: 'Metrics of the node too (CPU, memory, disks)?',
      help: 'Also measure the node: CPU, load, memory, disks, and the file system with the logs',
      default: false,
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    ...sinkVariants(),
    'loki-plain-labels': { sink: 'loki', plainLabels: true },
    'namespace-labels': { sink: 'stdout', namespaceLabels: true },
    'host-metrics': { sink: 'stdout', hostMetrics: true },
  },
  notes: [
    'What has been read, and up to 256 MiB that wait for the sink, is in /var/lib/vector on the node: removed with the DaemonSet only by hand.',
    'Since 0.57 Vector puts no environment variables into its configuration: credentials come from files of the Secret. They are read at the start; restart the pods when they change.',
    'Since 0.57 a template needs a literal beginning, so labels for Loki have the prefix k8s/ unless --plain-labels is given. Their values come from Kubernetes, not from the lines.',
    'The API (vector top, vector tap) listens on the loopback of the pod: it shows all events to anyone who reaches it, and asks for no password. Probes ask the metrics instead.',
    sinkPolicyNote,
    seLinuxNote,
    `The image has no shell: debug with the tag ${version}-debian.`,
  ],
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter run-as-non-root':
      'The logs of containers belong to root, and nobody else may read them. All capabilities are dropped.',
  },
  build({ answers }) {
    const sink = sinkParts(answers, '/etc/vector-ca')
    return forSeLinux(answers, {
      containers: [
        {
          name: 'vector',
          args: ['--config=/etc/vector/vector.yaml', '--threads=2', '--graceful-shutdown-limit-secs=25'],
          env: [fieldEnv('VECTOR_SELF_NODE_NAME', 'spec.nodeName')],
          ports: [{ name: 'metrics', containerPort: 9598 }],
          ...httpProbes('metrics', { live: '/metrics' }),
          securityContext: rootWith(),
          why: {
            'args["--threads=2"]': 'By default it starts a thread for every CPU of the node.',
            securityContext:
              'Logs belong to root, and nobody else may read them; no capability is needed for that.',
          },
          mounts: [
            configMount(answers.name, '/etc/vector'),
            hostPath('logs', '/var/log', { type: 'Directory' }),
            hostPath('state', '/var/lib/vector', {
              type: 'DirectoryOrCreate',
              at: state,
              writable: true,
              why: 'What has been read and what is still to be sent outlives the pod.',
            }),
            ...(sink.env.length > 0
              ? [secretMount(answers.sinkSecret, secrets, { volume: 'sink-credentials' })]
              : []),
            ...sink.mounts,
          ],
        },
      ],
      labels: { 'vector.dev/exclude': 'true' },
      config: { 'vector.yaml': configOf(answers, sink) },
      secrets: sink.secrets,
      rbac: {
        cluster: [
          {
            apiGroups: [''],
            resources: ['pods', 'nodes', ...(answers.namespaceLabels ? ['namespaces'] : [])],
            verbs: ['list', 'watch'],
          },
        ],
        why: 'It keeps the names and labels of the pods of its node, and its node, in memory.',
      },
      metrics: { port: 9598, portName: 'metrics', path: '/metrics' },
      egress: sink.egress,
      keep: keepSeLinux(answers),
      before: sinkSteps(answers),
    })
  },
})

type VectorAnswers = SinkAnswers & { plainLabels: boolean; namespaceLabels: boolean; hostMetrics: boolean }

function configOf(answers: VectorAnswers, sink: SinkParts): string {
  const config = {
    data_dir: state,
    api: { enabled: true, address: '127.0.0.1:8686' },
    ...(sink.env.length > 0 && {
      secret: { sink: { type: 'directory', path: secrets, remove_trailing_whitespace: true } },
    }),
    sources: {
      containers: {
        type: 'kubernetes_logs',
        use_apiserver_cache: true,
        glob_minimum_cooldown_ms: 10_000,
        insert_namespace_fields: answers.namespaceLabels,
        pod_annotation_fields: { pod_annotations: '' },
        node_annotation_fields: { node_labels: '' },
      },
      itself: { type: 'internal_metrics' },
      ...(answers.hostMetrics && {
        node: {
          type: 'host_metrics',
          collectors: ['cpu', 'disk', 'filesystem', 'host', 'load', 'memory'],
          filesystem: { mountpoints: { includes: ['/var/log'] } },
        },
      }),
    },
    transforms: { shaped: { type: 'remap', inputs: ['containers'], source: remapOf(answers) } },
    sinks: {
      logs: sinkOf(answers, sink),
      metrics: {
        type: 'prometheus_exporter',
        inputs: ['itself', ...(answers.hostMetrics ? ['node'] : [])],
        address: '0.0.0.0:9598',
      },
    },
  }
  const text = writeValue(config, {
    comments: {
      api: 'It shows every event to anyone who reaches it, so only this pod does: kubectl exec … -- vector top',
      'sources.containers.use_apiserver_cache': 'So that a restart on all nodes is no burden for etcd.',
      'sources.containers.glob_minimum_cooldown_ms':
        'How long a new container may wait; with the default of a minute, short ones are missed.',
      'sources.containers.pod_annotation_fields':
        'Annotations of pods and labels of nodes would only swell each event.',
      'transforms.shaped.source':
        'A dot would make an object of a label: app and app.kubernetes.io/name then exclude each other.',
      ...(answers.hostMetrics && {
        'sources.node.collectors':
          'What /proc tells of the whole node in any container; the network there is that of the pod.',
        'sources.node.filesystem': 'The disk of the node, by the folder of it that is mounted here.',
      }),
      ...(answers.sink !== 'stdout' && {
        'sinks.logs.buffer':
          'What cannot be sent at once waits on the disk; when that is full, reading waits.',
      }),
      ...(isStore(answers) && {
        'sinks.logs.request_retry_partial':
          'What a busy server turned away is sent again. By default it is lost.',
      }),
      ...(answers.sink === 'loki' &&
        answers.plainLabels && {
          'sinks.logs.dangerously_allow_unconfined_template_resolution':
            'Labels without a literal beginning. Their values come from Kubernetes, not from the lines.',
        }),
    },
  })
  return asBlocks(text)
}

/** Credentials are put into the text before it is parsed; in a block, any character may stand in them. */
function asBlocks(text: string): string {
  return text.replace(/^( *)(user|password): (SECRET\[[^\]]+\])$/gm, '$1$2: |-\n$1  $3')
}

function remapOf({ namespaceLabels }: VectorAnswers): string {
  return ['pod_labels', ...(namespaceLabels ? ['namespace_labels'] : [])]
    .map(
      (field) => `if is_object(.kubernetes.${field}) {
  .kubernetes.${field} = map_keys(object!(.kubernetes.${field})) -> |key| { replace(key, ".", "_") }
}
`,
    )
    .join('')
}

function sinkOf(answers: VectorAnswers, { tls, caFile }: SinkParts): object {
  const inputs = ['shaped']
  const security = {
    ...(answers.sinkAuth === 'basic' && {
      auth: { strategy: 'basic', user: 'SECRET[sink.username]', password: 'SECRET[sink.password]' },
    }),
    ...(answers.sinkAuth === 'api-key' && {
      request: { headers: { Authorization: 'ApiKey SECRET[sink.api-key]' } },
    }),
    ...(tls && caFile && { tls: { ca_file: caFile } }),
  }
  const disk = { buffer: { type: 'disk', max_size: buffer, when_full: 'block' } }
  switch (answers.sink) {
    case 'stdout':
      return { type: 'console', inputs, target: 'stdout', encoding: { codec: 'json' } }
    case 'loki':
      return {
        type: 'loki',
        inputs,
        endpoint: answers.sinkUrl,
        ...(answers.tenant && { tenant_id: answers.tenant }),
        ...security,
        encoding: { codec: 'json' },
        labels: { agent: 'vector', ...labelsOf(answers) },
        ...(answers.plainLabels && { dangerously_allow_unconfined_template_resolution: true }),
        ...disk,
      }
    default:
      return {
        type: 'elasticsearch',
        inputs,
        endpoints: [answers.sinkUrl],
        // OpenSearch has the interface of Elasticsearch 7.
        api_version: answers.sink === 'opensearch' ? 'v7' : 'v8',
        ...security,
        compression: 'gzip',
        request_retry_partial: true,
        ...placeOf(answers),
        ...disk,
      }
  }
}

function labelsOf({ plainLabels }: VectorAnswers): Record<string, string> {
  const fields = {
    namespace: 'pod_namespace',
    pod: 'pod_name',
    container: 'container_name',
    node: 'pod_node_name',
  }
  const prefix = plainLabels ? '' : 'k8s/'
  return Object.fromEntries(
    Object.entries(fields).map(([label, field]) => [label, `${prefix}{{ kubernetes.${field} }}`]),
  )
}

function placeOf({ indexMode, index }: SinkAnswers): object {
  if (indexMode === 'index') return { mode: 'bulk', bulk: { action: 'create', index: `${index}-%Y.%m.%d` } }
  const [type, dataset, ...namespace] = index.split('-')
  return {
    mode: 'data_stream',
    data_stream: { type, dataset, namespace: namespace.join('-'), auto_routing: false },
  }
}
