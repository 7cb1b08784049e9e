// Words: enumerations, and texts with a grammar of their own.
// biome-ignore-all format: tables
import { dnsLabel, localPath, qualifiedName, text } from './texts.mjs'

const repeat = (text, count) => text.repeat(count)
const enumOf = (...values) => ({
  good: values,
  edge: [
    '',
    ...values.map((value) => value.toLowerCase()),
    ...values.map((value) => value.toUpperCase()),
    `${values[0]} `,
    'None',
    'Always',
    'Unknown',
    'Default',
    'Exists',
  ],
})
const freely = (...good) => ({ good, edge: text.edge })
const fieldPathNames = [
  'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName',
  'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs', 'metadata.labels',
  'metadata.annotations', 'spec.host',
]

export const words = {  fieldPath: {
    good: [
      "metadata.labels['app']", "metadata.annotations['a']", ...fieldPathNames.slice(0, 5),
      "metadata.labels['example.com/a']", "metadata.annotations['EXAMPLE.com/A']",
    ],
    edge: [
      ...fieldPathNames, '', 'metadata', 'metadata.labels[app]', "metadata.labels['']",
      "metadata.labels['a b']", "metadata.labels['a/b/c']", "metadata.labels['A.com/b']",
      "metadata.name['a']", "metadata.labels['a']b", 'metadata.labels["a"]', "metadata.labels['a'",
      'spec.nodename', 'status.phase', 'spec.containers[0].name', '.metadata.name', 'metadata.name ',
      'metadata.generateName', "metadata.annotations['a/']", "metadata.labels['a']['b']",
      "metadata.uid['a']", "status.podIP['a']", "metadata.annotations['-a']", "['a']", "metadata.foo['a']",
    ],
  },
  resourceRef: {
    good: [
      'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory', 'limits.ephemeral-storage',
      'requests.hugepages-2Mi',
    ],
    edge: [
      '', 'cpu', 'limits.storage', 'limits.hugepages-', 'limits.hugepages-a', 'Limits.cpu',
      'requests.nvidia.com/gpu', 'limits.cpu ', 'limits.', 'requests.pods', 'limits.hugepages',
      'requests.ephemeral-storage', 'limits.hugepages-1Gi',
    ],
  },
  apiVersion: { good: ['v1', ''], edge: ['v2', 'apps/v1', 'V1', 'v1 '] },
  ownerApi: { good: ['v1', 'apps/v1', 'example.com/v1'], edge: ['', '/', 'a/', '/v1', 'a/b/c', 'V1', ' '] },
  ownerKind: { good: ['Node', 'DaemonSet', 'Thing'], edge: ['Event', '', 'event', ' '] },
  resourceName: {
    good: ['cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'nvidia.com/gpu', 'example.com/a'],
    edge: [
      '', 'storage', 'gpu', 'hugepages-', 'hugepages-0', 'hugepages-a', 'hugepages-1Gi',
      'requests.example.com/a', 'kubernetes.io/a', 'example.kubernetes.io/a', 'attachable-volumes-a',
      'pods', 'CPU', 'example.com/', 'a/b/c', 'limits.cpu', 'requests.cpu', 'hugepages--2Mi',
      'hugepages-1.5Mi', 'hugepages-64Ki', 'EXAMPLE.com/a', `${repeat('a', 64)}/b`,
      `example.com/${repeat('a', 64)}`, `example.com/${repeat('a', 63)}`, `example.com/${repeat('a', 54)}`,
      `${repeat('a', 244)}/a`, `${repeat('a', 245)}/a`, 'a b/c', 'cpu ', 'hugepages',
      'kubernetes.io/batch-cpu', 'count/pods', 'example.com/requests.a', 'hugepages-2Mi/a', 'a.b',
      'limits.example.com/a',
    ],
  },
  operator: enumOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  nodeOperator: enumOf('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
  tolerationOperator: enumOf('Equal', 'Exists', 'Lt', 'Gt'),
  effect: enumOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  pullPolicy: enumOf('Always', 'IfNotPresent', 'Never'),
  protocol: enumOf('TCP', 'UDP', 'SCTP'),
  restartPolicy: enumOf('Always', 'OnFailure', 'Never'),
  podRestartPolicy: { good: ['Always', 'Always', 'Always'], edge: ['', 'OnFailure', 'Never', 'always'] },
  resizeRestartPolicy: enumOf('NotRequired', 'RestartContainer'),
  resizeResource: {
    good: ['cpu', 'memory'],
    edge: ['', 'ephemeral-storage', 'CPU', 'hugepages-2Mi', 'storage'],
  },
  dnsPolicy: enumOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
  strategy: enumOf('RollingUpdate', 'OnDelete', 'RollingUpdate'),
  hostPathType: enumOf(
    'DirectoryOrCreate',
    'Directory',
    'FileOrCreate',
    'File',
    'Socket',
    'CharDevice',
    'BlockDevice',
  ),
  propagation: enumOf('None', 'HostToContainer', 'Bidirectional'),
  recursive: enumOf('Disabled', 'IfPossible', 'Enabled'),
  messagePolicy: enumOf('File', 'FallbackToLogsOnError'),
  scheme: enumOf('HTTP', 'HTTPS'),
  preemption: enumOf('PreemptLowerPriority', 'Never'),
  skew: enumOf('DoNotSchedule', 'ScheduleAnyway'),
  inclusion: enumOf('Honor', 'Ignore'),
  os: enumOf('linux', 'windows'),
  fsGroupPolicy: enumOf('OnRootMismatch', 'Always'),
  groupsPolicy: enumOf('Merge', 'Strict'),
  seLinuxPolicy: enumOf('Recursive', 'MountOption'),
  procMount: enumOf('Default', 'Unmasked'),
  profile: enumOf('RuntimeDefault', 'Unconfined', 'Localhost'),
  exitOperator: enumOf('In', 'NotIn'),
  action: enumOf('Restart', 'RestartAllContainers', 'Terminate'),
  accessMode: enumOf('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'),
  volumeMode: enumOf('Filesystem', 'Block'),
  cachingMode: enumOf('None', 'ReadOnly', 'ReadWrite'),
  diskKind: enumOf('Shared', 'Dedicated', 'Managed'),
  diskURI: {
    good: [
      'https://account.example/vhds/a.vhd', '/subscriptions/a/resourceGroups/b/disks/c',
      'HTTPS://account.example/a',
    ],
    edge: ['', 'http://a', '/Subscriptions/a', 'subscriptions/a', 'https:/a'],
  },
  managedOperation: enumOf('Apply', 'Update'),
  fieldsType: { good: ['FieldsV1', ''], edge: ['FieldsV2', 'fieldsv1'] },
  keyType: enumOf('ED25519', 'RSA3072', 'ECDSAP256'),
  scaleMode: enumOf('ThickProvisioned', 'ThinProvisioned'),
  finalizer: {
    good: ['example.com/a', 'kubernetes', 'orphan', 'foregroundDeletion'],
    edge: ['a', '', 'Orphan', 'a/b/c', 'example.com/', '/a', 'foregroundDeletion ', 'A.com/b', `example.com/${repeat('a', 64)}`],
  },
  iqn: {
    good: [
      'iqn.2001-04.com.example:storage', 'eui.0123456789ABCDEF', 'naa.62004567BA64678D0123456789ABCDEF',
      'iqn.2001-04.com.example',
    ],
    edge: [
      '', 'iqn', 'iqn.2001-04', 'iqn.2001-4.com.example', 'eui.0123', 'naa.6200',
      'IQN.2001-04.com.example', 'iqn.2001-04.com.example:', 'eui.0123456789ABCDEG',
      'iqn.2001-13.com.example:a', 'naa.62004567BA64678D', 'iqn.2001-04.com_example:a',
      `iqn.2001-04.com.example:${repeat('a', 60)}`, `iqn.2001-04.com.example:${repeat('a', 200)}`,
      'iqn.2001-04.com.example:a b', 'eui.0123456789abcdef', 'naa.62004567ba64678d0123456789abcdef',
      'iqn.2001-04..a',
    ],
  },
  portal: { good: ['10.0.0.1:3260', 'portal'], edge: ['', 'a b', `${repeat('a', 40)}:3260`] },
  registry: {
    good: ['registry:7861', 'a:1,b:2', '10.0.0.1:80'],
    edge: ['', 'registry', 'a:', ':1', 'a:1,', 'a:1,b', ',', 'a:b:c', '[::1]:80', '::1:80', 'a:x', ' a:1'],
  },
  driver: {
    good: ['csi.example.com', 'CSI.example.com', 'a', repeat('a', 63)],
    edge: ['', 'a_b', repeat('a', 64), '-a', 'a..b', 'a/b', 'A', 'a.'],
  },
  flexDriver: { good: ['example.com/driver', 'driver'], edge: ['', ' ', '/'] },
  sysctl: {
    good: [
      'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'vm.swappiness', 'fs.mqueue.msg_max',
      'kernel.sem', 'net/ipv4/a', 'kernel.msgmax', 'kernel.shmall',
    ],
    edge: [
      '', 'A', 'a..b', '.a', 'a.', 'net', 'net.', 'kernel.SEM', 'a b', '-a', repeat('a', 253),
      repeat('a', 254), 'a_b-c.d', 'net/a.b', 'net.a/b', 'fs/mqueue/a', 'kernel/sem', 'kernel/shm_a', '_a',
      'a__b', 'kernel.msg', 'fs.mqueue', 'fs.mqueue.',
    ],
  },
  runAsUserName: {
    good: ['ContainerUser', 'NT AUTHORITY\\SYSTEM', 'domain\\user', 'example.com\\user', 'a b'],
    edge: [
      '', '\\', '\\a', 'a\\', 'a\\b\\c', 'a:b', 'a@b', ' ', '.', '. .', 'a\tb', repeat('a', 104),
      repeat('a', 105), `${repeat('d', 15)}\\a`, `${repeat('d', 16)}\\a`, `${repeat('d', 255)}\\a`,
      `${repeat('d', 256)}\\a`, `${repeat('d.', 127)}d\\a`, `${repeat('d.', 128)}d\\a`, '-d\\a', 'd_\\a',
      '.d\\a', 'd.e\\a', 'a"b', 'a/b', 'a[b', 'a|b', 'a+b', 'a;b', 'ä', 'd d\\a', 'a\u0000', 'd..e\\a',
      'd:\\a', 'D*\\a', 'a\u0085',
    ],
  },
  gmsaSpec: { good: ['{}', 'spec'], edge: ['', repeat('a', 65536), repeat('a', 65537), ' '] },
  search: {
    good: ['example.com', 'example.com.', '.', '_tcp.example.com', 'a_b'],
    edge: [
      '', '..', 'a..b', '-a', 'a-', 'A', '_', 'a._b', 'a_.b', repeat('a', 253), `${repeat('a', 253)}.`,
      repeat('a', 254), 'a b', '_a_', '-', 'a.b_c', '.a', 'a-.b',
    ],
  },
  header: { good: ['X-A', 'Host', 'a', '-'], edge: ['', 'a b', 'a:', 'a_b', 'ä', 'a.b', 'X-A\n'] },
  appArmorAnnotation: {
    good: ['runtime/default', 'unconfined', 'localhost/a'],
    edge: [
      '', 'localhost/', 'docker/default', 'a', 'Unconfined', 'runtime/Default', 'localhost',
      'localhost/../a',
    ],
  },
  seccompAnnotation: {
    good: ['runtime/default', 'docker/default', 'unconfined', 'localhost/a'],
    edge: [
      '', 'localhost/', 'localhost/../a', 'localhost//a', 'a', 'Unconfined', 'localhost',
      'localhost/a/../b',
    ],
  },
  deletionCost: {
    good: ['1', '0', '-1', '2147483647', '-2147483648'],
    edge: ['', '+1', '01', '-0', '-01', '2147483648', 'a', '1.5', ' 1', '00', '-', '1_0', '-2147483649'],
  },
  tolerationsAnnotation: {
    good: ['[]', '', '[{"key":"a","operator":"Exists"}]'],
    edge: [
      '{}', '[{"key":"a","operator":"Foo"}]', '[{"key":"a","value":"a b"}]', 'a', '[',
      '[{"operator":"Equal"}]', '[{"key":"a","tolerationSeconds":1}]',
      '[{"key":"A B","operator":"Exists"}]', 'null', '[{"key":1}]',
      '[{"effect":"No","operator":"Exists"}]', '[{"unknown":1,"operator":"Exists"}]', '[null]',
      '[{"key":"a","operator":"Exists","value":"b"}]', '[{"Key":"a","Operator":"Exists"}]',
      '[{"operator":"Lt","key":"a"}]', '[] x',
      '[{"tolerationSeconds":1.5,"effect":"NoExecute","operator":"Exists"}]',
    ],
  },
  templateGeneration: {
    good: ['1', '2', '0'],
    edge: [
      '', '-1', 'a', '+1', '1.5', '9223372036854775807', '9223372036854775808', ' 1', '01', '1_0', '0x1',
      '-9223372036854775809',
    ],
  },
  appArmorPath: { good: ['a', 'a/b', repeat('a', 4095)], edge: ['', ' a', 'a ', '../a', '/a', repeat('a', 4096), repeat('ü', 2048)] },
  profilePath: { good: [...localPath.good, 'profiles/a.json', repeat('a', 4095)], edge: [...localPath.edge, ' a', 'a ', repeat('a', 4096)] },
  url: freely('https://example.com/a.git', 'a'),
  image: freely('registry.example/agent:1.0', 'agent', 'agent@sha256:abc'),
  capability: freely('NET_ADMIN', 'CAP_SYS_ADMIN', 'SYS_ADMIN', 'ALL'),
  manager: {
    good: ['kubectl', repeat('a', 128)],
    edge: ['', repeat('a', 129), 'a\nb', 'ü', '\u200b', '\u00ad', repeat('ü', 128)],
  },
  subresource: { good: ['', 'status', repeat('a', 256)], edge: [repeat('a', 257)] },
  topologyKey: qualifiedName,
  claimName: dnsLabel,
  weight: { good: [1, 50, 100], edge: [0, 101, -1, 1.5, '1', null, 2147483648] },
  partition: { good: [0, 1, 255], edge: [-1, 256, 1.5, '1', 2147483648] },
  exitCode: { good: [0, 1, 42, 255], edge: [-1, 256, 2147483647, 2147483648, 1.5, '1', null] },
}
