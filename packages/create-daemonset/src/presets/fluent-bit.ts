import { definePreset } from '../define.ts'
import { asksApi } from '../explained.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, secretMount } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
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

const state = '/var/fluent-bit/state'
const configFolder = '/fluent-bit/etc/conf'
const credentials = '/fluent-bit/etc/credentials'
const lokiPush = '/loki/api/v1/push'
const tag = '5.1.1'
/** What waits on the node at most, in megabytes. */
const room = 128

export default definePreset({
  name: 'fluent-bit',
  title: 'Fluent Bit',
  category: 'logs',
  summary: 'reads the logs of all containers of its node and sends them on; small and fast',
  homepage: 'https://docs.fluentbit.io',
  images: { agent: { repository: 'cr.fluentbit.io/fluent/fluent-bit', tag } },
  namespace: 'logging',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '50m', memory: '128Mi', memoryLimit: '256Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would write the same positions, so one goes before the other comes; a tenth of the nodes at once.',
    priority:
      'It fits this node only, and when the node shuts down it stops after those whose logs it reads.',
    resources: 'No CPU limit: a reader that is slowed down falls behind until logs are rotated away.',
    grace: 'Time to send what it has gathered.',
    controlPlane: 'The control plane has logs too.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    ...sinkQuestions('fluent-bit'),
    journal: confirm({
      message: "The node's own journal too (kubelet, container runtime)?",
      help: "Also read the node's journal",
      default: false,
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    ...sinkVariants(),
    journal: { sink: 'stdout', journal: true },
    selinux: { sink: 'stdout', selinux: true },
  },
  notes: [
    'What has been read is kept in /var/lib/fluent-bit on the node: removed with the DaemonSet only by hand.',
    'Readiness asks /api/v2/health, which fails while logs are being lost for good: an outage of the sink alone does not show there, and restarts nothing here.',
    'The format of containerd and CRI-O is read. Nodes with Docker need another parser, and /var/lib/docker/containers.',
    `Elasticsearch and OpenSearch are tried for about two hours, Loki without end, while up to ${room} MB wait on the node. Records that are refused beside others that are taken, because a field has another type for instance, are lost; the metrics do not count them.`,
    'Elasticsearch has a template that makes logs-*-* a data stream. OpenSearch has none: put an index template with data_stream there first.',
    'Only the journal in /var/log/journal is read, not one in /run that is gone after a reboot.',
    'Credentials are files of the Secret and are read at the start: restart the pods when they change.',
    sinkPolicyNote,
    seLinuxNote,
    `The image has no shell: debug with the tag ${tag}-debug.`,
  ],
  explained: {
    ...asksApi,
    'kube-linter run-as-non-root': 'Logs of containers belong to root. All capabilities are dropped.',
  },
  build({ answers }) {
    const sink = sinkParts(answers, '/fluent-bit/etc/certs')
    return forSeLinux(answers, {
      containers: [
        {
          name: 'fluent-bit',
          command: ['/fluent-bit/bin/fluent-bit'],
          args: [`--config=${configFolder}/fluent-bit.yaml`],
          env: [fieldEnv('NODE_NAME', 'spec.nodeName'), fieldEnv('POD_NAMESPACE', 'metadata.namespace')],
          ports: [{ name: 'http', containerPort: 2020 }],
          startupProbe: http('/', 'http', every(5, 5, 24)),
          readinessProbe: http('/api/v2/health', 'http', every(10, 5, 3)),
          livenessProbe: http('/', 'http', every(30, 5, 3)),
          securityContext: rootWith(),
          why: {
            securityContext:
              'Logs belong to root, and nobody else may read them; no capability is needed for that.',
          },
          mounts: [
            configMount(answers.name, configFolder),
            hostPath('logs', '/var/log', { type: 'Directory' }),
            hostPath('state', '/var/lib/fluent-bit', {
              type: 'DirectoryOrCreate',
              at: state,
              writable: true,
              why: 'What has been read and what is still to be sent outlives the pod.',
            }),
            ...(sink.env.length > 0
              ? [secretMount(answers.sinkSecret, credentials, { volume: 'sink-credentials' })]
              : []),
            ...sink.mounts,
          ],
        },
      ],
      config: { 'fluent-bit.yaml': configOf(answers, sink) },
      secrets: sink.secrets,
      rbac: {
        cluster: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
        why: 'It asks for the labels of the pods whose logs it reads, one at a time.',
      },
      metrics: { port: 2020, portName: 'http', path: '/api/v2/metrics/prometheus' },
      egress: sink.egress,
      keep: keepSeLinux(answers),
      before: sinkSteps(answers),
    })
  },
})

function configOf(answers: SinkAnswers & { journal: boolean }, sink: SinkParts): string {
  const store = isStore(answers)
  const files = { basic: ['username', 'password'], 'api-key': ['api-key'], none: [] }[answers.sinkAuth]
  const config = {
    ...(answers.sink !== 'stdout' &&
      files.length > 0 && {
        env: files.map((file) => ({
          name: `SINK_${file.toUpperCase().replace('-', '_')}`,
          uri: `file://${credentials}/${file}`,
        })),
      }),
    service: {
      flush: 1,
      grace: 20,
      log_level: 'info',
      http_server: true,
      http_listen: '0.0.0.0',
      http_port: 2020,
      health_check: true,
      parsers_file: '/fluent-bit/etc/parsers.conf',
      'storage.path': `${state}/buffer`,
      'storage.max_chunks_up': 32,
    },
    pipeline: {
      inputs: [
        {
          name: 'tail',
          tag: 'kube.*',
          path: '/var/log/containers/*.log',
          exclude_path: `/var/log/containers/${answers.name}-*_\${POD_NAMESPACE}_fluent-bit-*.log`,
          read_from_head: true,
          'multiline.parser': 'cri',
          db: `${state}/tail.db`,
          'db.locking': true,
          'storage.type': 'filesystem',
          skip_long_lines: true,
          refresh_interval: 10,
        },
        ...(answers.journal
          ? [
              {
                name: 'systemd',
                tag: 'node.*',
                path: '/var/log/journal',
                db: `${state}/journal.db`,
                read_from_tail: true,
                'storage.type': 'filesystem',
              },
            ]
          : []),
      ],
      filters: [
        {
          name: 'kubernetes',
          match: 'kube.*',
          merge_log: true,
          keep_log: false,
          'k8s-logging.parser': true,
          'k8s-logging.exclude': true,
          buffer_size: 0,
        },
        {
          name: 'modify',
          match: '*',
          ...(store && { hard_rename: '@timestamp logged_at' }),
          set: 'node ${NODE_NAME}',
        },
      ],
      outputs: [outputOf(answers, sink)],
    },
  }
  return writeValue(config, {
    comments: {
      'service["storage.max_chunks_up"]':
        'Pieces of 2 MB that are in memory at once; the default of 128 is more than the limit allows.',
      'pipeline.inputs[tail].exclude_path': 'Its own lines would make new lines without end.',
      'pipeline.inputs[tail].read_from_head':
        'Files that came while it was away are read from their beginning too.',
      'pipeline.inputs[tail]["storage.type"]':
        'What cannot be sent at once waits on the disk, not in memory.',
      'pipeline.filters[kubernetes].buffer_size':
        '0: answers of any size; of pods with larger ones the labels would be lost.',
      ...(store && {
        'pipeline.filters[modify].hard_rename':
          'The output adds an @timestamp of its own, and a document with two is refused.',
        [`pipeline.outputs[${outputName(answers)}].buffer_size`]:
          'The answer names every record. One that does not fit counts as a failure, and all are sent again.',
        [`pipeline.outputs[${outputName(answers)}].retry_limit`]:
          'About two hours. Without end, what is refused for good would be sent for ever.',
      }),
    },
  })
}

const outputName = ({ sink }: SinkAnswers) => (sink === 'opensearch' ? 'opensearch' : 'es')

function outputOf(answers: SinkAnswers, sink: SinkParts): object {
  const { host, port, path, tls, caFile } = sink
  const security = {
    tls: tls,
    ...(tls && { 'tls.verify': true, 'tls.verify_hostname': true, ...(caFile && { 'tls.ca_file': caFile }) }),
  }
  const user =
    answers.sinkAuth === 'basic' ? { http_user: '${SINK_USERNAME}', http_passwd: '${SINK_PASSWORD}' } : {}
  const waiting = { 'storage.total_limit_size': `${room}M` }
  switch (answers.sink) {
    case 'stdout':
      return { name: 'stdout', match: '*', format: 'json_lines' }
    case 'loki':
      return {
        name: 'loki',
        match: '*',
        host,
        port,
        ...(path && { uri: path.endsWith(lokiPush) ? path : `${path}${lokiPush}` }),
        ...security,
        ...user,
        ...(answers.tenant && { tenant_id: answers.tenant }),
        labels:
          "job=fluent-bit, node=$node, namespace=$kubernetes['namespace_name'], pod=$kubernetes['pod_name'], container=$kubernetes['container_name']",
        line_format: 'json',
        retry_limit: 'no_limits',
        ...waiting,
      }
    default:
      return {
        name: outputName(answers),
        match: '*',
        host,
        port,
        ...(path && { path }),
        ...security,
        ...user,
        ...(answers.sinkAuth === 'api-key' && { http_api_key: '${SINK_API_KEY}' }),
        ...(answers.indexMode === 'data-stream'
          ? { index: answers.index }
          : { logstash_format: true, logstash_prefix: answers.index }),
        write_operation: 'create',
        suppress_type_name: true,
        replace_dots: true,
        trace_error: true,
        buffer_size: '8M',
        retry_limit: 15,
        ...waiting,
      }
  }
}
