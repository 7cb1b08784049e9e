import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { asksApi } from '../explained.ts'
import { firstOf, mistakeInPath, sentence } from '../formats.ts'
import { configMount, hostPath } from '../kit/mounts.ts'
import { rootWith } from '../kit/security.ts'
import { list, number, text } from '../questions.ts'
import { loopMount, loopProbes, loopScript } from './scan/loop.ts'

const config = '/config'
const parts = ['node', 'master', 'controlplane', 'etcd']

export default definePreset({
  name: 'kube-bench',
  title: 'kube-bench',
  category: 'security',
  summary: 'checks once a day whether its node is set up as the CIS benchmark for Kubernetes asks',
  homepage: 'https://github.com/aquasecurity/kube-bench',
  images: { agent: { repository: 'docker.io/aquasec/kube-bench', tag: 'v0.15.6' } },
  namespace: 'kube-bench',
  controlPlane: true,
  rollout: { maxUnavailable: '25%', minReadySeconds: 0 },
  resources: { cpu: '50m', memory: '64Mi', memoryLimit: '256Mi' },
  priorityClass: 'own',
  why: {
    rollout: 'A scan that is missed comes with the next pod.',
    resources: 'It works for some seconds a day; a limit of CPU would only make them more.',
    priority: 'It fits this node only, and other pods could fill that; but nothing breaks without it.',
    grace: 'A scan that is cut off is done again by the next pod.',
    controlPlane: 'The nodes of the control plane run a kubelet too.',
  },
  podNetwork: true,
  questions: {
    targets: list({
      message: 'Which parts of the benchmark? (node; master, controlplane and etcd on their nodes)',
      help: 'Parts of the benchmark: node, master, controlplane, etcd',
      value: 'PART',
      default: ['node'],
      check: (values) => {
        if (values.length === 0) return 'Name at least one part of the benchmark, such as node'
        if (values.includes('policies'))
          return 'policies is about the cluster, not about a node, and reads all its roles: run it once, as a Job'
        const unknown = values.find((value) => !parts.includes(value))
        return unknown === undefined
          ? undefined
          : `'${unknown}' is no part of the benchmark. Expected ${parts.join(', ')}`
      },
    }),
    benchmark: text({
      message: "Which benchmark? (such as cis-1.12, eks-1.8.0, gke-1.9.0; empty: by the cluster's version)",
      help: "The benchmark; empty to choose it by the cluster's version",
      value: 'NAME',
      default: '',
      check: (value) =>
        value === '' || /^[a-z0-9]+(-[a-z0-9.]+)*-?v?[a-z0-9.]+$/.test(value)
          ? undefined
          : `'${value}' is no benchmark, such as cis-1.12 or eks-1.8.0`,
    }),
    skip: list({
      message: 'Which checks are left out? (their numbers, with commas between; empty: none)',
      help: 'Numbers of checks that are left out',
      value: 'CHECK',
      default: [],
      check: (values) => {
        const wrong = values.find((value) => !/^\d+(\.\d+){0,2}$/.test(value))
        return wrong === undefined ? undefined : `'${wrong}' is no number of a check, such as 4.2.6`
      },
    }),
    hours: number({
      message: 'How many hours are between two scans?',
      help: 'Hours between two scans',
      unit: 'hours',
      min: 1,
      max: 720,
      default: 24,
    }),
    hostFolders: list({
      message: 'Which folders of the node does it look at? (each node must have them)',
      help: 'Folders of the node that it looks at; each node must have them',
      value: 'FOLDER',
      default: ({ targets }) => [
        '/etc/kubernetes',
        '/etc/systemd',
        '/lib/systemd',
        '/var/lib/kubelet',
        ...((targets as string[]).some((target) => target !== 'node') ? ['/etc/cni', '/var/lib/etcd'] : []),
      ],
      check: (values) => firstOf(values, (value) => sentence(value, mistakeInFolder(value))),
    }),
  },
  variants: {
    benchmark: { benchmark: 'cis-1.12', skip: ['4.1.1', '4.2.6'] },
    eks: { benchmark: 'eks-1.8.0', hostFolders: ['/etc/kubernetes', '/etc/systemd', '/var/lib/kubelet'] },
    'control-plane': {
      targets: ['master', 'controlplane', 'etcd', 'node'],
      nodeSelector: ['node-role.kubernetes.io/control-plane='],
      hours: 168,
    },
  },
  notes: [
    'For one look a Job is enough, which is what its project ships. A DaemonSet is for those who want to know of nodes that come later, and of settings that change.',
    'Each scan is one line of JSON in the log of the pod, without the name of the node, which log agents add.',
    'The pod is ready while scans can be done. What they find does not change that.',
    'With no benchmark named it asks the API server for its version, and for that alone it has a token. For EKS, GKE, AKS, k3s and others name theirs: their settings lie elsewhere.',
    'Nodes that lack one of the folders cannot start the pod (FailedMount): set --host-folders. On k3s and RKE2 name /var/lib/rancher too.',
    'For master, controlplane and etcd make a DaemonSet of its own, on the nodes of the control plane.',
  ],
  explained: {
    ...asksApi,
    'kube-linter host-pid':
      'The flags of the kubelet and of the control plane are seen from their processes.',
    'kube-linter run-as-non-root': 'Settings and keys belong to root. It has no capability.',
  },
  build({ answers }) {
    const { targets, benchmark, skip, hours, hostFolders, name } = answers
    if (targets.some((target) => target !== 'node') && answers.nodes !== 'chosen')
      throw new ScaffoldError(
        `${targets.join(', ')} can only be checked on nodes of the control plane. Add --node-selector node-role.kubernetes.io/control-plane= (or what your nodes are labelled with).`,
      )
    const command = [
      'kube-bench run --json',
      `--targets ${targets.join(',')}`,
      ...(benchmark ? [`--benchmark ${benchmark}`] : []),
      ...(skip.length > 0 ? [`--skip ${skip.join(',')}`] : []),
    ].join(' ')
    return {
      containers: [
        {
          name: 'kube-bench',
          command: ['sh', `${config}/scan.sh`],
          ...loopProbes(10),
          securityContext: rootWith(),
          why: {
            securityContext: 'Settings and keys belong to root, and nobody else may look at them.',
            readinessProbe: 'Whether the last scan could be done.',
            livenessProbe: 'Whether the loop goes on.',
          },
          mounts: [
            configMount(name, config),
            loopMount(),
            ...hostFolders.map((path) => hostPath(volumeNameOf(path), path, { type: 'Directory' })),
          ],
        },
      ],
      pod: { hostPID: true },
      why: { hostPID: 'With which flags the kubelet and others run, it sees from their processes.' },
      config: { 'scan.sh': loopScript({ scan: `cd /opt/kube-bench && ${command}`, hours }) },
      ...(!benchmark && {
        rbac: {
          existing: 'system:public-info-viewer',
          why: "The cluster's version, and nothing else.",
        },
      }),
      next: [`Read what was found: kubectl -n ${answers.namespace} logs daemonset/${name} | jq '.Totals'`],
    }
  },
})

function volumeNameOf(path: string): string {
  const words = path.toLowerCase().split(/[^a-z0-9]+/)
  return `host-${words.filter(Boolean).join('-')}`.slice(0, 63).replace(/-+$/, '')
}

function mistakeInFolder(value: string): string | undefined {
  const mistake = mistakeInPath(value)
  if (mistake) return mistake
  return /^\/(etc|usr|var|lib|bin|proc|sys|opt)?\/?$/.test(value)
    ? 'would hide what the container has there; name the folders below it'
    : undefined
}
