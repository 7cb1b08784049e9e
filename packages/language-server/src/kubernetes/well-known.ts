/**
 * Names that Kubernetes itself gives: taints, labels, resources, capabilities, classes. None of them is all there is, so
 * a value that is not among them is no mistake.
 */
import { controllersOwn, systemClasses } from '@daemonlint/rules/cluster'

/** A name, and what it means. */
export type Names = Readonly<Record<string, string>>

/** https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const taintKeys: Names = {
  'node-role.kubernetes.io/control-plane': 'Nodes of the control plane.',
  ...Object.fromEntries(controllersOwn.map(({ key }) => [key, ''])),
  'node.kubernetes.io/not-ready': 'The node is not ready.',
  'node.kubernetes.io/unreachable': 'The node cannot be reached from the control plane.',
  'node.kubernetes.io/disk-pressure': 'The disk of the node is nearly full.',
  'node.kubernetes.io/memory-pressure': 'The node has little memory left.',
  'node.kubernetes.io/pid-pressure': 'The node has few process ids left.',
  'node.kubernetes.io/unschedulable': 'The node is cordoned.',
  'node.kubernetes.io/network-unavailable': "The node's network is not configured yet.",
  'node.kubernetes.io/out-of-service': 'Set by a person on a node that was shut down and does not come back.',
  'node.cloudprovider.kubernetes.io/uninitialized': 'A cloud controller has not initialised the node yet.',
  'node.cloudprovider.kubernetes.io/shutdown': 'The cloud provider shut the node down.',
  CriticalAddonsOnly: 'Nodes that are kept for critical add-ons.',
  'nvidia.com/gpu': 'Nodes with GPUs of NVIDIA, where the provider taints them.',
}

/** The taints that the DaemonSet controller tolerates for every pod of a DaemonSet; `hostNetworkOnly` not counted. */
export const toleratedAnyway: ReadonlySet<string> = new Set(
  controllersOwn.filter(({ hostNetworkOnly }) => !hostNetworkOnly).map(({ key }) => key),
)

/** https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const nodeLabels: Names = {
  'kubernetes.io/os': 'The operating system, as Go calls it: `linux`, `windows`.',
  'kubernetes.io/arch': 'The architecture, as Go calls it: `amd64`, `arm64`.',
  'kubernetes.io/hostname': 'The name of the node; one node has each.',
  'topology.kubernetes.io/zone': 'The zone of the provider.',
  'topology.kubernetes.io/region': 'The region of the provider.',
  'node.kubernetes.io/instance-type': 'The type of machine, as the provider calls it.',
  'node-role.kubernetes.io/control-plane': 'Nodes of the control plane; its value is empty.',
  'node.kubernetes.io/windows-build': 'The build of Windows.',
}

/** Values of labels that Go's names of platforms allow. */
export const labelValues: Readonly<Record<string, Names>> = {
  'kubernetes.io/os': { linux: '', windows: '' },
  'kubernetes.io/arch': { amd64: '', arm64: '', arm: '', ppc64le: '', s390x: '', riscv64: '' },
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const recommendedLabels: Names = {
  'app.kubernetes.io/name': 'The name of the application.',
  'app.kubernetes.io/instance': 'What tells this installation from others of the application.',
  'app.kubernetes.io/version': 'The version of the application.',
  'app.kubernetes.io/component': 'Its part in the whole.',
  'app.kubernetes.io/part-of': 'The name of the whole.',
  'app.kubernetes.io/managed-by': 'The tool that looks after it.',
}

/** pkg/apis/core/types.go, ResourceName. */
export const resourceNames: Names = {
  cpu: 'CPU time: `1` is one core, `100m` a tenth of it.',
  memory: 'Bytes of memory: `128Mi`.',
  'ephemeral-storage': 'Bytes of the disk of the node: logs, the writable layer, emptyDir volumes.',
  'hugepages-2Mi': 'Bytes of memory in pages of 2 MiB.',
  'hugepages-1Gi': 'Bytes of memory in pages of 1 GiB.',
}

export const priorityClasses: Names = Object.fromEntries(
  [...systemClasses].map(([name, value]) => [name, `Every cluster has it; its value is ${value}.`]),
)

/** capabilities(7). */
export const capabilities: Names = {
  ALL: 'All of them.',
  AUDIT_CONTROL: "Turns the kernel's auditing on and off.",
  AUDIT_READ: "Reads the kernel's audit log.",
  AUDIT_WRITE: "Writes to the kernel's audit log. Runtimes give it by default.",
  BLOCK_SUSPEND: 'Keeps the node from suspending.',
  BPF: 'Loads BPF programs and makes BPF maps.',
  CHECKPOINT_RESTORE: 'Saves and restores processes.',
  CHOWN: 'Changes the owners of files. Runtimes give it by default.',
  DAC_OVERRIDE: 'Passes over permissions of files. Runtimes give it by default.',
  DAC_READ_SEARCH: 'Passes over permissions to read files and search directories.',
  FOWNER: 'Does what else only the owner of a file may. Runtimes give it by default.',
  FSETID: 'Keeps set-user-ID bits when a file changes. Runtimes give it by default.',
  IPC_LOCK: 'Locks memory.',
  IPC_OWNER: 'Passes over permissions of System V IPC objects.',
  KILL: 'Sends signals to any process that it sees. Runtimes give it by default.',
  LEASE: 'Takes leases on files.',
  LINUX_IMMUTABLE: 'Sets the flags immutable and append-only of files.',
  MAC_ADMIN: 'Changes the configuration of mandatory access control.',
  MAC_OVERRIDE: 'Passes over mandatory access control.',
  MKNOD: 'Makes device files. Runtimes give it by default.',
  NET_ADMIN: 'Changes interfaces, addresses, routes and firewalls.',
  NET_BIND_SERVICE: 'Listens on ports below 1024. Runtimes give it by default.',
  NET_BROADCAST: 'Not used by the kernel.',
  NET_RAW: 'Opens raw and packet sockets. Some runtimes give it by default.',
  PERFMON: 'Observes performance, through perf events and BPF.',
  SETFCAP: 'Sets capabilities of files. Runtimes give it by default.',
  SETGID: 'Changes its groups. Runtimes give it by default.',
  SETPCAP: 'Drops capabilities from its bounding set. Runtimes give it by default.',
  SETUID: 'Changes its user. Runtimes give it by default.',
  SYSLOG: "Reads the kernel's log.",
  SYS_ADMIN: 'Mounts, namespaces and much else: nearly root on the node.',
  SYS_BOOT: 'Restarts the node, loads another kernel.',
  SYS_CHROOT: 'Changes its root directory, enters mount namespaces. Runtimes give it by default.',
  SYS_MODULE: 'Loads and unloads kernel modules.',
  SYS_NICE: 'Raises priorities, binds processes to CPUs.',
  SYS_PACCT: 'Turns the accounting of processes on and off.',
  SYS_PTRACE: 'Reads and changes other processes that it sees.',
  SYS_RAWIO: 'Reaches I/O ports, memory and disks directly.',
  SYS_RESOURCE: 'Passes over limits of resources.',
  SYS_TIME: "Sets the node's clock.",
  SYS_TTY_CONFIG: 'Configures terminals.',
  WAKE_ALARM: 'Sets alarms that wake the node.',
}

export const emptyDirMedia: Names = {
  '': 'The disk of the node.',
  Memory: 'Memory of the node, which counts as memory of the containers that write to it.',
}

export const schedulers: Names = { 'default-scheduler': "Kubernetes' own." }
