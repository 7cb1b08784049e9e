import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { mistakeInUrl, sentence } from '../formats.ts'
import { defaultImage, mistakeInImage } from '../images.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath, secretMount } from '../kit/mounts.ts'
import { httpProbes } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { type Answers, confirm, select, text } from '../questions.ts'
import {
  type SinkAnswers,
  type SinkParts,
  sinkParts,
  sinkPolicyNote,
  sinkQuestions,
  sinkSteps,
  sinkVariants,
} from '../sinks.ts'
import type { Manifest, Port } from '../types.ts'
import { writeValue } from '../write-yaml.ts'
import { forSeLinux, keepSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const registry = 'ghcr.io/open-telemetry/opentelemetry-collector-releases'
const images = {
  agent: { repository: `${registry}/opentelemetry-collector-k8s`, tag: '0.159.0' },
  contrib: { repository: `${registry}/opentelemetry-collector-contrib`, tag: '0.159.0' },
}
const credentials = '/etc/otelcol-credentials'
const state = '/var/lib/otelcol'

const ports = { own: 8888, measured: 8889, health: 13133, grpc: 4317, http: 4318 }

export default definePreset({
  name: 'otel-collector',
  title: 'OpenTelemetry Collector',
  category: 'logs',
  summary:
    'reads the logs of all containers of its node and sends them on; metrics of the node and OTLP on request',
  homepage: 'https://opentelemetry.io/docs/collector/',
  images,
  namespace: 'logging',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '256Mi', memoryLimit: '512Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would write the same positions, so one goes before the other comes; a tenth of the nodes at once.',
    priority:
      'It fits this node only, and when the node shuts down it stops after those whose logs it reads.',
    resources: 'No CPU limit: a reader that is slowed down falls behind until logs are rotated away.',
    grace: 'Time to send what it has gathered; the rest waits on the disk.',
    controlPlane: 'The control plane has logs too.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    ...sinkQuestions('otel-collector'),
    hostMetrics: confirm({
      message: 'Metrics of the node too (CPU, memory, disks)?',
      help: 'Also measure the node: CPU, load, memory, paging, disks, and the file system with the logs',
      default: false,
    }),
    kubeletMetrics: confirm({
      message: 'And those of its pods and containers, from the kubelet?',
      help: 'Also take the metrics of pods, containers and the node from the kubelet',
      default: false,
    }),
    kubeletCa: confirm({
      message: "Are the kubelets' certificates signed by the cluster's CA? (serverTLSBootstrap; seldom)",
      help: "Check the kubelet's certificate against the cluster's CA; most kubelets sign their own",
      when: ({ kubeletMetrics }) => kubeletMetrics === true,
      default: false,
    }),
    otlp: confirm({
      message: 'Shall pods of the node send it their own data (OTLP)?',
      help: 'Also take OTLP from the pods of the node, by a Service NAME-otlp that stays on the node',
      default: false,
    }),
    metricsSink: select({
      message: 'Where do metrics go?',
      help: 'Metrics are offered to Prometheus, or sent by OTLP, traces of applications with them',
      when: measures,
      default: 'prometheus',
      choices: [
        { value: 'prometheus', label: 'Prometheus takes them', hint: `port ${ports.measured}` },
        { value: 'otlp', label: 'To an OTLP endpoint', hint: 'OTLP over HTTP; traces too' },
      ],
    }),
    metricsUrl: text({
      message: 'At which URL? (OTLP over HTTP, without /v1/…)',
      help: 'URL of the OTLP endpoint (HTTP) for metrics and traces, without /v1/…',
      value: 'URL',
      when: (answers) => measures(answers) && answers.metricsSink === 'otlp',
      default: 'http://otel-gateway.monitoring.svc:4318',
      check: (value) => sentence(value, mistakeInUrl(value)),
    }),
    selinux: seLinuxQuestion,
    image: text({
      message: 'Which image?',
      help: 'Image with a tag that does not move, or a digest; the smaller distribution k8s where it has all that is needed',
      value: 'IMAGE',
      default: (answers) => defaultImage(needsContrib(answers) === undefined ? images.agent : images.contrib),
      check: (value, answers) => {
        const need = needsContrib(answers)
        const mistake = mistakeInImage(value, { images })
        if (mistake !== undefined || need === undefined || !/-k8s[:@]/.test(value)) return mistake
        return `The distribution k8s has no ${need}, and would not start. Take ${defaultImage(images.contrib)}`
      },
    }),
  },
  variants: {
    ...sinkVariants(),
    'host-metrics': { sink: 'loki', hostMetrics: true },
    'kubelet-metrics': { sink: 'loki', kubeletMetrics: true, kubeletCa: true },
    selinux: { sink: 'stdout', selinux: true },
    'otlp-service': { sink: 'stdout', otlp: true, networkPolicy: true },
    everything: {
      sink: 'loki',
      hostMetrics: true,
      kubeletMetrics: true,
      otlp: true,
      metricsSink: 'otlp',
      monitor: 'service-monitor',
    },
  },
  notes: [
    'What has been read, and up to 128 MiB that wait for the sink, is in /var/lib/otelcol on the node: removed with the DaemonSet only by hand.',
    'The distribution k8s is used where it suffices; Elasticsearch, OpenSearch and the metrics for Prometheus need contrib.',
    'Into a data stream of Elasticsearch it writes documents as OpenTelemetry has them, which needs 8.12 (better 8.16), and the exporter adds .otel to the dataset: logs-kubernetes-default becomes logs-kubernetes.otel-default.',
    'The exporter for OpenSearch has no maintainer at present; vector and fluent-bit write there too.',
    'Loki takes OTLP since version 3.0, at /otlp.',
    'Metrics of the network are those of the pod in a container; the kubelet has those of the node and of each pod.',
    sinkPolicyNote,
    seLinuxNote,
    'Traces are taken only where metrics go to an OTLP endpoint, which then gets them too.',
  ],
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter run-as-non-root':
      'The logs of containers belong to root, and nobody else may read them. All capabilities are dropped.',
  },
  scope: 'The agent on each node. Its operator, and a gateway that gathers from all agents, are not here.',
  build({ answers }) {
    const sink = sinkParts(answers, '/etc/otelcol-ca')
    const isMeasured = measures(answers) && answers.metricsSink === 'prometheus'
    const metricsPort = isMeasured ? ports.measured : ports.own
    return forSeLinux(answers, {
      containers: [
        {
          name: 'otel-collector',
          args: ['--config=/etc/otelcol/config.yaml'],
          env: [
            fieldEnv('K8S_NODE_NAME', 'spec.nodeName'),
            ...(answers.kubeletMetrics ? [fieldEnv('K8S_NODE_IP', 'status.hostIP')] : []),
            fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
            goMemoryLimit(answers.memoryLimit),
          ],
          ports: [
            { name: 'metrics', containerPort: metricsPort },
            { name: 'health', containerPort: ports.health },
            ...(answers.otlp
              ? [
                  { name: 'otlp-grpc', containerPort: ports.grpc },
                  { name: 'otlp-http', containerPort: ports.http },
                ]
              : []),
          ],
          ...httpProbes('health', { live: '/' }),
          securityContext: rootWith(),
          why: {
            securityContext:
              'Logs belong to root, and nobody else may read them; no capability is needed for that.',
          },
          mounts: [
            configMount(answers.name, '/etc/otelcol'),
            hostPath('logs', '/var/log/pods', { type: 'Directory' }),
            hostPath('state', '/var/lib/otelcol', {
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
      config: { 'config.yaml': configOf(answers, sink) },
      secrets: sink.secrets,
      rbac: {
        cluster: [
          { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
          ...(answers.kubeletMetrics
            ? [{ apiGroups: [''], resources: ['nodes/stats'], verbs: ['get'] }]
            : []),
        ],
        why: answers.kubeletMetrics
          ? 'It keeps the names of the pods of its node in memory, and asks the kubelet for what they use.'
          : 'It keeps the names of the pods of its node in memory.',
      },
      extras: answers.otlp ? [otlpService(answers)] : [],
      ingress: answers.otlp ? [{ port: ports.grpc }, { port: ports.http }] : [],
      metrics: { port: metricsPort, portName: 'metrics', path: '/metrics' },
      egress: egressOf(answers, sink),
      keep: keepSeLinux(answers),
      before: sinkSteps(answers),
    })
  },
})

type OtelAnswers = SinkAnswers & {
  namespace: string
  networkPolicy: boolean
  hostMetrics: boolean
  kubeletMetrics: boolean
  kubeletCa: boolean
  otlp: boolean
  metricsSink: 'prometheus' | 'otlp'
  metricsUrl: string
}

function measures({ hostMetrics, kubeletMetrics, otlp }: Answers): boolean {
  return hostMetrics === true || kubeletMetrics === true || otlp === true
}

/** What only the distribution contrib has. */
function needsContrib(answers: Answers): string | undefined {
  const { sink, metricsSink } = answers
  if (sink === 'elasticsearch' || sink === 'opensearch') return `exporter ${sink}`
  return measures(answers) && metricsSink === 'prometheus' ? 'exporter prometheus' : undefined
}

function egressOf(answers: OtelAnswers, sink: SinkParts): Port[] {
  const found = [...sink.egress]
  if (answers.kubeletMetrics) found.push({ port: 10250 })
  if (measures(answers as never) && answers.metricsSink === 'otlp') {
    const { port, protocol } = new URL(answers.metricsUrl)
    found.push({ port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) })
  }
  return found.filter(({ port }, index) => found.findIndex((one) => one.port === port) === index)
}

/** A Service for the pods of the node. */
function otlpService({ name, namespace }: OtelAnswers): Manifest {
  const labels = { 'app.kubernetes.io/name': 'otel-collector', 'app.kubernetes.io/instance': name }
  const metadata = { name: `${name}-otlp`, namespace, labels }
  const service: Manifest = {
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        internalTrafficPolicy: 'Local',
        selector: labels,
        ports: [
          { name: 'otlp-grpc', port: ports.grpc, targetPort: 'otlp-grpc', appProtocol: 'grpc' },
          { name: 'otlp-http', port: ports.http, targetPort: 'otlp-http' },
        ],
      },
    },
    comments: { 'spec.internalTrafficPolicy': 'Pods reach the collector of their own node, and no other.' },
  }
  return service
}

function configOf(answers: OtelAnswers, sink: SinkParts): string {
  const { hostMetrics, kubeletMetrics, otlp } = answers
  const hasMetrics = measures(answers as never)
  const isMeasured = hasMetrics && answers.metricsSink === 'prometheus'
  const stream = streamOf(answers)
  const exporter = exporterOf(answers, sink)
  const authenticator = authenticatorOf(answers)
  const metricReceivers = [
    ...(hostMetrics ? ['host_metrics'] : []),
    ...(kubeletMetrics ? ['kubelet_stats'] : []),
    ...(otlp ? ['otlp'] : []),
    ...(isMeasured ? ['prometheus'] : []),
  ]
  const config = {
    extensions: {
      health_check: { endpoint: `0.0.0.0:${ports.health}` },
      file_storage: { directory: state, compaction: { on_start: true, directory: state } },
      ...authenticator,
    },
    receivers: {
      file_log: {
        include: ['/var/log/pods/*/*/*.log'],
        exclude: [`/var/log/pods/\${env:POD_NAMESPACE}_${answers.name}-*_*/otel-collector/*.log`],
        start_at: 'beginning',
        include_file_path: true,
        include_file_name: false,
        storage: 'file_storage',
        retry_on_failure: { enabled: true, max_elapsed_time: 0 },
        operators: [{ type: 'container' }],
      },
      ...(otlp && {
        otlp: {
          protocols: {
            grpc: { endpoint: `0.0.0.0:${ports.grpc}` },
            http: { endpoint: `0.0.0.0:${ports.http}` },
          },
        },
      }),
      ...(hostMetrics && {
        host_metrics: {
          collection_interval: '30s',
          scrapers: {
            cpu: {},
            load: {},
            memory: {},
            paging: {},
            disk: {},
            filesystem: {
              include_virtual_filesystems: true,
              include_mount_points: { match_type: 'strict', mount_points: ['/var/log/pods'] },
            },
          },
        },
      }),
      ...(kubeletMetrics && {
        kubelet_stats: {
          collection_interval: '30s',
          auth_type: 'serviceAccount',
          endpoint: 'https://${env:K8S_NODE_IP}:10250',
          insecure_skip_verify: !answers.kubeletCa,
          metric_groups: ['node', 'pod', 'container'],
        },
      }),
      ...(isMeasured && {
        prometheus: {
          config: {
            scrape_configs: [
              {
                job_name: 'otel-collector',
                scrape_interval: '30s',
                static_configs: [{ targets: [`127.0.0.1:${ports.own}`] }],
              },
            ],
          },
        },
      }),
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 25 },
      k8s_attributes: {
        filter: { node_from_env_var: 'K8S_NODE_NAME' },
        extract: {
          metadata: [
            'k8s.namespace.name',
            'k8s.pod.name',
            'k8s.pod.uid',
            'k8s.deployment.name',
            'k8s.statefulset.name',
            'k8s.daemonset.name',
            'k8s.cronjob.name',
            'k8s.job.name',
            'k8s.node.name',
            'service.name',
          ],
        },
        pod_association: [
          {
            sources: [
              { from: 'resource_attribute', name: 'k8s.pod.name' },
              { from: 'resource_attribute', name: 'k8s.namespace.name' },
            ],
          },
          ...(otlp ? [{ sources: [{ from: 'connection' }] }] : []),
        ],
      },
      resource: {
        attributes: [{ key: 'k8s.node.name', value: '${env:K8S_NODE_NAME}', action: 'insert' }],
      },
      ...(stream && {
        'resource/stream': {
          attributes: [
            { key: 'data_stream.dataset', value: stream.dataset, action: 'upsert' },
            { key: 'data_stream.namespace', value: stream.namespace, action: 'upsert' },
          ],
        },
      }),
    },
    exporters: {
      ...exporter,
      ...(isMeasured && {
        prometheus: {
          endpoint: `0.0.0.0:${ports.measured}`,
          resource_to_telemetry_conversion: { enabled: true },
        },
      }),
      ...(hasMetrics && !isMeasured && { 'otlp_http/metrics': { endpoint: answers.metricsUrl } }),
    },
    service: {
      extensions: ['health_check', 'file_storage', ...Object.keys(authenticator)],
      pipelines: {
        logs: {
          receivers: ['file_log', ...(otlp ? ['otlp'] : [])],
          processors: [
            'memory_limiter',
            'k8s_attributes',
            'resource',
            ...(stream ? ['resource/stream'] : []),
          ],
          exporters: Object.keys(exporter),
        },
        ...(hasMetrics && {
          metrics: {
            receivers: metricReceivers,
            processors: ['memory_limiter', ...(otlp ? ['k8s_attributes'] : []), 'resource'],
            exporters: [isMeasured ? 'prometheus' : 'otlp_http/metrics'],
          },
        }),
        ...(otlp &&
          !isMeasured && {
            traces: {
              receivers: ['otlp'],
              processors: ['memory_limiter', 'k8s_attributes', 'resource'],
              exporters: ['otlp_http/metrics'],
            },
          }),
      },
      telemetry: {
        metrics: {
          readers: [
            {
              pull: {
                exporter: { prometheus: { host: isMeasured ? '127.0.0.1' : '0.0.0.0', port: ports.own } },
              },
            },
          ],
        },
      },
    },
  }
  return writeValue(config, { comments: commentsOf(answers, isMeasured) })
}

function commentsOf(answers: OtelAnswers, isMeasured: boolean): Record<string, string> {
  const name = { elasticsearch: 'elasticsearch', opensearch: 'opensearch', loki: 'otlp_http', stdout: '' }[
    answers.sink
  ]
  return {
    'extensions.file_storage.compaction': 'The file grows with what waits, and shrinks only this way.',
    'receivers.file_log.exclude': 'Its own lines would make new lines without end.',
    'receivers.file_log.start_at':
      'A new file is read from its beginning; of files it knows, only what is new.',
    'receivers.file_log.retry_on_failure': 'While nothing can be sent on, reading waits.',
    ...(answers.hostMetrics && {
      'receivers.host_metrics.scrapers':
        'What /proc tells of the whole node in any container; the network there is that of the pod.',
      'receivers.host_metrics.scrapers.filesystem':
        'The disk of the node, by the folder of it that is mounted here, which counts as virtual.',
    }),
    ...(answers.kubeletMetrics &&
      !answers.kubeletCa && {
        'receivers.kubelet_stats.insecure_skip_verify':
          'Most kubelets sign their certificates themselves; this one is on the same node.',
      }),
    ...(isMeasured && {
      'receivers.prometheus': "The collector's own metrics, so that there is one port to scrape.",
      'exporters.prometheus.resource_to_telemetry_conversion':
        'The names of pods and containers become labels.',
    }),
    'processors.k8s_attributes.filter': 'Without it every pod would watch the pods of the whole cluster.',
    'processors.k8s_attributes.pod_association':
      'By name: the UID in the path of a static pod is not that of its object.',
    ...(name && {
      [`exporters.${name}.sending_queue`]: 'Up to 128 MiB wait on the disk for the sink; then reading waits.',
    }),
    ...(answers.sink === 'elasticsearch' && {
      'exporters.elasticsearch.retry':
        'By default lines are dropped after two more attempts, and after any answer but 429 at once.',
      'exporters.elasticsearch.mapping':
        answers.indexMode === 'data-stream'
          ? 'Documents as OpenTelemetry has them; the data stream gets the suffix .otel in its dataset.'
          : 'Plain documents: those of OpenTelemetry go into data streams only.',
    }),
  }
}

function authenticatorOf({ sink, sinkAuth }: OtelAnswers): Record<string, object> {
  if (sink === 'stdout' || sinkAuth === 'none') return {}
  return sinkAuth === 'basic'
    ? {
        basicauth: {
          client_auth: {
            username_file: `${credentials}/username`,
            password_file: `${credentials}/password`,
          },
        },
      }
    : { bearertokenauth: { scheme: 'ApiKey', filename: `${credentials}/api-key` } }
}

const queue = {
  enabled: true,
  storage: 'file_storage',
  sizer: 'bytes',
  queue_size: 134_217_728,
  block_on_overflow: true,
  batch: { flush_timeout: '1s', min_size: 1_000_000, max_size: 4_000_000 },
}

/** Retried for as long as it takes: what cannot be sent stays in the queue. */
const retry = { enabled: true, max_interval: '30s', max_elapsed_time: 0 }

function exporterOf(answers: OtelAnswers, { caFile }: SinkParts): Record<string, object> {
  const { sink, sinkUrl, index, indexMode, tenant } = answers
  const [authenticator] = Object.keys(authenticatorOf(answers))
  const client = {
    ...(authenticator && { auth: { authenticator } }),
    ...(caFile && { tls: { ca_file: caFile } }),
  }
  const url = sinkUrl?.replace(/\/+$/, '')
  switch (sink) {
    case 'stdout':
      return { debug: { verbosity: 'normal', use_internal_logger: false } }
    case 'loki':
      return {
        otlp_http: {
          endpoint: `${url}/otlp`,
          ...(tenant && { headers: { 'X-Scope-OrgID': tenant } }),
          ...client,
          retry_on_failure: retry,
          sending_queue: queue,
        },
      }
    case 'opensearch':
      return {
        opensearch: {
          http: { endpoint: url, ...client },
          mapping: { mode: 'ss4o' },
          logs_index: index,
          ...(indexMode === 'index' && { logs_index_time_format: 'yyyy.MM.dd' }),
          bulk_action: 'create',
          retry_on_failure: retry,
          sending_queue: queue,
        },
      }
    case 'elasticsearch':
      return {
        elasticsearch: {
          endpoints: [url],
          ...client,
          ...(indexMode === 'index'
            ? { mapping: { allowed_modes: ['none'] }, logs_index: index, logstash_format: { enabled: true } }
            : { mapping: { allowed_modes: ['otel'] } }),
          retry: {
            enabled: true,
            max_retries: 10_000,
            initial_interval: '1s',
            max_interval: '30s',
            retry_on_status: [429, 500, 502, 503, 504],
          },
          sending_queue: queue,
        },
      }
  }
}

/** @throws ScaffoldError for a data stream that Elasticsearch's exporter cannot write logs into */
function streamOf({
  sink,
  index,
  indexMode,
}: OtelAnswers): { dataset: string; namespace: string } | undefined {
  if (sink !== 'elasticsearch' || indexMode !== 'data-stream') return undefined
  const [type, dataset = '', namespace = '', ...more] = index.split('-')
  if (type !== 'logs' || more.length > 0)
    throw new ScaffoldError(
      `--index ${index}: otel-collector writes logs into data streams named logs-DATASET-NAMESPACE, with no other hyphen, such as logs-kubernetes-default.`,
    )
  return { dataset, namespace }
}
