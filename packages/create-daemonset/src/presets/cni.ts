import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { asksApi } from '../explained.ts'
import { mistakeInLabelKey, mistakeInPath } from '../formats.ts'
import { fieldEnv } from '../kit/env.ts'
import { configMount, hostPath, mountedAt } from '../kit/mounts.ts'
import { every, exec, http } from '../kit/probes.ts'
import { rootWith } from '../kit/security.ts'
import { type AnswersTo, confirm, list, number, type Questions, select, text } from '../questions.ts'
import type { AgentContainer } from '../types.ts'
import { folderQuestions, otherFolders } from './cni/folders.ts'
import { bin, conf, configureScript, files, installScript, uninstall } from './cni/scripts.ts'

/** What plugins of the reference project can do in a chain, as the runtime has to tell them. */
const capabilities: Record<string, object> = {
  portmap: { capabilities: { portMappings: true } },
  bandwidth: { capabilities: { bandwidth: true } },
  tuning: {},
  firewall: {},
}

/** What of the configuration comes from other answers. */
const flags: Record<string, string> = {
  cniVersion: '--cni-version',
  mtu: '--mtu',
  name: '--name',
  type: '--plugin',
}

const questions = {
  plugin: text({
    message: 'What is the plugin called, as the type in its configuration?',
    help: 'File name of the plugin',
    value: 'NAME',
    default: ({ name }) => String(name),
    check: (value) =>
      /^[A-Za-z0-9][\w.-]{0,62}$/.test(value) ? undefined : `'${value}' is no file name, such as own-cni`,
  }),
  pluginPath: text({
    message: 'Where in the image is it?',
    help: 'Path of the plugin in the image',
    value: 'PATH',
    default: ({ plugin }) => `/opt/cni/bin/${plugin}`,
    check: checkPath,
  }),
  install: select({
    message: 'What puts it onto the node?',
    help: 'A script, for images with a shell, or a program of the image',
    default: 'script',
    choices: [
      { value: 'script', label: 'A script', hint: 'the image has sh, cp, cmp and mv' },
      { value: 'program', label: 'A program of the image' },
    ],
  }),
  installCommand: list({
    message: `With which command? (it has to rename its copy into ${bin})`,
    help: `Command of the image that puts the plugin into ${bin}`,
    value: 'WORD',
    separator: 'none',
    when: ({ install }) => install === 'program',
    default: ({ pluginPath }) => [String(pluginPath), 'install', bin],
    check: (words) => (words.length > 0 ? undefined : 'There is no command. Name a program of the image'),
  }),
  confPrefix: number({
    message: 'Which number begins the name of its configuration? The runtime takes the first by name',
    help: "Number before its configuration's name; the lowest wins",
    min: 0,
    max: 99,
    default: 5,
  }),
  cniVersion: select({
    message: 'Which version of CNI does it speak?',
    help: 'Version of CNI in its configuration',
    default: '1.0.0',
    choices: [{ value: '0.3.1' }, { value: '0.4.0' }, { value: '1.0.0' }, { value: '1.1.0' }],
  }),
  chained: list({
    message: `Which plugins follow it? (${Object.keys(capabilities).join(', ')}; none: it alone)`,
    help: `Plugins that follow it: ${Object.keys(capabilities).join(', ')}`,
    value: 'PLUGIN',
    default: ['portmap'],
    check: (values) => {
      const other = values.find((value) => !Object.hasOwn(capabilities, value))
      return other === undefined
        ? undefined
        : `'${other}' is none of ${Object.keys(capabilities).join(', ')}; add others to the ConfigMap by hand`
    },
  }),
  mtu: number({
    message: 'Which MTU do its interfaces get? (0: not stated)',
    help: 'MTU in its configuration; 0 leaves it out',
    unit: 'bytes',
    min: 0,
    max: 65535,
    default: 0,
  }),
  pluginOptions: list({
    message: 'Which other settings has it? (KEY=VALUE; none: without)',
    help: 'Other settings of the plugin',
    value: 'KEY=VALUE',
    separator: 'none',
    default: [],
    check: (values) => {
      const wrong = values.find((value) => !/^[A-Za-z][\w-]*=/.test(value))
      if (wrong !== undefined) return `'${wrong}' is no setting. Expected KEY=VALUE, such as log=info`
      const keys = values.map((value) => value.slice(0, value.indexOf('=')))
      if (keys.includes('ipam'))
        return 'What gives out addresses (ipam) is an object, which KEY=VALUE cannot say; add it to the ConfigMap by hand'
      const key = keys.find((one) => Object.hasOwn(flags, one))
      return key === undefined ? undefined : `${key} is no setting here: it comes from ${flags[key]}`
    },
  }),
  agentArgs: list({
    message: 'Which arguments does the agent get? (none: those of its image)',
    help: 'Arguments of the agent',
    value: 'WORD',
    separator: 'none',
    default: [],
  }),
  healthPort: number({
    message: "On which port of the node's loopback does the agent tell its health?",
    help: 'Port of its health checks, on the loopback interface',
    min: 1024,
    max: 65535,
    default: 9877,
  }),
  livePath: text({
    message: 'At which path does it tell that it is alive?',
    help: 'Path that tells that it is alive',
    value: 'PATH',
    default: '/healthz',
    check: checkUrlPath,
  }),
  readyPath: text({
    message: 'And that it can attach pods?',
    help: 'Path that tells that it can attach pods',
    value: 'PATH',
    default: '/readyz',
    check: checkUrlPath,
  }),
  iptables: confirm({
    message: 'Does it write iptables rules?',
    help: 'It writes iptables rules, under their lock',
    default: true,
  }),
  netns: confirm({
    message: 'Does the agent itself enter the networks of pods?',
    help: 'The agent enters the networks of pods (SYS_ADMIN)',
    default: false,
  }),
  ebpf: confirm({
    message: 'Does it load BPF programs?',
    help: 'It loads BPF programs (BPF, PERFMON)',
    default: false,
  }),
  networkPolicies: confirm({
    message: 'Does it enforce NetworkPolicies?',
    help: 'It reads NetworkPolicies, pods and namespaces',
    default: false,
  }),
  startupTaint: text({
    message: 'Which taint do new nodes have until it is ready? (KEY; the agent removes it; none: without)',
    help: 'Key of a taint of new nodes that the agent removes when it is ready',
    optional: true,
    value: 'KEY',
    default: '',
    check: (value) => {
      const mistake = value === '' ? undefined : mistakeInLabelKey(value)
      return mistake && `'${value}' ${mistake}`
    },
  }),
  apiServer: text({
    message: 'By which address does it reach the API server before kube-proxy works? (none: by the Service)',
    help: 'HOST:PORT of the API server, where kube-proxy cannot be waited for',
    optional: true,
    value: 'HOST:PORT',
    default: '',
    check: (value) =>
      value === '' || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[1-9]\d{0,4}$/.test(value)
        ? undefined
        : `'${value}' is no address, such as api.example.com:6443`,
  }),
  selinux: confirm({
    message: 'Do the nodes enforce SELinux?',
    help: 'Run with a type of SELinux that may write to the node',
    default: false,
  }),
  cleanup: confirm({
    message: 'Shall a ConfigMap be able to ask for the configuration to be taken away?',
    help: 'Take the configuration from the nodes when a ConfigMap asks for it',
    default: true,
  }),
  ...folderQuestions,
} satisfies Questions

export default definePreset({
  name: 'cni',
  objectName: 'own-cni',
  title: 'Own CNI plugin',
  category: 'network',
  summary: 'installs a CNI plugin of your own and runs its agent',
  homepage: 'https://www.cni.dev/docs/spec/',
  images: {
    agent: { repository: '', tag: '' },
    helper: { repository: 'docker.io/library/busybox', tag: '1.37.0' },
  },
  namespace: 'kube-system',
  controlPlane: true,
  tolerations: ['all:NoSchedule', 'all:NoExecute'],
  rollout: { maxUnavailable: '1', minReadySeconds: 10 },
  resources: { cpu: '100m', memory: '64Mi', memoryLimit: '256Mi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout: 'No pod of a node gets a network while its agent is away: one node after the other.',
    tolerations:
      'Above all node.kubernetes.io/not-ready:NoSchedule, which stays on a node until it has a network.',
    priority: 'Without it the node runs no other pod.',
    resources: 'No CPU limit: pods that start wait for it.',
    grace: 'It leaves the networks of pods as they are; the next version takes them over.',
  },
  questions,
  example: { image: 'registry.example.com/cni-agent:1.4.2' },
  variants: {
    program: { install: 'program', plugin: 'blue', pluginPath: '/usr/bin/blue' },
    'all-rights': { netns: true, ebpf: true, networkPolicies: true, selinux: true },
    alone: { chained: [], iptables: false, cleanup: false },
    'startup-taint': { startupTaint: 'network.example.com/agent-not-ready', apiServer: '10.0.0.5:6443' },
    conflist: {
      cniVersion: '0.4.0',
      confPrefix: 10,
      mtu: 1400,
      chained: ['tuning', 'portmap', 'bandwidth'],
      pluginOptions: ['log=info', 'routes=true'],
      agentArgs: ['--backend=vxlan'],
    },
    folders: otherFolders,
  },
  notes: [
    'The agent has to serve its health at HEALTH_ADDRESS, on the loopback interface, and the plugin reaches it by a socket in the folder /run/NAME of the node.',
    'The order is: the plugin onto the node, the agent, and when the agent is ready, the configuration. With that the node counts as ready, and pods come.',
    'Nothing is taken away when a pod stops: a node without its configuration starts no pod, and an ordinary update would bring that about on every node.',
    'To take the network out: drain the nodes, make the ConfigMap NAME-uninstall with a key remove (the command is printed), wait until the configuration is gone from the nodes, and delete the DaemonSet. The plugin stays, so that pods that are left can be deleted; so do interfaces and rules that the agent made, until the node restarts.',
    'Plugins that follow it (portmap …) have to be in the CNI folder of the nodes.',
    'With --ebpf it is taken out of the default profile of AppArmor, which forbids to write to /sys/fs/bpf: on nodes with AppArmor that needs Kubernetes 1.30.',
    'A taint at startup has to be set where nodes are made (kubelet --register-with-taints, or the node group); the right to remove it is a right to change every node.',
    'Other folders: k3s keeps both below /var/lib/rancher/k3s, Talos and Bottlerocket let nobody write to some of them.',
  ],
  explained: {
    ...asksApi,
    'kube-linter run-as-non-root, kube-linter drop-net-raw-capability, kube-linter host-network, checkov CKV_K8S_25':
      "Routes, interfaces and rules of the node take root with NET_ADMIN and NET_RAW on the node's network; the two that write files do so also where another user owns the folder (DAC_OVERRIDE).",
    'kube-linter privilege-escalation-container, checkov CKV_K8S_39':
      'With `--netns` it enters the networks of pods, which takes SYS_ADMIN.',
    'checkov CKV_K8S_8':
      'The container configure is a loop in a shell, started anew when it ends; its readiness tells whether the configuration is there.',
  },
  build({ answers, image }) {
    const { name, plugin } = answers
    const health = { host: '127.0.0.1' }
    const file = `${String(answers.confPrefix).padStart(2, '0')}-${plugin}.conflist`
    const config = configMount(name, files)
    const fileOf = (key: string) => ({
      ...mountedAt(config, `${files}/${key}`, { subPath: key }),
      why: 'The container configure has its files one by one: in a folder they would change while it runs, on all nodes at once.',
    })
    const binFolder = hostPath('cni-bin', answers.cniBinDir, {
      at: bin,
      type: 'DirectoryOrCreate',
      writable: true,
    })
    const confFolder = hostPath('cni-conf', answers.cniConfDir, {
      at: conf,
      type: 'DirectoryOrCreate',
      writable: true,
    })
    if (answers.startupTaint && !answers.tolerations.some((one) => /^all(:NoSchedule)?$/.test(one)))
      throw new ScaffoldError(
        '--startup-taint needs a toleration of every taint (--tolerations all), or the agent never comes to the node that it is to free.',
      )
    const small = { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } }
    const installer: AgentContainer = {
      name: 'install-plugin',
      ...(answers.install === 'script'
        ? { command: ['/bin/sh', `${files}/install.sh`], mounts: [config, binFolder] }
        : {
            command: answers.installCommand.slice(0, 1),
            args: answers.installCommand.slice(1),
            mounts: [binFolder],
          }),
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
      securityContext: onNode,
      why: { securityContext: whyOnNode },
    }
    return {
      initContainers: [installer],
      containers: [
        {
          name: 'agent',
          ...(answers.agentArgs.length > 0 && { args: answers.agentArgs }),
          env: [
            fieldEnv('NODE_NAME', 'spec.nodeName'),
            { name: 'HEALTH_ADDRESS', value: `127.0.0.1:${answers.healthPort}` },
            ...apiServerEnv(answers.apiServer),
          ],
          ports: [{ name: 'health', containerPort: answers.healthPort }],
          startupProbe: http(answers.livePath, 'health', { ...health, ...every(2, 2, 60) }),
          readinessProbe: http(answers.readyPath, 'health', { ...health, ...every(10, 5, 3) }),
          livenessProbe: http(answers.livePath, 'health', { ...health, ...every(30, 5, 3) }),
          securityContext: answers.ebpf
            ? { ...rootWith(...capabilitiesOf(answers)), appArmorProfile: { type: 'Unconfined' } }
            : rootWith(...capabilitiesOf(answers)),
          why: {
            'securityContext.capabilities': 'Routes, interfaces and rules of the node; not the rest of root.',
            ...(answers.ebpf && {
              'securityContext.appArmorProfile':
                'The default profile of AppArmor forbids to write to /sys/fs/bpf.',
            }),
          },
          mounts: [
            hostPath('run', `/run/${name}`, {
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'Where the plugin on the node asks the agent, by a socket.',
            }),
            ...(answers.iptables
              ? [
                  hostPath('xtables-lock', '/run/xtables.lock', {
                    type: 'FileOrCreate',
                    writable: true,
                    why: 'Whoever changes iptables holds it, kube-proxy too.',
                  }),
                ]
              : []),
            ...(answers.netns
              ? [
                  hostPath('netns', '/run/netns', {
                    type: 'DirectoryOrCreate',
                    propagation: 'HostToContainer',
                    why: 'Networks of pods, as the runtime makes them.',
                  }),
                ]
              : []),
            ...(answers.ebpf
              ? [
                  hostPath('bpf', '/sys/fs/bpf', {
                    type: 'Directory',
                    writable: true,
                    why: 'Programs and maps that outlive the agent.',
                  }),
                ]
              : []),
          ],
        },
        {
          name: 'configure',
          image: image('helper'),
          command: ['/bin/sh', `${files}/configure.sh`],
          readinessProbe: exec(['cmp', '-s', `${files}/network.conflist`, `${conf}/${file}`], every(5, 2, 3)),
          resources: small,
          securityContext: onNode,
          why: {
            command:
              'Writes the configuration last, when the agent is ready: with that the node counts as ready, and pods come.',
            readinessProbe: 'The node has the configuration that it should have.',
            securityContext: whyOnNode,
          },
          mounts: [
            fileOf('configure.sh'),
            fileOf('network.conflist'),
            confFolder,
            ...(answers.cleanup
              ? [
                  configMount(`${name}-uninstall`, uninstall, {
                    volume: 'uninstall',
                    optional: true,
                    why: 'Made only to take the network out: with it the configuration goes from the nodes.',
                  }),
                ]
              : []),
          ],
        },
      ],
      pod: {
        hostNetwork: true,
        dnsPolicy: 'Default',
        ...(answers.selinux && { securityContext: { seLinuxOptions: { type: 'spc_t' } } }),
      },
      why: {
        hostNetwork: 'There is no other network before it has run.',
        dnsPolicy: 'The DNS of the cluster needs the network that this one makes.',
        ...(answers.selinux && {
          'securityContext.seLinuxOptions': 'Other types may not write to folders of the node.',
        }),
      },
      config: {
        ...(answers.install === 'script' && { 'install.sh': installScript(answers.pluginPath, plugin) }),
        'configure.sh': configureScript(
          file,
          `http://127.0.0.1:${answers.healthPort}${answers.readyPath}`,
          answers.cleanup,
        ),
        'network.conflist': conflist(answers),
      },
      rbac: {
        cluster: [
          {
            apiGroups: [''],
            resources: ['nodes'],
            verbs: ['get', 'list', 'watch', ...(answers.startupTaint ? ['patch'] : [])],
          },
          ...(answers.networkPolicies
            ? [
                { apiGroups: [''], resources: ['namespaces', 'pods'], verbs: ['list', 'watch'] },
                {
                  apiGroups: ['networking.k8s.io'],
                  resources: ['networkpolicies'],
                  verbs: ['list', 'watch'],
                },
              ]
            : []),
        ],
        why: `It reads every node's addresses and range of pod addresses${answers.startupTaint ? `, and removes the taint ${answers.startupTaint} from its own` : ''}.`,
      },
      next: answers.cleanup
        ? [
            `To take the network out, before you delete the DaemonSet: kubectl -n ${answers.namespace} create configmap ${name}-uninstall --from-literal=remove=true`,
          ]
        : [],
    }
  },
})

const onNode = rootWith('DAC_OVERRIDE')
const whyOnNode = 'Root, to write into the folder of the node, also where another user owns it.'

type OwnAnswers = AnswersTo<typeof questions>

function checkPath(value: string): string | undefined {
  const mistake = mistakeInPath(value)
  return mistake && `'${value}' ${mistake}. Expected a file of the image, such as /opt/cni/bin/own-cni`
}

function checkUrlPath(value: string): string | undefined {
  return /^\/[\w./~-]*$/.test(value) ? undefined : `'${value}' is no path of a URL, such as /healthz`
}

function capabilitiesOf({ netns, ebpf }: OwnAnswers): string[] {
  return [
    ...(ebpf ? ['BPF'] : []),
    'NET_ADMIN',
    'NET_RAW',
    ...(ebpf ? ['PERFMON'] : []),
    ...(netns ? ['SYS_ADMIN'] : []),
  ]
}

function apiServerEnv(address: string) {
  if (address === '') return []
  const [host = '', port = ''] = address.split(':')
  return [
    { name: 'KUBERNETES_SERVICE_HOST', value: host },
    { name: 'KUBERNETES_SERVICE_PORT', value: port },
  ]
}

/** A text of a setting as the value that it looks like: a number, true or false, or a text. */
function settingOf(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true'
  return /^(0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : value
}

function conflist({
  name,
  plugin,
  cniVersion,
  mtu,
  chained,
  pluginOptions,
}: OwnAnswers & { name: string }): string {
  const options = pluginOptions.map((option) => {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/.exec(option) ?? []
    return [key, settingOf(value)]
  })
  const list = {
    cniVersion,
    name,
    plugins: [
      { type: plugin, ...(mtu > 0 && { mtu }), ...Object.fromEntries(options) },
      ...chained.map((type) => ({ type, ...capabilities[type] })),
    ],
  }
  return `${JSON.stringify(list, null, 2)}\n`
}
