import type { CommonAnswers } from '../common-questions.ts'
import { definePreset } from '../define.ts'
import { oneEndpoint } from '../explained.ts'
import { firstOf, mistakeInCidr, sentence } from '../formats.ts'
import { configMount, hostPath, mountedAt, scratch } from '../kit/mounts.ts'
import { every, exec } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { type AnswersTo, confirm, list, number, select, text } from '../questions.ts'
import type { AgentContainer } from '../types.ts'
import { writeValue } from '../write-yaml.ts'
import { forSeLinux, seLinuxNote, seLinuxQuestion } from './shared/selinux.ts'
import { suricataRules } from './suricata/rules.ts'
import { fetchScript, runScript, upkeepScript } from './suricata/scripts.ts'

const config = '/config'
/**
 * Letter for letter the VOLUME of the image: with a mount by another path to the same place, such as /run/suricata,
 * containerd mounts an empty volume over it.
 */
const socketFolder = '/var/run/suricata'
const socket = `${socketFolder}/command.socket`
const logs = '/var/log/suricata'
const state = '/var/lib/suricata'

const questions = {
  interface: text({
    message: 'Which interface of the node? (default-route: the one that leads out)',
    help: 'Interface that it listens on; default-route for the one that leads out',
    value: 'NAME',
    default: 'default-route',
    check: (value) =>
      /^[\w.-]{1,15}$/.test(value) || value === 'default-route'
        ? undefined
        : `'${value}' is no interface, such as eth0, nor default-route`,
  }),
  homeNet: list({
    message: 'Which addresses are your own? (pods, nodes and Services, with commas between)',
    help: 'Ranges of addresses of pods, nodes and Services',
    value: 'RANGE',
    default: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
    check: (values) => {
      if (values.length === 0) return 'Name at least one range of addresses, such as 10.0.0.0/8'
      return firstOf(values, (value) => sentence(value, mistakeInCidr(value)))
    },
  }),
  rules: select({
    message: 'Which rules?',
    help: 'Where the rules come from',
    default: 'own',
    choices: [
      { value: 'own', label: 'A small set in the ConfigMap', hint: 'to be read and changed' },
      { value: 'update', label: 'Emerging Threats Open', hint: 'downloaded each day, needs a way out' },
    ],
  }),
  eve: select({
    message: 'Where do the events go?',
    help: 'Where the events are written',
    default: 'file',
    choices: [
      { value: 'file', label: `${logs}/eve.json on the node`, hint: 'rotated, for log agents' },
      { value: 'stdout', label: 'Standard output', hint: 'among the logs of pods' },
    ],
  }),
  rotateSize: number({
    message: 'At which size is eve.json rotated? (MiB; four old files are kept)',
    help: 'Size at which eve.json is rotated; four old ones are kept',
    unit: 'MiB',
    min: 1,
    max: 10_240,
    when: ({ eve }) => eve === 'file',
    default: 100,
  }),
  flows: confirm({
    message: 'Connections, DNS, HTTP and TLS too, not alerts alone? Many events',
    help: 'Also report connections, DNS, HTTP and TLS',
    default: false,
  }),
  offloading: confirm({
    message: "Switch off the network card's merging of packets (GRO, LRO)? It changes the node's interface",
    help: "Switch off the network card's merging of packets, which hides what was sent",
    default: true,
  }),
  selinux: seLinuxQuestion,
}

type Answers = CommonAnswers & AnswersTo<typeof questions>

export default definePreset({
  name: 'suricata',
  title: 'Suricata',
  category: 'security',
  summary: 'looks for attacks in the packets that its node sends and receives',
  homepage: 'https://suricata.io',
  images: { agent: { repository: 'docker.io/jasonish/suricata', tag: '8.0.3' } },
  namespace: 'suricata',
  controlPlane: true,
  rollout: { maxUnavailable: '10%', minReadySeconds: 15 },
  resources: { cpu: '500m', memory: '512Mi', memoryLimit: '2Gi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout: 'A node is not watched while its pod is replaced: a tenth of the nodes at once, not all.',
    priority: 'It fits this node only, and an attacker could push a lesser pod off it.',
    resources: 'No CPU limit: a slowed reader loses packets. Rules and connections take the memory.',
    grace: 'Time to write out the connections it follows.',
    controlPlane: 'The API server is worth watching most.',
  },
  questions,
  variants: {
    update: { rules: 'update' },
    stdout: { eve: 'stdout' },
    'update-stdout': { rules: 'update', eve: 'stdout', flows: true },
    interface: { interface: 'eth0', homeNet: ['10.244.0.0/16', '192.168.10.0/24'] },
    'keep-offloading': { offloading: false },
    flows: { flows: true, rotateSize: 500 },
    selinux: { selinux: true, rules: 'update' },
  },
  notes: [
    'It listens and reports; it stops nothing.',
    'On the interface of the node it sees what pods of different nodes send each other inside VXLAN or Geneve, and unpacks that; not what pods of one node send each other, nor what WireGuard or IPsec encrypts.',
    'With --offloading it switches GRO and LRO off on that interface, as long as the node runs. It costs the node CPU. Without, packets that the card has merged are cut off or look wrong.',
    'A full set of rules takes 1 GiB of memory or more; the small one a tenth of that.',
    'The image is made by a developer of Suricata. Its entry point is not used: it would write to /etc/suricata and change owners there.',
    seLinuxNote,
    'Events and rules stay on the node, in /var/log/suricata and /var/lib/suricata, when the DaemonSet is removed.',
  ],
  explained: {
    ...oneEndpoint,
    'kube-linter host-network, kube-linter drop-net-raw-capability, kube-linter run-as-non-root, checkov CKV_K8S_25':
      'It receives the packets of an interface of the node, which takes NET_RAW there, and root to have it.',
    'checkov CKV_K8S_8, checkov CKV_K8S_9':
      'The container upkeep is a loop in a shell that has nothing to ask; it is started anew when it ends.',
  },
  build({ answers }) {
    const { rules, eve } = answers
    const isFile = eve === 'file'
    const configFolder = configMount(answers.name, config)
    const logFolder = isFile
      ? hostPath('logs', logs, {
          type: 'DirectoryOrCreate',
          writable: true,
          why: 'Events outlive the pod, and log agents of the node read them here.',
        })
      : scratch('logs', logs, { sizeLimit: '64Mi' })
    const stateFolder = hostPath('state', state, {
      type: 'DirectoryOrCreate',
      writable: true,
      why: 'Rules that were downloaded: a node without a way out starts with those of yesterday.',
    })
    const run = scratch('run', socketFolder, { sizeLimit: '16Mi', why: 'The socket it takes commands at.' })
    const tmp = scratch('tmp', '/tmp', { sizeLimit: '512Mi' })
    const isUpdated = rules === 'update'
    const asks = (...timing: Parameters<typeof every>) =>
      exec(['suricatasc', '-c', 'uptime', socket], every(...timing))
    const upkeep: AgentContainer = {
      name: 'upkeep',
      command: ['/bin/sh', `${config}/upkeep.sh`],
      resources: {
        requests: { cpu: '10m', memory: '32Mi', ...(isUpdated && { 'ephemeral-storage': '64Mi' }) },
        limits: {
          memory: isUpdated ? '512Mi' : '64Mi',
          ...(isUpdated && { 'ephemeral-storage': '640Mi' }),
        },
      },
      securityContext: rootWith(),
      mounts: [configFolder, run, ...(isFile ? [logFolder] : []), ...(isUpdated ? [stateFolder, tmp] : [])],
    }
    return forSeLinux(answers, {
      ...(isUpdated && {
        initContainers: [
          {
            name: 'fetch-rules',
            command: ['/bin/sh', `${config}/fetch-rules.sh`],
            resources: {
              requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
              limits: { memory: '512Mi', 'ephemeral-storage': '640Mi' },
            },
            securityContext: rootWith(),
            mounts: [configFolder, stateFolder, tmp],
          },
        ],
      }),
      containers: [
        {
          name: 'suricata',
          command: ['/bin/sh', `${config}/run.sh`],
          startupProbe: asks(10, 10, 30),
          readinessProbe: asks(15, 10, 3),
          livenessProbe: asks(30, 15, 4),
          securityContext: rootWith(...(answers.offloading ? ['NET_ADMIN', 'NET_RAW'] : ['NET_RAW'])),
          why: {
            startupProbe: 'The socket is there once all rules are loaded: up to five minutes.',
            securityContext: answers.offloading
              ? 'Receives all packets (NET_RAW) and sets how the card merges them (NET_ADMIN).'
              : 'Receives all packets.',
          },
          mounts: [
            configFolder,
            run,
            logFolder,
            ...(isUpdated ? [mountedAt(stateFolder, state, { readOnly: true })] : []),
          ],
        },
        ...(isFile || isUpdated ? [upkeep] : []),
      ],
      pod: {
        hostNetwork: true,
        dnsPolicy: 'ClusterFirstWithHostNet',
        terminationGracePeriodSeconds: 60,
      },
      why: { hostNetwork: 'It listens on an interface of the node.' },
      config: {
        'suricata.yaml': configOf(answers),
        ...(rules === 'own' && { 'local.rules': suricataRules }),
        'run.sh': runScript({ config, interfaceName: answers.interface }),
        ...(isUpdated && { 'fetch-rules.sh': fetchScript({ config, state }) }),
        ...((isFile || isUpdated) && {
          'upkeep.sh': upkeepScript({
            config,
            socket,
            ...(isFile && { file: `${logs}/eve.json`, megabytes: answers.rotateSize }),
            isUpdated,
          }),
        }),
      },
      next: [
        'See that it works: fetch http://testmynids.org/uid/index.html from a pod, and look for the alert.',
      ],
    })
  },
})

function configOf({ homeNet, rules, eve, flows, offloading }: Answers): string {
  const isUpdated = rules === 'update'
  const settings = {
    vars: {
      'address-groups': {
        HOME_NET: `[${homeNet.join(',')}]`,
        EXTERNAL_NET: '!$HOME_NET',
        ...Object.fromEntries(
          ['HTTP', 'SMTP', 'SQL', 'DNS', 'TELNET'].map((kind) => [`${kind}_SERVERS`, '$HOME_NET']),
        ),
        AIM_SERVERS: '$EXTERNAL_NET',
        DC_SERVERS: '$HOME_NET',
        ...Object.fromEntries(
          ['DNP3_SERVER', 'DNP3_CLIENT', 'MODBUS_CLIENT', 'MODBUS_SERVER', 'ENIP_CLIENT', 'ENIP_SERVER'].map(
            (name) => [name, '$HOME_NET'],
          ),
        ),
      },
      'port-groups': {
        HTTP_PORTS: '80',
        SHELLCODE_PORTS: '!80',
        ORACLE_PORTS: '1521',
        SSH_PORTS: '22',
        DNP3_PORTS: '20000',
        MODBUS_PORTS: '502',
        FILE_DATA_PORTS: '[$HTTP_PORTS,110,143]',
        FTP_PORTS: '21',
        GENEVE_PORTS: '6081',
        VXLAN_PORTS: '[4789,8472]',
        TEREDO_PORTS: '3544',
        SIP_PORTS: '[5060,5061]',
      },
    },
    'default-log-dir': logs,
    stats: { enabled: true, interval: 60 },
    outputs: [
      {
        'eve-log': {
          enabled: true,
          filetype: 'regular',
          filename: eve === 'file' ? 'eve.json' : '/dev/stdout',
          'community-id': true,
          types: [
            { alert: { 'tagged-packets': true } },
            { anomaly: { enabled: true } },
            { stats: { totals: true, threads: false, deltas: false } },
            ...(flows
              ? [
                  { http: { extended: true } },
                  'dns',
                  { tls: { extended: true } },
                  'ssh',
                  'smb',
                  'quic',
                  'flow',
                ]
              : []),
          ],
        },
      },
    ],
    logging: {
      'default-log-level': 'notice',
      outputs: [{ console: { enabled: true, type: 'json' } }],
    },
    capture: { 'disable-offloading': offloading },
    'af-packet': [
      {
        interface: 'default',
        threads: 2,
        'cluster-id': 99,
        'cluster-type': 'cluster_flow',
        defrag: true,
        'tpacket-v3': true,
      },
    ],
    decoder: {
      vxlan: { enabled: true, ports: '$VXLAN_PORTS' },
      geneve: { enabled: true, ports: '$GENEVE_PORTS' },
    },
    'app-layer': { protocols: protocols() },
    'unix-command': { enabled: true, filename: socket },
    'host-mode': 'sniffer-only',
    flow: { memcap: '128 MiB', 'hash-size': 65536, prealloc: 10000 },
    defrag: { memcap: '32 MiB' },
    stream: {
      memcap: '64 MiB',
      'checksum-validation': false,
      reassembly: { memcap: '256 MiB', depth: '1 MiB' },
    },
    'default-rule-path': isUpdated ? `${state}/rules` : config,
    'rule-files': [isUpdated ? 'suricata.rules' : 'local.rules'],
    'classification-file': '/etc/suricata.dist/classification.config',
    'reference-config-file': '/etc/suricata.dist/reference.config',
    'threshold-file': '/etc/suricata.dist/threshold.config',
  }
  const text = writeValue(settings, {
    comments: {
      'vars.address-groups.HOME_NET': 'Pods, nodes and Services: attacks from here are those of your own.',
      'vars.port-groups.VXLAN_PORTS': 'The port of the standard, and that of Linux, which Flannel uses.',
      capture: offloading
        ? 'Packets as they were sent, not merged by the card.'
        : 'The card may merge packets: what it merged is cut off or looks wrong.',
      '["af-packet"][0].threads': 'Two of the CPUs of the node, whatever it has.',
      'stream["checksum-validation"]': 'The card fills in the checksums, after the packets were seen here.',
      'stream.reassembly.depth': 'How much of each connection is looked at.',
      '["unix-command"]': 'For probes, rotation and new rules.',
    },
  })
  return `%YAML 1.1\n---\n${text}`
}

/** Those that have no default: without a word on them, Suricata complains at each start. */
function protocols(): object {
  const on = ['ftp', 'ssh', 'tls', 'http', 'http2', 'smtp', 'smb', 'dcerpc', 'krb5', 'ldap', 'quic', 'sip']
  return {
    ...Object.fromEntries(on.map((name) => [name, { enabled: true }])),
    dns: { tcp: { enabled: true }, udp: { enabled: true } },
  }
}
