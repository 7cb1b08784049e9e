import { definePreset } from '../define.ts'
import { asksApi } from '../explained.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, scratch, secretMount } from '../kit/mounts.ts'
import { httpProbes } from '../kit/probes.ts'
import { rootWith, unprivileged } from '../kit/security.ts'
import { type Answers, confirm, select } from '../questions.ts'
import {
  type Sink,
  type SinkAnswers,
  type SinkParts,
  sinkParts,
  sinkPolicyNote,
  sinkQuestions,
  sinkSteps,
  sinkVariants,
} from '../sinks.ts'
import { forSeLinux, keepSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'

const credentials = '/etc/alloy-credentials'
const state = '/var/lib/alloy/data'

const bridge = 'it has no component that does; through OTLP it needs a collector between'
const cannot: Partial<Record<Sink, string>> = { elasticsearch: bridge, opensearch: bridge }

export default definePreset({
  name: 'alloy',
  title: 'Grafana Alloy',
  category: 'logs',
  summary: 'reads the logs of all containers of its node and sends them to Loki; what came after Promtail',
  homepage: 'https://grafana.com/docs/alloy/latest/',
  images: { agent: { repository: 'docker.io/grafana/alloy', tag: 'v1.18.1' } },
  namespace: 'logging',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '256Mi', memoryLimit: '768Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would send each line twice, so one goes before the other comes; a tenth of the nodes at once.',
    priority:
      'It fits this node only, and when the node shuts down it stops after those whose logs it reads.',
    resources: 'No CPU limit: a reader that is slowed down falls behind until logs are rotated away.',
    grace: 'When it stops, Alloy takes up to a minute to send what waits.',
    controlPlane: 'The control plane has logs too.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    ...sinkQuestions('alloy', cannot),
    readFrom: select({
      message: 'From where does it read the logs of containers?',
      help: "From the node's files, as root; or through the API server, without any right on the node",
      default: 'files',
      choices: [
        { value: 'files', label: "The node's files", hint: 'as root, without capabilities' },
        {
          value: 'api',
          label: 'The API server',
          hint: 'no root and no host path, but load on API server and kubelets',
        },
      ],
    }),
    journal: confirm({
      message: "The node's own journal too (kubelet, container runtime)?",
      help: "Also read the node's journal",
      when: readsFiles,
      default: false,
    }),
    usageReports: confirm({
      message: 'May it tell Grafana Labs which components are in use?',
      help: 'Let it report to Grafana Labs, anonymously, which components are in use',
      default: false,
    }),
    selinux: { ...seLinuxQuestion, when: readsFiles },
  },
  variants: {
    ...sinkVariants(cannot),
    api: { readFrom: 'api' },
    'api-stdout': { readFrom: 'api', sink: 'stdout' },
    journal: { journal: true },
    selinux: { sink: 'stdout', selinux: true },
  },
  notes: [
    'What has been read is kept in /var/lib/alloy on the node: removed with the DaemonSet only by hand.',
    'With --read-from api the positions go with the pod: a new pod sends again what the kubelet still has of the logs. Loki stores a line once that has the same labels and time.',
    'Lines wait in memory for Loki; while it refuses them, reading waits, and what is rotated away in the meantime is lost.',
    'Its page on port 12345 shows the configuration, without credentials, to every pod that reaches it; /-/healthy fails with any one component, so it is asked for readiness, and not for liveness.',
    sinkPolicyNote,
    seLinuxNote,
    'It has no exporter for Elasticsearch or OpenSearch: take another agent for them.',
  ],
  explained: {
    ...asksApi,
    'kube-linter run-as-non-root':
      'The logs of containers belong to root, and nobody else may read them; `--read-from api` needs neither root nor the node, and takes the user of the image.',
  },
  build({ answers }) {
    const sink = sinkParts(answers, '/etc/alloy-ca')
    const isApi = answers.readFrom === 'api'
    return forSeLinux(answers, {
      containers: [
        {
          name: 'alloy',
          args: [
            'run',
            '/etc/alloy/config.alloy',
            `--storage.path=${state}`,
            '--server.http.listen-addr=0.0.0.0:12345',
            '--server.http.enable-pprof=false',
            '--server.http.disable-support-bundle',
            '--stability.level=generally-available',
            ...(answers.usageReports ? [] : ['--disable-reporting']),
          ],
          env: [fieldEnv('NODE_NAME', 'spec.nodeName')],
          ports: [{ name: 'http-metrics', containerPort: 12345 }],
          ...httpProbes('http-metrics', { live: '/-/ready', ready: '/-/healthy' }),
          securityContext: isApi ? unprivileged(473) : rootWith(),
          why: {
            'args["--server.http.enable-pprof=false"]':
              'The port is open to all pods; profiles and support bundles are nothing for them.',
            securityContext: isApi
              ? 'The API server has the logs; nothing of the node is needed.'
              : 'Logs belong to root, and nobody else may read them; no capability is needed for that.',
          },
          mounts: [
            configMount(answers.name, '/etc/alloy'),
            ...(isApi
              ? [
                  scratch('state', state, {
                    sizeLimit: '64Mi',
                    why: 'What has been read; it outlives a restart of the container.',
                  }),
                ]
              : [
                  hostPath('logs', '/var/log', { type: 'Directory' }),
                  hostPath('state', '/var/lib/alloy', {
                    type: 'DirectoryOrCreate',
                    at: state,
                    writable: true,
                    why: 'What has been read outlives the pod.',
                  }),
                ]),
            ...(answers.sinkAuth === 'basic' && sink.env.length > 0
              ? [secretMount(answers.sinkSecret, credentials, { volume: 'sink-credentials' })]
              : []),
            ...sink.mounts,
          ],
        },
      ],
      pod: { terminationGracePeriodSeconds: 75 },
      config: { 'config.alloy': configOf(answers, sink) },
      secrets: sink.secrets,
      rbac: {
        cluster: [
          { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
          ...(isApi ? [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }] : []),
        ],
        why: isApi
          ? 'It looks for the pods of its node, and reads their logs.'
          : 'It looks for the pods of its node, for their names and labels.',
      },
      metrics: { port: 12345, portName: 'http-metrics', path: '/metrics' },
      egress: [
        ...sink.egress,
        ...(answers.usageReports && !sink.egress.some(({ port }) => port === 443) ? [{ port: 443 }] : []),
      ],
      keep: keepSeLinux(answers),
      before: sinkSteps(answers),
    })
  },
})

function readsFiles({ readFrom }: Answers): boolean {
  return readFrom === 'files'
}

type AlloyAnswers = SinkAnswers & { readFrom: 'files' | 'api'; journal: boolean }

function configOf(answers: AlloyAnswers, sink: SinkParts): string {
  const receiver = answers.sink === 'stdout' ? 'loki.echo.sink.receiver' : 'loki.write.sink.receiver'
  const parts =
    answers.readFrom === 'api'
      ? [discovery(''), apiSource(receiver)]
      : [discovery(filePath), fileSource(receiver), ...(answers.journal ? [journalSource(receiver)] : [])]
  return [...parts, answers.sink === 'stdout' ? 'loki.echo "sink" {}\n' : lokiOf(answers, sink)].join('\n')
}

const discovery = (
  rest: string,
) => `// The pods of this node alone: without the selector every pod would send the logs of the whole cluster.
discovery.kubernetes "pods" {
  role = "pod"

  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env("NODE_NAME")
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets

  // Its own lines would make new lines without end.
  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    regex         = constants.hostname
    action        = "drop"
  }

  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    target_label  = "namespace"
  }

  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    target_label  = "pod"
  }

  rule {
    source_labels = ["__meta_kubernetes_pod_container_name"]
    target_label  = "container"
  }

  rule {
    source_labels = ["__meta_kubernetes_pod_node_name"]
    target_label  = "node"
  }

  rule {
    source_labels = ["__meta_kubernetes_pod_label_app_kubernetes_io_name", "__meta_kubernetes_pod_label_app"]
    regex         = ";*([^;]+).*"
    target_label  = "app"
  }
${rest}}
`

/** Where the files of a container are. */
const filePath = `
  // The folder of a static pod is named after the hash of its manifest, that of any other after its UID.
  rule {
    source_labels = ["__meta_kubernetes_pod_uid"]
    target_label  = "__tmp_uid"
  }

  rule {
    source_labels = ["__meta_kubernetes_pod_annotation_kubernetes_io_config_hash"]
    regex         = "(.+)"
    target_label  = "__tmp_uid"
  }

  rule {
    source_labels = ["__meta_kubernetes_namespace", "__meta_kubernetes_pod_name", "__tmp_uid"]
    separator     = "_"
    target_label  = "__tmp_folder"
  }

  rule {
    source_labels = ["__tmp_folder", "__meta_kubernetes_pod_container_name"]
    separator     = "/"
    target_label  = "__path__"
    replacement   = "/var/log/pods/$1/*.log"
  }
`

const fileSource = (receiver: string) => `loki.source.file "containers" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.process.containers.receiver]

  file_match {
    enabled = true
  }
}

loki.process "containers" {
  // As containerd and CRI-O write lines.
  stage.cri {}

  // It has the UID of the pod in it: a stream for each pod that ever was.
  stage.label_drop {
    values = ["filename"]
  }

  forward_to = [${receiver}]
}
`

const apiSource = (receiver: string) => `loki.source.kubernetes "containers" {
  targets    = discovery.relabel.pods.output
  forward_to = [${receiver}]
}
`

const journalSource = (receiver: string) => `loki.relabel "journal" {
  forward_to = []

  rule {
    source_labels = ["__journal__systemd_unit"]
    target_label  = "unit"
  }
}

loki.source.journal "node" {
  path          = "/var/log/journal"
  relabel_rules = loki.relabel.journal.rules
  labels        = { node = sys.env("NODE_NAME"), job = "journal" }
  forward_to    = [${receiver}]
}
`

function lokiOf({ sinkUrl, sinkAuth, tenant }: AlloyAnswers, { caFile }: SinkParts): string {
  const lines = [
    `url                 = ${JSON.stringify(`${sinkUrl.replace(/\/+$/, '')}/loki/api/v1/push`)}`,
    ...(tenant ? [`tenant_id           = ${JSON.stringify(tenant)}`] : []),
    '',
    '// 0: without end. By default lines are dropped after ten attempts; so reading waits instead.',
    'max_backoff_retries = 0',
    ...(sinkAuth === 'basic'
      ? [
          '',
          'basic_auth {',
          '  username      = string.trim_space(local.file.username.content)',
          `  password_file = "${credentials}/password"`,
          '}',
        ]
      : []),
    ...(caFile ? ['', 'tls_config {', `  ca_file = "${caFile}"`, '}'] : []),
  ]
  const user = `local.file "username" {
  filename = "${credentials}/username"
}

`
  return `${sinkAuth === 'basic' ? user : ''}loki.write "sink" {
  endpoint {
${lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n')}
  }
}
`
}
