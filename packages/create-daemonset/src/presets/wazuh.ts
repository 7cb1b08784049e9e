import { definePreset } from '../define.ts'
import { firstOf, mistakeInPath, sentence } from '../formats.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, mountedAt, scratch, secretMount } from '../kit/mounts.ts'
import { every, exec } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { confirm, list, number, text } from '../questions.ts'
import type { SecretPlaceholder } from '../types.ts'
import { forSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'
import { aliveScript, ossecConf, prepareScript, runScript } from './wazuh/config.ts'

const config = '/config'

export default definePreset({
  name: 'wazuh',
  title: 'Wazuh agent',
  category: 'security',
  summary: 'reads the logs of its node, watches its files, and reports to a Wazuh manager',
  homepage: 'https://wazuh.com',
  images: { agent: { repository: 'docker.io/wazuh/wazuh-agent', tag: '4.14.6' } },
  namespace: 'wazuh-agent',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 15 },
  resources: { cpu: '100m', memory: '128Mi', memoryLimit: '512Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'Two pods on one node would use the same key and state, so one goes before the other comes; a tenth of the nodes at once.',
    priority: 'It fits this node only, and an attacker could push a lesser pod off it.',
    resources: 'No CPU limit: a slowed reader falls behind its logs.',
    grace: 'Its five processes end one after the other.',
    controlPlane: 'The nodes of the control plane have logs and files too.',
  },
  podNetwork: true,
  questions: {
    manager: text({
      message: 'What is the address of the Wazuh manager?',
      help: 'Address of the manager that takes events',
      value: 'HOST',
      default: 'wazuh-workers.wazuh.svc',
      check: mistakeInHost,
    }),
    managerPort: number({
      message: 'At which port does it take events?',
      help: 'Port of the manager for events',
      min: 1,
      max: 65_535,
      default: 1514,
    }),
    enrollmentServer: text({
      message: 'And the address of the manager that registers agents?',
      help: 'Address of the manager that registers agents',
      value: 'HOST',
      default: ({ manager }) => (manager === 'wazuh-workers.wazuh.svc' ? 'wazuh.wazuh.svc' : String(manager)),
      check: mistakeInHost,
    }),
    enrollmentPort: number({
      message: 'At which port does it register them?',
      help: 'Port of the manager for registration',
      min: 1,
      max: 65_535,
      default: 1515,
    }),
    enrollmentPassword: confirm({
      message: 'Does it ask for a password to register?',
      help: 'A password for registration, from a Secret',
      default: true,
    }),
    enrollmentCa: confirm({
      message: "Check the manager's certificate, by a CA that you have?",
      help: "Check the manager's certificate at registration, by a CA from a Secret",
      default: false,
    }),
    group: text({
      message: 'To which group of agents do the nodes belong? It must be there on the manager',
      help: 'Group of agents on the manager, or several with commas',
      value: 'GROUP',
      default: 'default',
      check: (value) =>
        /^[\w.-]{1,128}(,[\w.-]{1,128})*$/.test(value)
          ? undefined
          : `'${value}' is no group: letters, digits and ._- only, several with commas between`,
    }),
    logFiles: list({
      message: 'Which logs of the node shall it read? (below /var/log, with commas between; empty: none)',
      help: 'Logs of the node that it reads, below /var/log',
      value: 'FILE',
      default: ['/var/log/auth.log', '/var/log/secure', '/var/log/syslog', '/var/log/messages'],
      check: (values) => firstOf(values, (value) => sentence(value, mistakeInLogFile(value))),
    }),
    hostFim: confirm({
      message: "Watch the node's files (configuration and programs) for changes?",
      help: 'Watch /etc and the programs of the node for changes',
      default: true,
    }),
    selinux: seLinuxQuestion,
  },
  variants: {
    'no-fim': { hostFim: false },
    'no-password': { enrollmentPassword: false },
    ca: { enrollmentCa: true, manager: 'wazuh.example.com', group: 'kubernetes,linux' },
    'no-logs': { logFiles: [] },
    'other-logs': {
      logFiles: ['/var/log/kubernetes/audit/*.log'],
      enrollmentPort: 31515,
      managerPort: 31514,
    },
    selinux: { selinux: true },
  },
  notes: [
    'Each node registers once, under its own name, and keeps its key in /var/lib/wazuh-agent. Removed nodes stay on the manager until somebody removes them there.',
    'If a node with the same name comes back without its key, the manager refuses it as a duplicate until the old agent counts as disconnected (its <force> settings say when).',
    'Readiness means that the manager has answered: without it the pods run, but are not ready.',
    'What would look at the container instead of the node is off: inventory, SCA, rootcheck, active response. The journal is not read either, only files.',
    'The programs come from the image, so the manager cannot upgrade these agents: change the image. The manager has to be of the same version or newer.',
    seLinuxNote,
    'This is for 4.x; 5.0 registers agents in another way.',
  ],
  explained: {
    'kube-linter run-as-non-root':
      'Logs and files of the node belong to root. The process that speaks to the manager runs as the user wazuh.',
    'kube-linter sensitive-host-mounts':
      "Changes of the node's configuration and programs are what it looks for. The mounts are read-only; `--no-host-fim` leaves them out.",
    'checkov CKV_K8S_25':
      'Its processes become the user wazuh, share files with it and end it, which takes the capabilities named and no more.',
  },
  build({ answers }) {
    const { name, hostFim, enrollmentPassword, enrollmentCa, logFiles } = answers
    const configFolder = configMount(name, config)
    const state = hostPath('state', '/var/lib/wazuh-agent', {
      type: 'DirectoryOrCreate',
      at: '/state',
      writable: true,
      why: 'Its key and what it has seen: without them each pod would register as another agent.',
    })
    const work = scratch('work', '/prepared', {
      sizeLimit: '1Gi',
      why: 'Logs and files of the running processes.',
    })
    const password = secretMount(`${name}-enrollment`, '/secrets/enrollment', { volume: 'enrollment' })
    const ca = secretMount(`${name}-ca`, '/secrets/ca', { volume: 'ca' })
    const secrets: SecretPlaceholder[] = [
      ...(enrollmentPassword
        ? [
            {
              name: `${name}-enrollment`,
              keys: { 'authd.pass': "The manager's password for registration (its etc/authd.pass)" },
              why: 'With which each node registers once.',
            },
          ]
        : []),
      ...(enrollmentCa
        ? [
            {
              name: `${name}-ca`,
              keys: { 'ca.crt': 'The certificate of the CA, in PEM' },
              why: 'By which the agent knows the right manager from a wrong one.',
            },
          ]
        : []),
    ]
    return forSeLinux(answers, {
      initContainers: [
        {
          name: 'prepare',
          command: ['/bin/bash', `${config}/prepare.sh`],
          env: [fieldEnv('NODE_NAME', 'spec.nodeName')],
          resources: {
            requests: { cpu: '50m', memory: '32Mi', 'ephemeral-storage': '64Mi' },
            limits: { memory: '128Mi', 'ephemeral-storage': '1Gi' },
          },
          securityContext: rootWith('CHOWN', 'DAC_OVERRIDE', 'FOWNER'),
          why: { securityContext: 'Its files belong to the user wazuh, and shall do so in the copies.' },
          mounts: [configFolder, state, work],
        },
      ],
      containers: [
        {
          name: 'wazuh-agent',
          command: ['/bin/bash', `${config}/run.sh`],
          startupProbe: exec(['/bin/bash', `${config}/alive.sh`], every(10, 10, 18)),
          readinessProbe: exec(
            ['grep', '-q', "^status='connected'", '/var/ossec/var/run/wazuh-agentd.state'],
            every(15, 5, 4),
          ),
          livenessProbe: exec(['/bin/bash', `${config}/alive.sh`], every(30, 10, 4)),
          securityContext: rootWith('CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'),
          why: {
            readinessProbe: 'Whether the manager has answered. It does not restart anything.',
            livenessProbe:
              'Two minutes: when its group on the manager changes, the agent restarts its processes by itself.',
            securityContext:
              'Its processes become the user wazuh (SETUID, SETGID), share files with it (CHOWN, DAC_OVERRIDE, FOWNER) and end it (KILL).',
          },
          mounts: [
            configFolder,
            ...['etc', 'queue'].map((folder) =>
              mountedAt(state, `/var/ossec/${folder}`, { subPath: folder }),
            ),
            ...['logs', 'tmp', 'var'].map((folder) =>
              mountedAt(work, `/var/ossec/${folder}`, { subPath: folder }),
            ),
            ...(logFiles.length > 0
              ? [hostPath('host-logs', '/var/log', { type: 'Directory', why: 'The logs of the node.' })]
              : []),
            ...(hostFim
              ? [
                  hostPath('host-etc', '/etc', {
                    type: 'Directory',
                    at: '/host/etc',
                    why: "The node's configuration, to see when it changes.",
                  }),
                  hostPath('host-usr', '/usr', {
                    type: 'Directory',
                    at: '/host/usr',
                    why: "The node's programs, to see when they change.",
                  }),
                ]
              : []),
            ...(enrollmentPassword ? [password] : []),
            ...(enrollmentCa ? [ca] : []),
          ],
        },
      ],
      pod: { terminationGracePeriodSeconds: 60 },
      config: {
        'ossec.conf': ossecConf({
          ...answers,
          hostFiles: hostFim
            ? ['/host/etc', '/host/usr/bin', '/host/usr/sbin', '/host/usr/local/bin', '/host/usr/local/sbin']
            : [],
          passwordFile: enrollmentPassword ? '/secrets/enrollment/authd.pass' : undefined,
          caFile: enrollmentCa ? '/secrets/ca/ca.crt' : undefined,
        }),
        'prepare.sh': prepareScript,
        'run.sh': runScript,
        'alive.sh': aliveScript,
      },
      secrets,
      egress: [...new Set([answers.managerPort, answers.enrollmentPort])].map((port) => ({ port })),
      next: [
        `See whether the nodes have registered: kubectl -n ${answers.namespace} logs daemonset/${name} | grep -i 'connected to'`,
      ],
    })
  },
})

function mistakeInLogFile(value: string): string | undefined {
  const mistake = mistakeInPath(value.replaceAll('*', 'x'))
  if (mistake) return mistake
  return value.startsWith('/var/log/') ? undefined : 'is not below /var/log/, which alone is mounted'
}

function mistakeInHost(value: string): string | undefined {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(value)
    ? undefined
    : `'${value}' is no address of a server, such as wazuh.example.com or 10.0.0.5 (without a port)`
}
