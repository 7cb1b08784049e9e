import { definePreset } from '../define.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath } from '../kit/mounts.ts'
import { httpProbes } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { confirm, number } from '../questions.ts'
import {
  keepSecretEnv,
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

const configFolder = '/etc/filebeat'
const state = '/usr/share/filebeat/data'

const cannot = {
  opensearch: 'since 7.13 it takes no server but Elasticsearch',
  loki: 'it has no output for it',
}

export default definePreset({
  name: 'filebeat',
  title: 'Filebeat',
  category: 'logs',
  summary: 'reads the logs of all containers of its node and sends them to Elasticsearch',
  homepage: 'https://www.elastic.co/docs/reference/beats/filebeat',
  images: { agent: { repository: 'docker.elastic.co/beats/filebeat-wolfi', tag: '9.5.4' } },
  namespace: 'logging',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '128Mi', memoryLimit: '400Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would write the same registry, which is locked, so one goes before the other comes; a tenth of the nodes at once.',
    priority:
      'It fits this node only, and when the node shuts down it stops after those whose logs it reads.',
    resources: 'No CPU limit: a reader that is slowed down falls behind until logs are rotated away.',
    grace: 'Longer than it waits for what is under way to be confirmed.',
    controlPlane: 'The control plane has logs too.',
  },
  podNetwork: true,
  questions: {
    ...sinkQuestions('filebeat', cannot),
    hints: confirm({
      message: 'May pods say in annotations how their logs are read (co.elastic.logs/…)?',
      help: 'Heed the annotations co.elastic.logs/… of pods, which say how their logs are read',
      default: false,
    }),
    cloudMetadata: confirm({
      message: 'Is each line to name the cloud, its region and the instance?',
      help: 'Add cloud, region and instance, asked of the metadata service of the cloud',
      default: false,
    }),
    fingerprintLength: number({
      message: 'By how many bytes at their beginning are files told apart? Shorter files wait',
      help: 'How many bytes at their beginning tell files apart; files that are shorter are not read yet',
      unit: 'bytes',
      min: 64,
      max: 1024,
      default: 64,
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    ...sinkVariants(cannot),
    hints: { hints: true },
    'hints-stdout': { sink: 'stdout', hints: true, cloudMetadata: true },
    'cloud-metadata': { cloudMetadata: true, networkPolicy: true },
    selinux: { sink: 'stdout', selinux: true },
  },
  notes: [
    'What has been read is in /var/lib/filebeat on the node: removed with the DaemonSet only by hand. What is still to be sent waits in the log files: what is rotated away before Filebeat has opened it is lost.',
    'The format of containerd and CRI-O is read. Nodes with Docker need another one, and /var/lib/docker/containers.',
    'Elasticsearch should be no older than Filebeat: take the image of its version.',
    'Filebeat loads no template and no lifecycle policy: it needs the rights monitor, auto_configure and create_doc, and not those to manage them. Its own template would make data streams of an index a day.',
    'A data stream has the template and the policy that Elasticsearch brings for logs-*-*. An index a day has neither, unless you make them, and is kept for ever.',
    'An API key is given as its id, a colon and the key: the form that Kibana calls Beats.',
    'Filebeat interprets values from variables: it does not start with a password that holds a comma or begins with a bracket, and changes one that looks like a number, such as 0123 or 1e5. Take another password, or an API key.',
    'A file is told from others by its first bytes, which with containerd and CRI-O begin with the time in nanoseconds. To change --fingerprint-length later has all files read anew.',
    'With --hints whoever may annotate a pod may also say which files Filebeat reads; other inputs than for files are refused, for which 9.5.4 or later is needed.',
    sinkPolicyNote,
    seLinuxNote,
    'It has no metrics for Prometheus: /stats at port 5066 is JSON.',
  ],
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter run-as-non-root': 'Logs of containers belong to root. All capabilities are dropped.',
    'checkov CKV_K8S_35':
      'Its configuration takes credentials from variables or a store of its own making, not from files of a Secret.',
  },
  build({ answers }) {
    const { hints, cloudMetadata } = answers
    const sink = sinkParts(answers, '/etc/filebeat-ca', { apiKey: 'id:key' })
    return forSeLinux(answers, {
      containers: [
        {
          name: 'filebeat',
          args: ['-c', `${configFolder}/filebeat.yml`, '-e'],
          env: [
            fieldEnv('NODE_NAME', 'spec.nodeName'),
            fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
            goMemoryLimit(answers.memoryLimit),
            ...sink.env,
          ],
          ports: [{ name: 'http', containerPort: 5066 }],
          ...httpProbes('http', { live: '/' }),
          securityContext: rootWith(),
          why: {
            livenessProbe: 'It says nothing of the sink: an outage there restarts nothing here.',
            securityContext:
              'Logs belong to root, and nobody else may read them; no capability is needed for that. Its configuration has to belong to its user too.',
          },
          mounts: [
            configMount(answers.name, configFolder),
            hostPath('logs', '/var/log', { type: 'Directory' }),
            hostPath('state', '/var/lib/filebeat', {
              type: 'DirectoryOrCreate',
              at: state,
              writable: true,
              why: 'What has been read outlives the pod.',
            }),
            ...sink.mounts,
          ],
        },
      ],
      ...(hints && { annotations: { 'co.elastic.logs/enabled': 'false' } }),
      config: { 'filebeat.yml': configOf(answers, sink) },
      secrets: sink.secrets,
      rbac: {
        cluster: [
          {
            apiGroups: [''],
            resources: hints ? ['pods', 'nodes', 'namespaces'] : ['pods'],
            verbs: ['list', 'watch'],
          },
        ],
        why: hints
          ? 'It keeps the pods of its node with their annotations in memory, and starts no input before it has nodes and namespaces too.'
          : 'It keeps the names and labels of the pods of its node in memory.',
      },
      egress: [
        ...sink.egress,
        ...(cloudMetadata && !sink.egress.some(({ port }) => port === 80) ? [{ port: 80 }] : []),
      ],
      keep: [...keepSecretEnv('filebeat', sink), ...keepSeLinux(answers)],
      before: sinkSteps(answers),
    })
  },
})

interface FilebeatAnswers extends SinkAnswers {
  hints: boolean
  cloudMetadata: boolean
  fingerprintLength: number
}

function configOf(answers: FilebeatAnswers, sink: SinkParts): string {
  const { name, hints, cloudMetadata } = answers
  // Only pods are watched: labels of nodes and namespaces are the same on most lines.
  const metadata = { namespace: { enabled: false }, node: { enabled: false } }
  const reader = (id: string, path: string, exclude: string[]) => ({
    type: 'filestream',
    id,
    paths: [path],
    parsers: [{ container: { stream: 'all', format: 'cri' } }],
    prospector: {
      scanner: {
        symlinks: true,
        ...(exclude.length > 0 && { exclude_files: exclude }),
        fingerprint: { enabled: true, length: answers.fingerprintLength },
      },
    },
    file_identity: { fingerprint: null },
    close: { on_state_change: { removed: false } },
  })
  const config = {
    name: '${NODE_NAME}',
    ...(hints
      ? {
          'filebeat.autodiscover': {
            providers: [
              {
                type: 'kubernetes',
                node: '${NODE_NAME}',
                use_kubeadm: false,
                add_resource_metadata: metadata,
                hints: {
                  enabled: true,
                  input_allow_list: { enabled: true, types: ['filestream'] },
                  default_config: reader(
                    'container-${data.kubernetes.container.id}',
                    '/var/log/containers/*-${data.kubernetes.container.id}.log',
                    [],
                  ),
                },
              },
            ],
          },
        }
      : {
          'filebeat.inputs': [
            {
              ...reader('containers', '/var/log/containers/*.log', [
                `/${name}-[a-z0-9]+_\${POD_NAMESPACE}_filebeat-`,
              ]),
              processors: [
                {
                  add_kubernetes_metadata: {
                    node: '${NODE_NAME}',
                    use_kubeadm: false,
                    add_resource_metadata: metadata,
                    matchers: [{ logs_path: { logs_path: '/var/log/containers/' } }],
                  },
                },
              ],
            },
          ],
        }),
    'filebeat.shutdown_timeout': '20s',
    ...(cloudMetadata && { processors: [{ add_cloud_metadata: null }] }),
    'http.enabled': true,
    'http.host': '0.0.0.0',
    'http.port': 5066,
    'logging.metrics.enabled': false,
    ...outputOf(answers, sink),
  }
  const at = hints ? '["filebeat.autodiscover"].providers[0].hints.default_config' : '["filebeat.inputs"][0]'
  return writeValue(config, {
    comments: {
      [`${at}.id`]: 'To change it has all files read anew.',
      [`${at}.prospector.scanner.symlinks`]: 'What is in /var/log/containers are links.',
      ...(hints
        ? {
            '["filebeat.autodiscover"].providers[0].hints.input_allow_list':
              'Annotations are not to start inputs that ask servers or run commands.',
          }
        : {
            [`${at}.prospector.scanner.exclude_files`]: 'Its own lines would make new lines without end.',
          }),
      [`${at}.prospector.scanner.fingerprint`]:
        'Lines begin with the time in nanoseconds, so that few bytes tell files apart; shorter files wait.',
      [`${at}.close`]: 'A file that was rotated or deleted is read to its end.',
      '["filebeat.shutdown_timeout"]': 'What is not confirmed by then is sent again after the restart.',
      ...(answers.sink === 'elasticsearch' && {
        '["setup.template.enabled"]':
          answers.indexMode === 'data-stream'
            ? 'The template and the policy of Elasticsearch for logs-*-* are used.'
            : 'Its own template would make a data stream of each day.',
      }),
    },
  })
}

function outputOf(answers: SinkAnswers, sink: SinkParts): object {
  if (answers.sink === 'stdout') return { 'output.console': { pretty: false } }
  const { host, port, path, tls, caFile } = sink
  const isStream = answers.indexMode === 'data-stream'
  return {
    'setup.template.enabled': false,
    'setup.ilm.enabled': false,
    'output.elasticsearch': {
      hosts: [`${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`],
      ...(answers.sinkAuth === 'basic' && { username: '${SINK_USERNAME}', password: '${SINK_PASSWORD}' }),
      ...(answers.sinkAuth === 'api-key' && { api_key: '${SINK_API_KEY}' }),
      ...(tls && {
        ssl: {
          verification_mode: 'full',
          supported_protocols: ['TLSv1.2', 'TLSv1.3'],
          ...(caFile && { certificate_authorities: [caFile] }),
        },
      }),
      index: isStream ? answers.index : `${answers.index}-%{+yyyy.MM.dd}`,
    },
  }
}
