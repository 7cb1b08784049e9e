import { parseImage } from '@daemonlint/rules/images'
import { definePreset } from '../define.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { defaultImage, mistakeInImage } from '../images.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, scratch, secretMount } from '../kit/mounts.ts'
import { httpProbes } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { type Answers, confirm, select, text } from '../questions.ts'
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
import type { ImageDefault, PresetData } from '../types.ts'
import { forSeLinux, keepSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const state = '/var/lib/fluentd'
const configFolder = '/fluentd/etc'
const credentials = '/fluentd/credentials'
const repository = 'docker.io/fluent/fluentd-kubernetes-daemonset'

const cannot = { loki: 'its images for Kubernetes hold no plugin for Loki' }

const variantOf = ({ sink, elasticsearchMajor }: Answers) =>
  sink === 'opensearch' ? 'opensearch' : `elasticsearch${elasticsearchMajor ?? 9}`

const imageOf = (variant: string): ImageDefault => ({ repository, tag: `v1.19.3-debian-${variant}-1.1` })

export default definePreset({
  name: 'fluentd',
  title: 'Fluentd',
  category: 'logs',
  summary:
    'reads the logs of all containers of its node and sends them on; with plugins for nearly everything',
  homepage: 'https://docs.fluentd.org',
  images: {
    agent: imageOf('elasticsearch9'),
    elasticsearch8: imageOf('elasticsearch8'),
    elasticsearch7: imageOf('elasticsearch7'),
    opensearch: imageOf('opensearch'),
  },
  namespace: 'logging',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '256Mi', memoryLimit: '512Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would write the same positions and buffers, so one goes before the other comes; a tenth of the nodes at once.',
    priority:
      'It fits this node only, and when the node shuts down it stops after those whose logs it reads.',
    resources: 'No CPU limit: a reader that is slowed down falls behind until logs are rotated away.',
    grace: 'Time to finish the requests under way. What is still to be sent waits on the disk.',
    controlPlane: 'The control plane has logs too.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    ...sinkQuestions('fluentd', cannot),
    elasticsearchMajor: select({
      message: 'Which major version has the Elasticsearch server?',
      help: 'Major version of the Elasticsearch server, which the client in the image has to match',
      when: ({ sink }) => sink === 'elasticsearch',
      default: '9',
      choices: [{ value: '9' }, { value: '8' }, { value: '7' }],
    }),
    image: text({
      message: 'Which image?',
      help: 'Image with the plugin of the sink, with a tag that does not move, or a digest',
      value: 'IMAGE',
      default: (answers) => defaultImage(imageOf(variantOf(answers))),
      check: (value, answers) => {
        const images = { agent: imageOf(variantOf(answers)) }
        return mistakeInImage(value, { images } as PresetData) ?? mistakeInVariant(value, answers)
      },
    }),
    parseJson: confirm({
      message: 'Are lines that are JSON taken apart into fields?',
      help: 'Take lines that are JSON apart into fields',
      default: true,
    }),
    journal: confirm({
      message: "The node's own journal too (kubelet, container runtime)?",
      help: "Also read the node's journal",
      default: false,
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    ...sinkVariants(cannot),
    'elasticsearch-8': { sink: 'elasticsearch', elasticsearchMajor: '8', indexMode: 'data-stream' },
    'elasticsearch-7': { sink: 'elasticsearch', elasticsearchMajor: '7', parseJson: false },
    journal: { sink: 'stdout', journal: true },
    selinux: { sink: 'stdout', selinux: true },
  },
  notes: [
    'What has been read, and up to 512 MB that wait for the sink, is in /var/lib/fluentd on the node: removed with the DaemonSet only by hand.',
    'The format of containerd and CRI-O is read. Nodes with Docker need another parser, and /var/lib/docker/containers.',
    'Each image has the client of one major version of the server: --elasticsearch-major chooses it. A client of the wrong one is refused by the server, or refuses it.',
    'In Elasticsearch the user, or the API key, needs auto_configure and create_doc for these indices or this data stream, and no more. In OpenSearch it may also ask for the version (cluster:monitor/main), which the client does first.',
    'A data stream is written with ids that Fluentd makes (the field log_id), so that what is sent again does not stand there twice. The output of the plugin for data streams is not used: it asks for the right to manage templates and policies, needs the server in order to start, and drops what the server refuses for a moment.',
    'Elasticsearch has a template that makes logs-*-* a data stream. OpenSearch has none: put an index template with data_stream there first.',
    'A record that the sink refuses for good, because a field has another type for instance, is written to the log of Fluentd with the reason.',
    sinkPolicyNote,
    seLinuxNote,
    'Labels of pods are asked for once and kept for an hour.',
    'Credentials are files of the Secret and are read at the start: restart the pods when they change.',
  ],
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter run-as-non-root': 'Logs of containers belong to root. All capabilities are dropped.',
  },
  build({ answers }) {
    const sink = sinkParts(answers, '/fluentd/ca')
    return forSeLinux(answers, {
      containers: [
        {
          name: 'fluentd',
          env: [
            fieldEnv('NODE_NAME', 'spec.nodeName'),
            fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
            { name: 'MALLOC_ARENA_MAX', value: '2' },
          ],
          ports: [{ name: 'metrics', containerPort: 24231 }],
          ...httpProbes('metrics', { live: '/metrics' }),
          securityContext: rootWith(),
          why: {
            'env[MALLOC_ARENA_MAX]':
              'Otherwise every thread keeps memory of its own that it never gives back.',
            livenessProbe: 'It says nothing of the sink: an outage there restarts nothing here.',
            securityContext:
              'Logs belong to root, and nobody else may read them; no capability is needed for that.',
          },
          mounts: [
            configMount(answers.name, configFolder, { why: 'In the place of what the image brings.' }),
            hostPath('logs', '/var/log', { type: 'Directory' }),
            hostPath('state', state, {
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'What has been read and what is still to be sent outlives the pod.',
            }),
            scratch('tmp', '/tmp', {
              sizeLimit: '64Mi',
              why: 'For the lock and the socket of its supervisor.',
            }),
            ...(sink.env.length > 0
              ? [secretMount(answers.sinkSecret, credentials, { volume: 'sink-credentials' })]
              : []),
            ...sink.mounts,
          ],
        },
      ],
      pod: { terminationGracePeriodSeconds: 60 },
      config: { 'fluent.conf': configOf(answers, sink) },
      secrets: sink.secrets,
      rbac: {
        cluster: [{ apiGroups: [''], resources: ['namespaces', 'pods'], verbs: ['get'] }],
        why: 'It asks for the labels of the pods whose logs it reads, one at a time, and watches none.',
      },
      metrics: { port: 24231, portName: 'metrics', path: '/metrics' },
      egress: sink.egress,
      keep: keepSeLinux(answers),
      before: sinkSteps(answers),
    })
  },
})

/** The images are alike but for the plugin and the client in them, which their tags name. */
function mistakeInVariant(image: string, answers: Answers): string | undefined {
  const { name, tag = '' } = parseImage(image)
  const [, variant] = /-debian-([a-z0-9]+)/.exec(tag) ?? []
  if (!name.endsWith('/fluentd-kubernetes-daemonset') || variant === undefined) return undefined
  if (!isStore(answers)) return undefined
  const wanted = variantOf(answers)
  return variant === wanted
    ? undefined
    : `${image} holds what ${variant} needs; this sink needs ${wanted}: ${defaultImage(imageOf(wanted))}`
}

type FluentdAnswers = SinkAnswers & {
  elasticsearchMajor: '7' | '8' | '9'
  parseJson: boolean
  journal: boolean
}

type Line = string | (string | string[])[] | false

/** `<name argument>`, what is in it by two columns further right, and its end. */
function section(name: string, argument: string, ...lines: Line[]): string[] {
  const inner = lines.filter((line) => line !== false).flat(2)
  return [`<${name}${argument && ` ${argument}`}>`, ...inner.map((line) => `  ${line}`), `</${name}>`]
}

function configOf(answers: FluentdAnswers, sink: SinkParts): string {
  const { name, parseJson, journal } = answers
  const isStream = isStore(answers) && answers.indexMode === 'data-stream'
  const store = answers.sink === 'opensearch' ? 'opensearch' : 'elasticsearch'
  const sections = [
    section(
      'system',
      '',
      `root_dir ${state}`,
      '# What waits on the disk are logs, for root alone.',
      'file_permission 0600',
      'dir_permission 0700',
      'suppress_config_dump true',
    ),
    [
      '# Its own messages go to its standard output, and nowhere else.',
      ...section('label', '@FLUENT_LOG', section('match', '**', '@type null')),
    ],
    section(
      'source',
      '',
      '@type tail',
      '@id containers',
      'tag kubernetes.*',
      'path /var/log/containers/*.log',
      '# Its own lines would make new lines without end.',
      `exclude_path "/var/log/containers/${name}-*_#{ENV['POD_NAMESPACE']}_fluentd-*.log"`,
      `pos_file ${state}/containers.pos`,
      'pos_file_compaction_interval 1h',
      'read_from_head true',
      'refresh_interval 10',
      '# So that it answers its probes before it has opened thousands of files.',
      'skip_refresh_on_startup true',
      '# These files are links, and inotify says nothing of where they lead. A timer looks every second.',
      'enable_stat_watcher false',
      section('parse', '', '@type cri', 'time_format %Y-%m-%dT%H:%M:%S.%N%:z', 'keep_time_key false'),
    ),
    ...(journal
      ? [
          section(
            'source',
            '',
            '@type systemd',
            '@id journal',
            'tag journal',
            'path /var/log/journal',
            section('storage', '', '@type local', `path ${state}/journal.json`, 'persistent true'),
            section('entry', '', 'fields_strip_underscores true', 'fields_lowercase true'),
          ),
        ]
      : []),
    section('source', '', '@type prometheus', '@id metrics', 'port 24231', 'metrics_path /metrics'),
    section('source', '', '@type prometheus_output_monitor', '@id output_metrics'),
    [
      '# The runtime breaks long lines into parts of 16 KiB.',
      ...section(
        'filter',
        'kubernetes.**',
        '@type concat',
        '@id whole_lines',
        'key message',
        "separator ''",
        'partial_key logtag',
        'partial_value P',
        'stream_identity_key stream',
        'flush_interval 10s',
        'timeout_label @LINES',
        'buffer_limit_size 1m',
        'buffer_overflow_method new',
      ),
    ],
    section('match', '**', '@type relabel', '@label @LINES'),
    section(
      'label',
      '@LINES',
      parseJson &&
        section(
          'filter',
          'kubernetes.**',
          '@type parser',
          '@id json',
          'key_name message',
          'reserve_data true',
          'reserve_time true',
          'remove_key_name_field true',
          'emit_invalid_record_to_error false',
          section('parse', '', '@type json', '# No field: the time is that of the line.', "time_key ''"),
        ),
      section(
        'filter',
        'kubernetes.**',
        '@type kubernetes_metadata',
        '@id kubernetes',
        '# A watch would need the right to list, and ends Fluentd when it breaks too often.',
        'watch false',
        'skip_master_url true',
        'skip_namespace_labels true',
        'allow_orphans false',
        '# What a line says of its pod does not count.',
        'lookup_from_k8s_field false',
      ),
      section(
        'filter',
        'kubernetes.**',
        '@type record_transformer',
        '@id labels',
        'enable_ruby true',
        '# With dots, app.kubernetes.io/name would be a field in a field app, which is a text elsewhere.',
        section(
          'record',
          '',
          'kubernetes ${record["kubernetes"].to_h.merge("labels" => record["kubernetes"].to_h["labels"].to_h.transform_keys { |key| key.tr(".", "_") })}',
        ),
      ),
      section(
        'filter',
        '**',
        '@type record_transformer',
        '@id node',
        section('record', '', `node "#{ENV['NODE_NAME']}"`),
      ),
      isStream && [
        '# A data stream takes what is created only, and with an id nothing is created twice.',
        ...section('filter', '**', `@type ${store}_genid`, '@id ids', 'hash_id_key log_id'),
      ],
      section('match', '**', '@type relabel', '@label @SINK'),
    ),
    [
      '# What has to be sent again comes here anew, past the filters.',
      ...section('label', '@SINK', outputOf(answers, sink)),
    ],
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function outputOf(answers: FluentdAnswers, sink: SinkParts): string[] {
  if (answers.sink === 'stdout')
    return section(
      'match',
      '**',
      '@type stdout',
      '@id sink',
      section('format', '', '@type json'),
      section('inject', '', 'time_key @timestamp', 'time_type string', 'time_format %Y-%m-%dT%H:%M:%S.%N%:z'),
    )
  const isOpenSearch = answers.sink === 'opensearch'
  const { host, port, path, tls, caFile } = sink
  const file = (name: string) => `File.read('${credentials}/${name}')`
  return section(
    'match',
    '**',
    `@type ${answers.sink}`,
    '@id sink',
    `scheme ${tls ? 'https' : 'http'}`,
    `host ${host}`,
    `port ${port}`,
    path !== '' && `path ${path}`,
    tls && ['ssl_verify true', 'ssl_min_version TLSv1_2', 'ssl_max_version TLSv1_3'],
    caFile !== undefined && `ca_file ${caFile}`,
    answers.sinkAuth === 'basic' && [
      `user "#{${file('username')}.chomp}"`,
      `password "#{${file('password')}.chomp}"`,
    ],
    answers.sinkAuth === 'api-key' && [
      '# The plugin encodes it itself.',
      `api_key "#{${file('api-key')}.unpack1('m')}"`,
    ],
    '# Not asked of the server, so that it starts while that is away.',
    isOpenSearch
      ? ['verify_os_version_at_startup false', 'default_opensearch_version 2']
      : ['verify_es_version_at_startup false', `default_elasticsearch_version ${answers.elasticsearchMajor}`],
    'suppress_type_name true',
    answers.indexMode === 'data-stream'
      ? [`index_name ${answers.index}`, 'include_timestamp true', 'write_operation create', 'id_key log_id']
      : ['logstash_format true', `logstash_prefix ${answers.index}`],
    'request_timeout 30s',
    '# A Service stands for all servers: their own addresses may not be reachable from here.',
    'reload_connections false',
    'reconnect_on_error true',
    '# A server that has too much to do is asked again. By default what it turned away is lost.',
    'unrecoverable_error_types ["out_of_memory_error"]',
    `log_${isOpenSearch ? 'os' : 'es'}_400_reason true`,
    section(
      'buffer',
      'tag',
      '@type file',
      `path ${state}/buffer`,
      'chunk_limit_size 8m',
      'total_limit_size 512m',
      'flush_interval 5s',
      'flush_thread_count 2',
      'retry_max_interval 30s',
      'retry_forever true',
      '# When it is full it reads no further, and the lines wait in their files.',
      'overflow_action block',
      'disable_chunk_backup true',
    ),
  )
}
