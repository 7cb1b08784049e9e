import type { PresetName } from '@daemonlint/core'

/** A preset as the documentation speaks of it. What is in it is said by the `meta` of the rules. */
export interface Preset {
  /** One line. */
  description: string
  /** The preset all of whose rules it holds as well, where a rule does not say otherwise. */
  base?: PresetName
}

/** All presets, in the order in which people read of them. */
export const presets: Record<PresetName, Preset> = {
  recommended: {
    description: 'What goes wrong on nodes and is seldom meant: few alarms, all worth acting on',
  },
  strict: {
    description: 'All of `recommended`, `security` and `reliability`, and what careful people want besides',
  },
  security: {
    description:
      'Hardening, after the Pod Security Standards and the rights of the daemon; for use beside `recommended`',
  },
  reliability: {
    description: 'Rollouts, probes, priorities and the end of a node; for use beside `recommended`',
  },
  'log-agents': { description: '`recommended`, and what agents that ship logs need', base: 'recommended' },
  'monitoring-agents': {
    description: '`recommended`, and what agents that measure need',
    base: 'recommended',
  },
  'network-agents': {
    description: '`recommended`, and what CNI agents, proxies and node DNS need',
    base: 'recommended',
  },
  'storage-agents': {
    description: '`recommended`, and what CSI drivers and storage need',
    base: 'recommended',
  },
  'security-agents': {
    description: '`recommended`, and what agents that watch or scan nodes need',
    base: 'recommended',
  },
}
