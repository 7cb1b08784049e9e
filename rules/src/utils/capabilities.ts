import type { AgentKind } from './known-agents.ts'

interface Capability {
  /** What a container can do with it, as the end of a sentence. */
  power: string
  /** Kinds of agents whose work asks for it. */
  kinds: readonly AgentKind[]
}

/**
 * Capabilities beyond those of the level `baseline`, the worst first. capabilities(7); the kinds are those whose
 * projects' own manifests add them: Cilium and Calico, CSI drivers, Falco and Tetragon, node_exporter (SYS_TIME),
 * NodeLocal DNSCache (NET_ADMIN), kured (SYS_BOOT).
 */
const capabilities: Readonly<Record<string, Capability>> = {
  ALL: { power: 'makes it as good as privileged', kinds: [] },
  SYS_ADMIN: {
    power: 'makes it nearly root on the node',
    kinds: ['network', 'storage', 'device', 'security', 'node'],
  },
  SYS_MODULE: {
    power: "loads code into the node's kernel",
    kinds: ['network', 'storage', 'device', 'security', 'node'],
  },
  SYS_RAWIO: {
    power: "reaches the node's memory and disks",
    kinds: ['storage', 'device', 'metrics', 'node'],
  },
  DAC_READ_SEARCH: {
    power: 'opens any file of the file systems it sees a part of',
    kinds: ['logs', 'metrics', 'storage', 'security', 'node'],
  },
  SYS_PTRACE: {
    power: 'reads and changes other processes it sees',
    kinds: ['network', 'metrics', 'storage', 'device', 'security', 'node'],
  },
  SYS_BOOT: { power: 'restarts the node', kinds: ['node'] },
  BPF: { power: "loads programs into the node's kernel", kinds: ['network', 'metrics', 'security', 'node'] },
  PERFMON: { power: "observes the node's kernel", kinds: ['network', 'metrics', 'security', 'node'] },
  SYSLOG: { power: "reads the kernel's log", kinds: ['logs', 'network', 'metrics', 'security', 'node'] },
  NET_ADMIN: {
    power: 'changes routes, addresses and firewalls of the network it is in',
    kinds: ['network', 'dns', 'device', 'security', 'node'],
  },
  NET_RAW: {
    power: 'forges packets on the network it is in',
    kinds: ['network', 'dns', 'metrics', 'security', 'node'],
  },
  SYS_TIME: { power: "sets the node's clock", kinds: ['metrics', 'node'] },
  SYS_RESOURCE: {
    power: 'lifts limits of resources',
    kinds: ['network', 'storage', 'device', 'metrics', 'security', 'node'],
  },
  SYS_NICE: {
    power: 'changes the priority of other processes',
    kinds: ['network', 'storage', 'device', 'node'],
  },
  IPC_LOCK: {
    power: 'locks memory of the node',
    kinds: ['network', 'storage', 'device', 'security', 'node'],
  },
}

const other: Capability = {
  power: 'is none that runtimes give by default',
  kinds: ['network', 'security', 'node'],
}

/** What is known of a capability, however its name is written: `SYS_ADMIN`, `CAP_SYS_ADMIN`. */
export function capabilityOf(name: string): Capability {
  const key = name.toUpperCase().replace(/^CAP_/, '')
  return Object.hasOwn(capabilities, key) ? capabilities[key]! : other
}
