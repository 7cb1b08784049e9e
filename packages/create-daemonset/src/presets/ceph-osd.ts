import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { amountOf, mistakeInCidr, mistakeInQuantity } from '../formats.ts'
import { configMount, hostPath, mountedAt, scratch, secretMount } from '../kit/mounts.ts'
import { every, exec } from '../kit/probes.ts'
import { privileged } from '../kit/security.ts'
import { confirm, list, number, text } from '../questions.ts'
import type { Mount } from '../types.ts'
import {
  activateScript,
  checkScript,
  guard,
  guardFolder,
  holdScript,
  holdSeconds,
  osdFolder,
  superviseScript,
} from './ceph-osd/scripts.ts'

const exampleMonitors = ['192.0.2.11', '192.0.2.12', '192.0.2.13']

export default definePreset({
  name: 'ceph-osd',
  title: 'Ceph OSD',
  category: 'storage',
  summary: "runs the OSDs that are on its node's disks, for a Ceph cluster that there is already",
  homepage: 'https://docs.ceph.com',
  caution: {
    state: 'superseded',
    why: 'A DaemonSet knows nothing of the state of the cluster that its OSDs belong to, and updates those of a node together. Rook runs a Deployment for each OSD and asks Ceph before it touches one; cephadm does so without Kubernetes.',
    successor: 'Rook (a CephCluster)',
  },
  images: { agent: { repository: 'quay.io/ceph/ceph', tag: 'v20.2.4' } },
  namespace: 'ceph',
  nodes: { labels: ['ceph-osd=enabled'] },
  controlPlane: true,
  tolerations: ['all:NoSchedule'],
  rollout: { type: 'OnDelete', maxUnavailable: '1', minReadySeconds: 300 },
  resources: { cpu: '1', memory: '7Gi', memoryLimit: '8Gi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'With OnDelete nothing is replaced until its pod is deleted: a rolling update replaces all pods at once that are not ready, or have not been for five minutes.',
    tolerations: 'Nodes are chosen by their label, whatever else they are kept free for.',
    priority: 'When the node shuts down it stops after the pods that have its volumes.',
    resources:
      'For all OSDs of a node together, with room above what each aims at: they exceed it while they recover. No CPU limit, for clients wait for it.',
    grace: `Up to ${holdSeconds} seconds until the cluster can spare them, and time to stop.`,
  },
  questions: {
    fsid: text({
      message: "What is the cluster's fsid? (ceph fsid; none: as the monitors say)",
      help: "The cluster's fsid",
      value: 'UUID',
      default: '',
      check: (value) =>
        value === '' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
          ? undefined
          : `'${value}' is no fsid. Expected a UUID in lower case, as 'ceph fsid' prints it`,
    }),
    monitors: list({
      message: 'Where are its monitors? (addresses, with a port or without)',
      help: 'Addresses of the monitors',
      value: 'HOST[:PORT]',
      default: exampleMonitors,
      check: (values) => {
        if (values.length === 0) return 'Without monitors no OSD finds its cluster. Give their addresses'
        const wrong = values.find((value) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(value))
        return wrong === undefined
          ? undefined
          : `'${wrong}' is no address of a monitor. Expected one such as 10.0.0.11 or ceph-mon-a.example.com:6789`
      },
    }),
    publicNetwork: text({
      message: "Which network do clients reach it by? (10.0.0.0/24; empty: that of the node's address)",
      help: 'The network that clients and monitors reach it by',
      value: 'CIDR',
      default: '',
      check: mistakeInNetwork,
    }),
    clusterNetwork: text({
      message: 'Which network do OSDs copy data by? (none: the same)',
      help: 'The network that OSDs copy data by',
      value: 'CIDR',
      default: '',
      check: mistakeInNetwork,
    }),
    osdsPerNode: number({
      message: 'How many OSDs has a node at most?',
      help: 'How many OSDs a node has at most, for the memory they need',
      unit: 'OSDs a node',
      min: 1,
      max: 60,
      default: 2,
    }),
    osdMemoryTarget: text({
      message: 'How much memory shall each OSD aim at?',
      help: 'How much memory each OSD aims at',
      value: 'AMOUNT',
      default: '3Gi',
      check: (value) => {
        const mistake = mistakeInQuantity(value, 'memory')
        if (mistake) return `'${value}' ${mistake}`
        return amountOf(value) < 2 * 2 ** 30
          ? `An OSD is slow with less than 2Gi of memory; ${value} is too little`
          : undefined
      },
    }),
    waitToStop: confirm({
      message: 'Shall a node wait with stopping its OSDs until the cluster can spare them?',
      help: 'Ask the cluster before OSDs are stopped; needs a key that may only read its state',
      default: true,
    }),
    crushUpdate: confirm({
      message:
        'Shall OSDs enter the node they run on into the CRUSH map? (no: they stay where they are in it)',
      help: 'Let OSDs move to their node in the CRUSH map, which moves data where that is another place',
      default: false,
    }),
  },
  variants: {
    networks: {
      fsid: '3f0c9a1e-6b1d-4f0e-9c55-1f6d0c7c9b11',
      monitors: ['10.0.0.11', '10.0.0.12:3300'],
      publicNetwork: '10.0.0.0/24',
      clusterNetwork: '10.0.1.0/24',
      crushUpdate: true,
    },
    'no-wait': { waitToStop: false },
    large: { osdsPerNode: 12, osdMemoryTarget: '4Gi', memoryRequest: '60Gi', memoryLimit: '64Gi' },
  },
  notes: [
    'It starts OSDs that ceph-volume has prepared with LVM, and never prepares, wipes or takes one out. Monitors and managers are elsewhere.',
    'Nothing else may run OSDs on these nodes: before, disable the units of systemd (systemctl disable --now ceph-osd.target), and those of cephadm.',
    `Its Secret holds the key of a user that may only read: ceph auth get-or-create ${guard} mon 'allow r' mgr 'allow r'. Without a key that works it does not wait.`,
    'Update node by node, from HEALTH_OK on: ceph osd set noout keeps data where it is meanwhile. Delete the pod of a node, wait until the new one is ready and ceph pg stat says active+clean of all placement groups, and only then take the next node. After the last, ceph osd unset noout.',
    'For --update-type RollingUpdate all pods must have been ready for 300 seconds before: those that have not are replaced at once, whatever --max-unavailable says, and may hold the last good copies.',
    'One OSD that does not become active (a broken disk) leaves its node unready, while the other OSDs work on.',
    'To drain a node does not move its data. To take it out: ceph osd out for each of its OSDs, wait for active+clean, ceph osd safe-to-destroy, remove the label ceph-osd, ceph osd purge, and wipe the disks only then.',
    'The memory target in ceph.conf wins over ceph config set. For more OSDs or memory scaffold it anew: the limit of the pod has to grow with them.',
  ],
  scope:
    'The OSDs of disks that are prepared. A cluster with monitors, managers, new disks and upgrades is what Rook makes.',
  explained: {
    'kube-linter privileged-container, kube-linter run-as-non-root, kube-linter sensitive-host-mounts':
      'OSDs open the disks of the node. The daemons themselves run as the user ceph.',
    'kube-linter host-network':
      'Clients and other OSDs reach each OSD by itself, at an address that the cluster remembers.',
  },
  build({ answers }) {
    const { name, osdsPerNode, osdMemoryTarget, memoryLimit, waitToStop } = answers
    const needed = (osdsPerNode * amountOf(osdMemoryTarget)) / 0.8
    if (needed > amountOf(memoryLimit))
      throw new ScaffoldError(
        `${osdsPerNode} OSDs that aim at ${osdMemoryTarget} each need a memory limit of ${Math.ceil(needed / 2 ** 30)}Gi, a quarter more than that; it is ${memoryLimit}. Change --memory-limit, --osds-per-node or --osd-memory-target.`,
      )
    const conf = configMount(name, '/etc/ceph/ceph.conf', {
      subPath: 'ceph.conf',
      why: 'Mounted file by file: in a folder they would change while the container runs, before its pod is replaced.',
    })
    const script = (file: string) => mountedAt(conf, `/scripts/${file}`, { subPath: file })
    const shared: Mount[] = [
      conf,
      hostPath('dev', '/dev', {
        type: 'Directory',
        writable: true,
        why: 'The disks, as they come and go.',
      }),
      hostPath('udev', '/run/udev', { type: 'Directory', why: 'What the node knows of its disks.' }),
      scratch('osd', osdFolder, {
        inMemory: true,
        sizeLimit: '32Mi',
        why: "A folder for each OSD, with its key, filled from its disk at each start. The disk's own data never lies here.",
      }),
    ]
    const check = (what: string) => ['/bin/sh', '/scripts/check.sh', what]
    return {
      initContainers: [
        {
          name: 'activate',
          image: answers.image,
          command: ['/bin/sh', '/scripts/activate.sh'],
          env: [
            { name: 'DM_DISABLE_UDEV', value: '1' },
            { name: 'CEPH_VOLUME_SKIP_RESTORECON', value: 'yes' },
          ],
          resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '2Gi' } },
          securityContext: privileged(),
          why: {
            env: "LVM cannot wait for the node's udev: it answers in the node's IPC namespace, which this pod does not have.",
            resources: 'To open an encrypted disk can take a GiB.',
            securityContext: 'It activates volumes of the device mapper.',
          },
          mounts: [
            ...shared,
            script('activate.sh'),
            hostPath('lvm', '/run/lvm', { type: 'DirectoryOrCreate', writable: true }),
            hostPath('lvm-lock', '/run/lock/lvm', {
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'So that LVM here and on the node wait for each other.',
            }),
            scratch('cryptsetup', '/run/cryptsetup', { inMemory: true, sizeLimit: '1Mi' }),
            scratch('log', '/var/log/ceph', { sizeLimit: '64Mi' }),
            scratch('tmp', '/tmp', { sizeLimit: '64Mi' }),
          ],
        },
      ],
      containers: [
        {
          name: 'osd',
          command: ['/bin/sh', '/scripts/supervise.sh'],
          env: [
            { name: 'CEPH_USE_RANDOM_NONCE', value: '1' },
            { name: 'TCMALLOC_MAX_TOTAL_THREAD_CACHE_BYTES', value: '134217728' },
          ],
          ...(waitToStop && {
            lifecycle: { preStop: { exec: { command: ['/bin/sh', '/scripts/hold.sh'] } } },
          }),
          startupProbe: exec(check('live'), every(10, 20, 720)),
          readinessProbe: exec(check('ready'), every(30, 20, 3)),
          livenessProbe: exec(check('live'), every(60, 20, 5)),
          securityContext: privileged(),
          why: {
            'env[CEPH_USE_RANDOM_NONCE]':
              'Process ids repeat in containers; with them other OSDs would take a restarted one for the one before.',
            'env[TCMALLOC_MAX_TOTAL_THREAD_CACHE_BYTES]':
              "As in Ceph's own packages: with less, OSDs spend their time in the allocator.",
            ...(waitToStop && { lifecycle: 'It waits until the cluster can do without these OSDs.' }),
            startupProbe: 'Two hours: after a crash an OSD may check and compact its database first.',
            livenessProbe:
              'Only where none of them answers: a restart takes all OSDs of the node away, and one that hangs ends itself.',
            securityContext: 'OSDs read and write whole disks; they do so as the user ceph.',
          },
          mounts: [
            ...shared,
            ...['supervise.sh', 'check.sh', ...(waitToStop ? ['hold.sh'] : [])].map(script),
            scratch('run', '/run/ceph', { inMemory: true, sizeLimit: '1Mi', why: 'Admin sockets.' }),
            scratch('crash', '/var/lib/ceph/crash', { sizeLimit: '256Mi' }),
            ...(waitToStop ? [secretMount(`${name}-guard`, guardFolder, { volume: 'guard' })] : []),
          ],
        },
      ],
      pod: {
        hostNetwork: true,
        dnsPolicy: 'ClusterFirstWithHostNet',
        terminationGracePeriodSeconds: 300,
      },
      why: {
        hostNetwork:
          'Clients and other OSDs reach each OSD by itself, at an address that the cluster remembers.',
      },
      config: {
        'ceph.conf': confOf(answers),
        'activate.sh': activateScript,
        'supervise.sh': superviseScript,
        'check.sh': checkScript,
        ...(waitToStop && { 'hold.sh': holdScript }),
      },
      ...(waitToStop && {
        secrets: [
          {
            name: `${name}-guard`,
            keys: {
              'client.keyring': `What 'ceph auth get-or-create ${guard} mon "allow r" mgr "allow r"' prints.`,
            },
            why: 'The key by which the cluster is asked whether it can spare OSDs. Those of the OSDs are on their disks.',
          },
        ],
      }),
      before: [
        ...(answers.monitors.join() === exampleMonitors.join()
          ? [
              'The addresses of the monitors in ceph.conf are those of an example: put in your own (--monitors).',
            ]
          : []),
        'On each node with OSDs: disable what runs them now, then kubectl label node NODE ceph-osd=enabled',
      ],
    }
  },
})

function confOf(answers: {
  fsid: string
  monitors: string[]
  publicNetwork: string
  clusterNetwork: string
  osdMemoryTarget: string
  crushUpdate: boolean
}): string {
  const { fsid, monitors, publicNetwork, clusterNetwork, osdMemoryTarget, crushUpdate } = answers
  const lines = [
    '[global]',
    ...(fsid === '' ? [] : [`fsid = ${fsid}`]),
    `mon_host = ${monitors.join(',')}`,
    ...(publicNetwork === '' ? [] : [`public_network = ${publicNetwork}`]),
    ...(clusterNetwork === '' ? [] : [`cluster_network = ${clusterNetwork}`]),
    '# To the logs of the container.',
    'log_to_file = false',
    'log_to_stderr = true',
    'err_to_stderr = true',
    '',
    '[osd]',
    `# ${osdMemoryTarget} for each of them, in bytes.`,
    `osd_memory_target = ${Math.floor(amountOf(osdMemoryTarget))}`,
    ...(crushUpdate
      ? []
      : ['# They stay where they are in the CRUSH map: to move there would move their data.']),
    `osd_crush_update_on_start = ${crushUpdate}`,
  ]
  return `${lines.join('\n')}\n`
}

function mistakeInNetwork(value: string): string | undefined {
  return value === '' || !mistakeInCidr(value) ? undefined : `'${value}' ${mistakeInCidr(value)}`
}
