import { definePreset } from '../define.ts'
import { asksApi } from '../explained.ts'
import { firstOf, mistakeInLabel, sentence } from '../formats.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { configMount, hostPath, mountedAt, scratch } from '../kit/mounts.ts'
import { every } from '../kit/probes.ts'
import { privileged, rootWith } from '../kit/security.ts'
import { confirm, list, select } from '../questions.ts'
import type { Manifest } from '../types.ts'

const settings = '/etc/tetragon/tetragon.conf.d'

export default definePreset({
  name: 'tetragon',
  title: 'Tetragon',
  category: 'security',
  summary: 'reports each program that starts and ends on its node, and what policies ask for besides',
  homepage: 'https://tetragon.io',
  images: {
    agent: { repository: 'quay.io/cilium/tetragon', tag: 'v1.7.0' },
    export: { repository: 'quay.io/cilium/hubble-export-stdout', tag: 'v1.1.1' },
  },
  namespace: 'tetragon',
  controlPlane: true,
  tolerations: ['all'],
  rollout: { maxUnavailable: '10%', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '256Mi', memoryLimit: '1Gi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout: 'A node is not watched while its pod is replaced: a tenth of the nodes at once, not all.',
    tolerations: 'What is kept for some pods, or has trouble, is to be watched all the same.',
    priority: 'It fits this node only, and an attacker could push a lesser pod off it.',
    resources: 'No CPU limit: a slowed reader loses events when the kernel has the most of them.',
    grace: 'Time to take its programs out of the kernel.',
  },
  metrics: true,
  questions: {
    events: confirm({
      message: 'Events on standard output, for log agents? Otherwise they are files below /var/log/tetragon',
      help: 'Events on standard output of a second container, instead of files on the node',
      default: true,
    }),
    policies: select({
      message: 'TracingPolicies, by which it watches files, connections and more?',
      help: 'TracingPolicy and TracingPolicyNamespaced: defined here, defined already, or not used',
      default: 'define',
      choices: [
        { value: 'define', label: 'Yes', hint: 'with their definitions' },
        { value: 'existing', label: 'Yes, the cluster has their definitions' },
        { value: 'none', label: 'No', hint: 'programs that start and end, no more' },
      ],
    }),
    hostProcesses: confirm({
      message: 'What runs on the node outside of pods too?',
      help: 'Also report what runs outside of pods',
      default: false,
    }),
    quietNamespaces: list({
      message: 'Pods of which namespaces are not reported? (none: without)',
      help: 'Namespaces whose pods are not reported',
      value: 'NAMESPACE',
      default: ['kube-system'],
      check: (values) => firstOf(values, (value) => sentence(value, mistakeInLabel(value))),
    }),
    credentials: confirm({
      message: 'Rights and namespaces of each process in its events?',
      help: 'Rights (capabilities) and namespaces of each process in its events',
      default: false,
    }),
  },
  variants: {
    files: { events: false },
    'existing-definitions': { policies: 'existing' },
    'no-policies': { policies: 'none' },
    everything: { hostProcesses: true, quietNamespaces: [], credentials: true },
    scraped: { monitor: 'annotations' },
  },
  notes: [
    'It needs a kernel with BTF (/sys/kernel/btf/vmlinux on the node), which kernels of distributions since 2020 have.',
    'Without policies it reports programs that start and end. What else it watches, or stops, TracingPolicies say: see https://tetragon.io/docs/concepts/tracing-policy/.',
    'The definitions of policies here accept any content: the agent checks each policy when it loads it. kubectl get tracingpolicies tells nothing of a mistake, its log does. Where the chart has installed its own before, take --policies existing.',
    'On the network of the node it occupies the ports 2112 (metrics) and 6789 (health).',
    'kubectl exec -c tetragon … -- tetra getevents -o compact shows the events of a node.',
  ],
  scope:
    'The agent, with the definitions of its policies. The chart adds an operator (definitions, PodInfo objects) and hooks of the container runtime, which stop containers that start before the agent.',
  explained: {
    ...asksApi,
    'kube-linter privileged-container, kube-linter run-as-non-root, kube-linter sensitive-host-mounts':
      'It loads programs into the kernel and keeps them in a file system of the node, which only privileged containers may mount.',
    'kube-linter host-network':
      'It is to work before the network of pods does. Policies for that network do not hold it.',
    'checkov CKV_K8S_8, checkov CKV_K8S_9':
      'The container export-stdout prints a file and has nothing to ask; it is started anew when it ends.',
  },
  build({ answers, image }) {
    const { events } = answers
    const policies = answers.policies !== 'none'
    const folder = events ? '/var/run/tetragon-events' : '/var/log/tetragon'
    const exported = events
      ? scratch('events', folder, {
          sizeLimit: '128Mi',
          why: 'From one container to the other: five files of 10 MiB at most.',
        })
      : hostPath('events', folder, {
          type: 'DirectoryOrCreate',
          writable: true,
          why: 'Where log agents of the node find the events.',
        })
    const health = { grpc: { port: 6789, service: 'liveness' } }
    return {
      containers: [
        {
          name: 'tetragon',
          args: [`--config-dir=${settings}`],
          env: [fieldEnv('NODE_NAME', 'spec.nodeName'), goMemoryLimit(answers.memoryLimit)],
          ports: [
            { name: 'metrics', containerPort: 2112 },
            { name: 'health', containerPort: 6789 },
          ],
          terminationMessagePolicy: 'FallbackToLogsOnError',
          startupProbe: { ...health, ...every(5, 5, 60) },
          readinessProbe: { ...health, ...every(10, 5, 3) },
          livenessProbe: { ...health, ...every(30, 10, 3) },
          securityContext: privileged(),
          why: {
            securityContext:
              'Loads its programs into the kernel, and keeps them in a file system of the node.',
            startupProbe:
              'It waits for the API server and checks what the kernel can do: up to five minutes.',
          },
          mounts: [
            configMount(answers.name, settings),
            hostPath('bpf', '/sys/fs/bpf', {
              type: 'DirectoryOrCreate',
              writable: true,
              propagation: 'Bidirectional',
              why: 'Where its programs and maps stay. Mounted here if the node has not done so.',
            }),
            hostPath('proc', '/proc', {
              type: 'Directory',
              at: '/procRoot',
              why: 'Who the processes are that were there before it.',
            }),
            scratch('run', '/var/run/tetragon', { sizeLimit: '16Mi', why: 'Its socket, for tetra.' }),
            exported,
          ],
        },
        ...(events
          ? [
              {
                name: 'export-stdout',
                image: image('export'),
                command: ['hubble-export-stdout'],
                args: [`${folder}/tetragon.log`],
                resources: {
                  requests: { cpu: '10m', memory: '32Mi' },
                  limits: { memory: '64Mi' },
                },
                securityContext: rootWith(),
                why: { securityContext: 'The files are for root alone.' },
                mounts: [mountedAt(exported, folder, { readOnly: true })],
              },
            ]
          : []),
      ],
      pod: { hostNetwork: true, dnsPolicy: 'Default' },
      why: {
        hostNetwork: 'It is to work before the network of pods does.',
        dnsPolicy: 'It looks nothing up in the cluster, so it need not wait for its DNS.',
      },
      config: configOf({ ...answers, policies }, folder),
      rbac: {
        cluster: [
          { apiGroups: [''], resources: ['namespaces', 'nodes', 'pods'], verbs: ['get', 'list', 'watch'] },
          ...(policies
            ? [
                {
                  apiGroups: ['cilium.io'],
                  resources: ['tracingpolicies', 'tracingpoliciesnamespaced'],
                  verbs: ['get', 'list', 'watch'],
                },
                {
                  apiGroups: ['apiextensions.k8s.io'],
                  resources: ['customresourcedefinitions'],
                  verbs: ['get', 'list', 'watch'],
                },
              ]
            : []),
        ],
        why: policies
          ? 'It asks to which pod a container belongs, and reads its policies once they are defined.'
          : 'It asks to which pod a container belongs.',
      },
      metrics: { port: 2112, portName: 'metrics', path: '/metrics' },
      ...(answers.policies === 'define' && { extras: definitions() }),
      next: [
        `See its events: kubectl -n ${answers.namespace} logs daemonset/${answers.name} -c ${events ? 'export-stdout' : 'tetragon'}`,
      ],
    }
  },
})

/** One key for each flag. */
function configOf(
  {
    policies,
    hostProcesses,
    quietNamespaces,
    credentials,
  }: { policies: boolean; hostProcesses: boolean; quietNamespaces: string[]; credentials: boolean },
  folder: string,
): Record<string, string> {
  const kinds = ['EXEC', 'EXIT', 'KPROBE', 'UPROBE', 'TRACEPOINT', 'LSM'].map((kind) => `PROCESS_${kind}`)
  // What runs outside of pods is in the namespace ''.
  const quiet = [...(hostProcesses ? [] : ['']), ...quietNamespaces]
  const denied = [{ health_check: true }, ...(quiet.length > 0 ? [{ namespace: quiet }] : [])]
  return {
    procfs: '/procRoot',
    'enable-k8s-api': 'true',
    'enable-tracing-policy-crd': String(policies),
    'enable-policy-filter': String(policies),
    'enable-pod-info': 'false',
    'enable-process-cred': String(credentials),
    'enable-process-ns': String(credentials),
    'process-cache-size': '65536',
    'server-address': 'unix:///var/run/tetragon/tetragon.sock',
    'health-server-address': ':6789',
    'health-server-interval': '10',
    'metrics-server': ':2112',
    'metrics-label-filter': 'namespace,workload,pod,binary',
    'gops-address': '',
    'export-filename': `${folder}/tetragon.log`,
    'export-file-perm': '600',
    'export-file-max-size-mb': '10',
    'export-file-max-backups': '5',
    'export-file-compress': 'false',
    'export-rate-limit': '-1',
    'export-allowlist': JSON.stringify({ event_set: kinds }),
    'export-denylist': denied.map((one) => JSON.stringify(one)).join('\n'),
  }
}

/** Of its policies. What stands in one the agent checks itself. */
function definitions(): Manifest[] {
  return [
    definition('TracingPolicy', 'tracingpolicies', 'Cluster', 'tgtp'),
    definition('TracingPolicyNamespaced', 'tracingpoliciesnamespaced', 'Namespaced', 'tgtpn'),
  ]
}

function definition(kind: string, plural: string, scope: string, short: string): Manifest {
  return {
    object: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.cilium.io` },
      spec: {
        group: 'cilium.io',
        scope,
        names: {
          kind,
          listKind: `${kind}List`,
          plural,
          singular: kind.toLowerCase(),
          shortNames: [short],
          categories: ['tetragon'],
        },
        versions: [
          {
            name: 'v1alpha1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                required: ['metadata', 'spec'],
                properties: {
                  apiVersion: { type: 'string' },
                  kind: { type: 'string' },
                  metadata: { type: 'object' },
                  spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                },
              },
            },
          },
        ],
      },
    },
    comments: {
      'spec.versions[v1alpha1].schema.openAPIV3Schema.properties.spec':
        'Any content: the agent says in its log what it does not understand.',
    },
  }
}
