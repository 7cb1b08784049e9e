import { definePreset } from '../define.ts'
import { asksApi, oneEndpoint } from '../explained.ts'
import { mistakeInPath } from '../formats.ts'
import { fieldEnv, goMemoryLimit } from '../kit/env.ts'
import { hostPath } from '../kit/mounts.ts'
import { every, http } from '../kit/probes.ts'
import { privileged, rootWith } from '../kit/security.ts'
import { type Answers, confirm, list, number, select, text } from '../questions.ts'
import type { AgentContainer } from '../types.ts'

const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']

const isCommand = ({ method }: Answers) => method === 'command'
const isFile = ({ sentinel }: Answers) => sentinel !== 'command'

export default definePreset({
  name: 'kured',
  title: 'kured',
  category: 'maintenance',
  summary: 'reboots the nodes that ask for it, one after the other, each drained before',
  homepage: 'https://kured.dev',
  images: { agent: { repository: 'ghcr.io/kubereboot/kured', tag: '1.23.0' } },
  namespace: 'kured',
  controlPlane: true,
  rollout: { maxUnavailable: '1', minReadySeconds: 10 },
  resources: { cpu: '10m', memory: '32Mi', memoryLimit: '64Mi' },
  priorityClass: 'own',
  why: {
    rollout:
      'One at a time: a pod that is replaced while it drains its node makes that node schedulable again, and starts over.',
    controlPlane: 'Its nodes get updates that need a reboot too.',
    resources: 'It looks for a file and sleeps.',
    priority: 'A full node needs its reboots too. It serves nobody else, so no class of the system.',
  },
  metrics: true,
  podNetwork: true,
  questions: {
    method: select({
      message: 'How is a node rebooted?',
      help: 'How it reboots its node: a signal to process 1, or a command run there',
      default: 'signal',
      choices: [
        { value: 'signal', label: 'A signal', hint: 'to systemd; needs no privileged container' },
        { value: 'command', label: 'A command', hint: 'run on the node; needs a privileged container' },
      ],
    }),
    rebootCommand: text({
      message: 'Which command reboots a node?',
      help: 'The command that reboots a node',
      value: 'COMMAND',
      when: isCommand,
      default: '/bin/systemctl reboot',
      check: mistakeInCommand,
    }),
    sentinel: select({
      message: 'What tells that a node needs a reboot?',
      help: 'What tells that a node needs a reboot: a file, or a command run on the node',
      when: isCommand,
      default: 'file',
      choices: [
        { value: 'file', label: 'A file', hint: 'Debian and Ubuntu make one' },
        { value: 'command', label: 'A command that succeeds', hint: 'as on Red Hat and its kin' },
      ],
    }),
    sentinelFile: text({
      message: 'Which file?',
      help: 'The file on the node that asks for a reboot',
      value: 'PATH',
      when: isFile,
      default: '/var/run/reboot-required',
      check: (value) => {
        const mistake = mistakeInPath(value)
        if (mistake) return `'${value}' ${mistake}`
        return folderOf(value) === '/' || value.endsWith('/')
          ? `'${value}' is no file in a folder, such as /var/run/reboot-required`
          : undefined
      },
    }),
    sentinelCommand: text({
      message: 'Which command succeeds where a reboot is needed?',
      help: 'A command that succeeds on a node which needs a reboot',
      value: 'COMMAND',
      when: (answers) => isCommand(answers) && !isFile(answers),
      default: "sh -c '! needs-restarting --reboothint'",
      check: mistakeInCommand,
    }),
    period: text({
      message: 'How often does it look? (30m, 1h)',
      help: 'How often it looks whether its node needs a reboot',
      value: 'DURATION',
      default: '1h',
      check: (value) => mistakeInDuration(value),
    }),
    days: list({
      message: 'On which days may nodes reboot? (mo, tu, we, th, fr, sa, su)',
      help: 'Days on which nodes may reboot: mo, tu, we, th, fr, sa, su',
      value: 'DAY',
      default: days,
      check: (values) => {
        if (values.length === 0) return 'Without a day no node is ever rebooted. Give one, such as sa'
        const wrong = values.find((value) => !days.includes(value))
        return wrong === undefined ? undefined : `'${wrong}' is no day. Expected ${days.join(', ')}`
      },
    }),
    start: text({
      message: 'From what time of day? (HH:MM)',
      help: 'The time of day from which nodes may reboot',
      value: 'HH:MM',
      default: '00:00',
      check: (value) => mistakeInTime(value),
    }),
    end: text({
      message: 'Until what time? (HH:MM; before the start: on the next day)',
      help: 'The time of day until which nodes may reboot',
      value: 'HH:MM',
      default: '23:59',
      check: (value, answers) =>
        mistakeInTime(value) ??
        (value === answers.start ? `A window from ${value} to ${value} lasts a minute` : undefined),
    }),
    timezone: text({
      message: 'In which time zone? (Europe/Berlin)',
      help: 'The time zone of these times',
      value: 'ZONE',
      default: 'UTC',
      check: (value) =>
        isTimezone(value) ? undefined : `'${value}' is no time zone, such as UTC or Europe/Berlin`,
    }),
    concurrency: number({
      message: 'How many nodes may reboot at once?',
      help: 'How many nodes may reboot at once',
      unit: 'nodes',
      min: 1,
      max: 100,
      default: 1,
    }),
    lockTtl: text({
      message: 'After how long does the lock of a node that never came back expire? (2h; 0: never)',
      help: 'After how long the lock of a node that never came back expires; 0 for never',
      value: 'DURATION',
      default: '0',
      check: (value) => (value === '0' ? undefined : mistakeInDuration(value)),
    }),
    drainTimeout: text({
      message: 'After how long is a drain given up, to be tried again later? (30m; 0: never)',
      help: 'After how long a drain is given up, to be tried again later; 0 for never',
      value: 'DURATION',
      default: '30m',
      check: (value) => (value === '0' ? undefined : mistakeInDuration(value)),
    }),
    blockingPods: list({
      message: 'Pods that keep their node from rebooting? (KEY=VALUE; several: any of them; empty: none)',
      help: 'Labels of pods that keep their node from rebooting',
      value: 'SELECTOR',
      default: [],
      check: (values) => {
        const wrong = values.find((value) => !/^[\w./-]+(=[\w.-]*)?$/.test(value))
        return wrong === undefined ? undefined : `'${wrong}' chooses no pods. Expected KEY or KEY=VALUE`
      },
    }),
    annotateNodes: confirm({
      message: 'Annotate nodes while they wait for a reboot?',
      help: 'Annotate nodes that are about to reboot',
      default: false,
    }),
  },
  variants: {
    command: { method: 'command' },
    'command-sentinel': { method: 'command', sentinel: 'command' },
    window: { days: ['sa', 'su'], start: '22:00', end: '04:00', timezone: 'Europe/Berlin' },
    several: {
      concurrency: 2,
      lockTtl: '2h',
      blockingPods: ['runtime=long', 'reboot=never'],
      annotateNodes: true,
    },
  },
  notes: [
    'The lock is an annotation of the DaemonSet (weave.works/kured-node-lock). To hold all reboots, set it by hand; a DaemonSet that is deleted and made again has lost it.',
    'Its name stands in its arguments and in its rights: change name and namespace with --name and --namespace, not by namePrefix or namespace of Kustomize.',
    'By the signal it asks systemd to reboot. With another process 1, or with SELinux enforcing, take the command.',
    'The default profile of AppArmor forbids to signal what is outside of the container, so the signal needs Kubernetes 1.30, where a container can be taken out of it.',
    'A window over midnight is judged by the day of the moment: with sa and 22:00 to 04:00 nodes reboot early on Saturday and late on Saturday, not early on Sunday.',
    'Debian and Ubuntu make /var/run/reboot-required when an update needs a reboot, if update-notifier-common or unattended-upgrades is there; elsewhere take a command.',
    'A PodDisruptionBudget that allows nothing makes every drain fail; it is tried again at the next period.',
    'With a lock that expires, a node that hangs while it reboots does not hold up the others; neither does a second one, and a third.',
  ],
  explained: {
    ...asksApi,
    ...oneEndpoint,
    'kube-linter host-pid, kube-linter run-as-non-root, checkov CKV_K8S_25':
      'Process 1 of the node belongs to root, and only root with KILL may tell it to reboot.',
    'kube-linter privileged-container':
      'With `--method command` the command runs in the mounts of process 1, which only a privileged container may enter.',
  },
  build({ answers }) {
    const isSignal = answers.method === 'signal'
    const window = [
      ...(answers.days.length < days.length ? [`--reboot-days=${answers.days.join(',')}`] : []),
      ...(answers.start !== '00:00' || answers.end !== '23:59'
        ? [`--start-time=${answers.start}`, `--end-time=${answers.end}`]
        : []),
      ...(answers.timezone === 'UTC' ? [] : [`--time-zone=${answers.timezone}`]),
    ]
    const sentinel = isFile(answers)
      ? [
          `--reboot-sentinel=/sentinel/${answers.sentinelFile.slice(answers.sentinelFile.lastIndexOf('/') + 1)}`,
        ]
      : [`--reboot-sentinel-command=${answers.sentinelCommand}`]
    const container: AgentContainer = {
      name: 'kured',
      args: [
        `--ds-name=${answers.name}`,
        '--ds-namespace=$(POD_NAMESPACE)',
        `--reboot-method=${answers.method}`,
        ...(isSignal ? [] : [`--reboot-command=${answers.rebootCommand}`]),
        ...sentinel,
        `--period=${answers.period}`,
        ...window,
        `--concurrency=${answers.concurrency}`,
        ...(answers.lockTtl === '0' ? [] : [`--lock-ttl=${answers.lockTtl}`]),
        ...(answers.drainTimeout === '0' ? [] : [`--drain-timeout=${answers.drainTimeout}`]),
        ...answers.blockingPods.map((selector) => `--blocking-pod-selector=${selector}`),
        ...(answers.annotateNodes ? ['--annotate-nodes=true'] : []),
        '--metrics-port=8080',
      ],
      env: [
        fieldEnv('KURED_NODE_ID', 'spec.nodeName'),
        fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
        goMemoryLimit(answers.memoryLimit),
      ],
      ports: [{ name: 'metrics', containerPort: 8080 }],
      startupProbe: http('/metrics', 'metrics', every(5, 5, 24)),
      readinessProbe: http('/metrics', 'metrics', every(10, 5, 3)),
      livenessProbe: http('/metrics', 'metrics', every(30, 5, 5)),
      securityContext: isSignal
        ? { ...rootWith('KILL'), appArmorProfile: { type: 'Unconfined' } }
        : privileged(),
      why: {
        args: 'The lock that nodes take is an annotation of this very DaemonSet.',
        securityContext: isSignal
          ? 'All that a signal to process 1 needs. The default profile of AppArmor would stop it at the border of the container.'
          : 'The command runs in the mounts of process 1, which only a privileged container may enter.',
      },
      mounts: isFile(answers)
        ? [
            hostPath('sentinel', folderOf(answers.sentinelFile), {
              type: 'Directory',
              at: '/sentinel',
              why: 'The file comes and goes, so its folder is mounted.',
            }),
          ]
        : [],
    }
    return {
      containers: [container],
      pod: { hostPID: true },
      why: { hostPID: 'The process 1 that reboots is the one of the node.' },
      rbac: {
        cluster: [
          { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'patch'] },
          { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'delete'] },
          { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
          { apiGroups: ['apps'], resources: ['daemonsets'], verbs: ['get'] },
        ],
        namespace: [
          {
            apiGroups: ['apps'],
            resources: ['daemonsets'],
            resourceNames: [answers.name],
            verbs: ['update'],
          },
        ],
        why: 'What draining takes, and the lock.',
      },
      metrics: { port: 8080, portName: 'metrics', path: '/metrics' },
      next: [
        'To see whether a node would be rebooted, make the file on it and read the logs within a period.',
        `To hold all reboots: kubectl -n ${answers.namespace} annotate ds ${answers.name} weave.works/kured-node-lock='{"nodeID":"manual"}'`,
      ],
    }
  },
})

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

function mistakeInCommand(value: string): string | undefined {
  return value.trim() === '' ? 'A command is needed, such as /bin/systemctl reboot' : undefined
}

function mistakeInDuration(value: string): string | undefined {
  const isDuration = /^(\d{1,4}h)?(\d{1,4}m)?(\d{1,5}s)?$/.test(value) && /[1-9]/.test(value)
  return isDuration ? undefined : `'${value}' is no duration, such as 30m, 1h or 1h30m`
}

function mistakeInTime(value: string): string | undefined {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? undefined : `'${value}' is no time of day, such as 22:30`
}

/** As Go knows it: `europe/berlin` is none to it. */
function isTimezone(value: string): boolean {
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
