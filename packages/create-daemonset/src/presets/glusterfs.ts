import { definePreset } from '../define.ts'
import { ScaffoldError } from '../errors.ts'
import { mistakeInPath } from '../formats.ts'
import { hostPath, scratch } from '../kit/mounts.ts'
import { every, exec } from '../kit/probes.ts'
import { privileged } from '../kit/security.ts'
import { confirm, select, text } from '../questions.ts'
import type { Mount } from '../types.ts'

const tag = 'gluster4u0_centos7'

export default definePreset({
  name: 'glusterfs',
  title: 'GlusterFS',
  category: 'storage',
  summary: "serves GlusterFS volumes from its node's disks",
  homepage: 'https://github.com/gluster/gluster-kubernetes',
  caution: {
    state: 'archived',
    why: 'Its set-up for Kubernetes is archived, Kubernetes has no volumes of it since 1.26, and its images are of 2020 and before.',
    successor: 'Rook with Ceph, Longhorn, OpenEBS, or the preset csi-node with an NFS server',
  },
  images: {
    agent: {
      repository: 'docker.io/gluster/gluster-centos',
      tag,
      refused: { latest: 'is another version at every pull, and two versions in one pool lose data' },
    },
  },
  namespace: 'glusterfs',
  nodes: { labels: ['storagenode=glusterfs'], architectures: ['amd64'] },
  controlPlane: true,
  tolerations: ['all:NoSchedule'],
  rollout: { type: 'OnDelete', maxUnavailable: '1', minReadySeconds: 300 },
  resources: { cpu: '100m', memory: '512Mi', memoryLimit: '2Gi' },
  priorityClass: 'system-node-critical',
  why: {
    rollout:
      'With OnDelete nothing is replaced until its pod is deleted: a rolling update replaces all pods at once that are not ready, or have not been for five minutes.',
    tolerations: 'Nodes are chosen by their label, whatever else they are kept free for.',
    priority: 'When the node shuts down it stops after the pods that have its volumes.',
    resources:
      'No CPU limit: who waits for it are the pods with its volumes. Each brick adds some hundred MiB.',
    grace: 'Bricks are stopped one after the other.',
  },
  questions: {
    heketi: confirm({
      message: 'Are its bricks made by heketi (LVM volumes that the pod mounts itself)?',
      help: 'Mount the bricks that heketi has made, from /var/lib/heketi/fstab',
      default: true,
    }),
    bricks: text({
      message: 'A folder of the node with other bricks? (none: without)',
      help: 'A folder of the node in which file systems for bricks are mounted',
      value: 'PATH',
      default: '',
      check: (value) =>
        value === '' || !mistakeInPath(value) ? undefined : `'${value}' ${mistakeInPath(value)}`,
    }),
    block: confirm({
      message: 'Does it serve block devices too (gluster-block)?',
      help: 'Serve block devices too (gluster-block)',
      default: false,
    }),
    tls: confirm({
      message: 'Are its connections encrypted, with keys in /etc/ssl of the node?',
      help: 'Use the TLS keys in /etc/ssl of the node',
      default: false,
    }),
    cgroups: select({
      message: 'Which version of cgroups do the nodes have?',
      help: 'The version of cgroups on the nodes',
      default: 'v1',
      choices: [
        { value: 'v1', label: 'v1', hint: 'which the systemd of CentOS 7 needs' },
        { value: 'v2', label: 'v2', hint: 'with an image of your own' },
      ],
      check: (value, { image }) =>
        value === 'v2' && typeof image === 'string' && image.endsWith(`:${tag}`)
          ? `The systemd in ${tag} does not know cgroups v2. Give --image with a newer one`
          : undefined,
    }),
  },
  variants: {
    bricks: { heketi: false, bricks: '/data/bricks' },
    block: { block: true, tls: true },
    'cgroups-v2': { cgroups: 'v2', image: 'registry.example.com/gluster-centos:10.2.0' },
  },
  notes: [
    'For pools that there are already, until their data has moved: see the successors above.',
    'systemd runs in the container. That of CentOS 7 needs nodes with cgroups v1, which current distributions have not, and which the kubelet refuses by default since Kubernetes 1.35.',
    'On the node nothing else may listen on 24007 (glusterd), 24008, 49152 and up (bricks), 2222 (its sshd), and 24010 with gluster-block; rpcbind of the node may be in the way.',
    'Update node by node: delete the pod of a node, wait until the new one is ready and kubectl exec POD -- gluster volume heal VOLUME info lists nothing for any volume, and only then take the next node.',
    'For --update-type RollingUpdate all pods must have been ready for 300 seconds before: those that have not are replaced at once, whatever --max-unavailable says, and may hold the last good copies. A DaemonSet cannot ask whether files have healed.',
    'To take a node out: move its bricks (gluster volume replace-brick), gluster peer detach, and only then remove the label storagenode.',
    'What it keeps on the node (/var/lib/glusterd, /etc/glusterfs, /var/lib/heketi, the bricks) stays when the DaemonSet goes.',
  ],
  scope:
    'The servers. Pools, volumes and heketi are made with their own tools; volumes are mounted as NFS or from the host.',
  explained: {
    'kube-linter privileged-container, kube-linter run-as-non-root, kube-linter sensitive-host-mounts':
      'It runs systemd, mounts bricks and has the devices of the node.',
    'kube-linter no-read-only-root-fs': 'Its start script rewrites units of systemd in the image.',
    'kube-linter host-network': 'Peers and clients know each server by an address that stays.',
  },
  build({ answers }) {
    if (!answers.heketi && answers.bricks === '')
      throw new ScaffoldError(
        'Without heketi there is no place for bricks. Give --bricks with the folder of the node in which they are mounted.',
      )
    const probe = (mode: string) => ['/usr/local/bin/status-probe.sh', mode]
    return {
      containers: [
        {
          name: 'glusterfs',
          env: [
            { name: 'HOST_DEV_DIR', value: '/mnt/host-dev' },
            { name: 'GLUSTER_BLOCKD_STATUS_PROBE_ENABLE', value: answers.block ? '1' : '0' },
            ...(answers.cgroups === 'v2' ? [{ name: 'CGROUP_PIDS_MAX', value: '0' }] : []),
          ],
          lifecycle: {
            preStop: {
              exec: {
                command: [
                  '/bin/bash',
                  '-c',
                  'systemctl stop gluster-blockd glusterd; pkill -x glusterfsd; pkill -x glusterfs; while pgrep -x glusterfsd >/dev/null; do sleep 1; done; kill -s RTMIN+3 1',
                ],
              },
            },
          },
          startupProbe: exec(probe('readiness'), every(10, 10, 60)),
          readinessProbe: exec(probe('readiness'), every(25, 10, 3)),
          livenessProbe: exec(probe('liveness'), every(60, 10, 10)),
          securityContext: privileged({ readOnlyRootFilesystem: false }),
          why: {
            lifecycle:
              'systemd does not end by SIGTERM, and bricks are processes of their own: they are stopped first.',
            livenessProbe: 'Patient: a restart takes all bricks of the node away at once.',
            securityContext:
              'It runs systemd, mounts bricks and has the devices of the node. Its start script rewrites units of systemd in the image.',
          },
          mounts: [
            hostPath('config', '/etc/glusterfs', { type: 'DirectoryOrCreate', writable: true }),
            hostPath('state', '/var/lib/glusterd', {
              type: 'DirectoryOrCreate',
              writable: true,
              why: 'Who the peers are and what volumes there are: without it the node is no part of the pool.',
            }),
            hostPath('misc', '/var/lib/misc/glusterfsd', { type: 'DirectoryOrCreate', writable: true }),
            hostPath('logs', '/var/log/glusterfs', { type: 'DirectoryOrCreate', writable: true }),
            hostPath('dev', '/dev', {
              type: 'Directory',
              at: '/mnt/host-dev',
              writable: true,
              why: 'The start script takes it for the /dev of the container.',
            }),
            hostPath('cgroup', '/sys/fs/cgroup', {
              type: 'Directory',
              writable: answers.cgroups === 'v2',
              why: 'systemd puts its services into groups.',
            }),
            scratch('run', '/run', { inMemory: true, sizeLimit: '64Mi' }),
            ...mountsOfBricks(answers),
            ...(answers.block
              ? [
                  hostPath('sys-class', '/sys/class', { type: 'Directory', writable: true }),
                  hostPath('sys-module', '/sys/module', { type: 'Directory', writable: true }),
                  hostPath('modules', '/lib/modules', { type: 'Directory' }),
                ]
              : []),
            ...(answers.tls ? [hostPath('ssl', '/etc/ssl', { type: 'Directory' })] : []),
          ],
        },
      ],
      pod: {
        hostNetwork: true,
        dnsPolicy: 'ClusterFirstWithHostNet',
        terminationGracePeriodSeconds: 120,
      },
      why: { hostNetwork: 'Peers and clients know each server by an address that stays.' },
      before: ['kubectl label node NODE storagenode=glusterfs'],
      next: [`kubectl -n ${answers.namespace} exec ds/${answers.name} -- gluster peer status`],
    }
  },
})

function mountsOfBricks({ heketi, bricks }: { heketi: boolean; bricks: string }): Mount[] {
  return [
    ...(heketi
      ? [
          hostPath('heketi', '/var/lib/heketi', {
            type: 'DirectoryOrCreate',
            writable: true,
            why: 'Its fstab says which bricks are mounted where.',
          }),
          hostPath('lvm', '/run/lvm', {
            type: 'DirectoryOrCreate',
            writable: true,
            why: 'LVM of the node is asked, none runs in the container.',
          }),
        ]
      : []),
    ...(bricks === ''
      ? []
      : [
          hostPath('bricks', bricks, {
            type: 'Directory',
            writable: true,
            propagation: 'HostToContainer',
            why: 'File systems that the node mounts later are seen too.',
          }),
        ]),
  ]
}
