import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

interface Some {
  kind: string
  [field: string]: unknown
}

interface MonitorConfig {
  plugin: string
  lookback: string
  conditions: { type: string; reason: string; message: string }[]
  rules: { type: string; condition?: string; reason: string; pattern: string }[]
}

function objectsOf(answers: Record<string, unknown> = {}): Some[] {
  const { files } = scaffold({ preset: 'node-problem-detector', ...answers })
  return files
    .filter(({ path }) => path.endsWith('.yaml'))
    .flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS() as Some))
}

function monitorsOf(answers: Record<string, unknown> = {}): Record<string, MonitorConfig> {
  const { data } = objectsOf(answers).find(({ kind }) => kind === 'ConfigMap') as unknown as {
    data: Record<string, string>
  }
  return Object.fromEntries(Object.entries(data).map(([file, text]) => [file, JSON.parse(text)]))
}

/** The reasons that a line of the kernel's log is reported for. A pattern has to match up to its end. */
function reasonsOf(line: string): string[] {
  return Object.values(monitorsOf())
    .flatMap(({ rules }) => rules)
    .filter(({ pattern }) => new RegExp(`${pattern}$`).test(line))
    .map(({ reason }) => reason)
}

describe('node-problem-detector', () => {
  test.each([
    [
      'Out of memory: Killed process 4242 (java) total-vm:123kB, anon-rss:1kB, oom_score_adj:0',
      ['OOMKilling'],
    ],
    ['Memory cgroup out of memory: Killed process 4243 (java) total-vm:123kB', ['OOMKilling']],
    ['INFO: task jbd2/sda1-8:231 blocked for more than 120 seconds.', ['TaskHung']],
    ['INFO: task containerd-shim:23 blocked for more than 120 seconds.', ['TaskHung', 'SystemTaskHung']],
    ['watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [kworker/3:1:123]', ['SoftLockup']],
    ['rcu: INFO: rcu_sched self-detected stall on CPU', ['CPUStall']],
    ['BUG: kernel NULL pointer dereference, address: 0000000000000008', ['KernelOops']],
    ['general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP', ['KernelOops']],
    ['traps: program[12] general protection fault ip:7f sp:7f error:0 in libc.so', []],
    ['nf_conntrack: nf_conntrack: table full, dropping packet', ['ConntrackTableFull']],
    ['I/O error, dev sda, sector 1234 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 0', ['IOError']],
    ['EXT4-fs (sda1): Remounting filesystem read-only', ['FilesystemIsReadOnly']],
    ['EXT4-fs (sda1): mounted filesystem with ordered data mode', []],
    ['BTRFS info (device sdb: state E): forced readonly', ['FilesystemIsReadOnly']],
    ['XFS (sdc1): Log I/O Error Detected. Shutting down filesystem.', ['XfsShutdown']],
    ['{1}[Hardware Error]: event severity: fatal', ['HardwareError']],
    ['{1}[Hardware Error]: event severity: corrected', ['HardwareErrorRecovered']],
    ['EDAC MC0: 1 CE memory read error on CPU_SrcID#0', ['MemoryErrorCorrected']],
    ['usb 1-1: new high-speed USB device number 2', []],
  ])('reports %s', (line, reasons) => {
    expect(reasonsOf(line)).toEqual(reasons)
  })

  test('holds every alternative of a pattern to the end of the line', () => {
    const patterns = Object.values(monitorsOf()).flatMap(({ rules }) => rules.map(({ pattern }) => pattern))
    const open = patterns.filter((pattern) => pattern.replace(/\((?:[^()]|\([^()]*\))*\)/g, '').includes('|'))
    expect(open).toEqual([])
  })

  test('says how things are with each condition that a rule sets, and with no other', () => {
    for (const { rules, conditions } of Object.values(monitorsOf())) {
      const set = new Set(rules.flatMap(({ condition }) => condition ?? []))
      expect(conditions.map(({ type }) => type).sort()).toEqual([...set].sort())
      for (const { reason, message } of conditions) expect(reason && message).toBeTruthy()
    }
  })

  test('watches what was asked for', () => {
    const monitors = monitorsOf({ readonlyMonitor: false, hardware: false, lookback: 30 })
    expect(Object.keys(monitors)).toEqual(['kernel-monitor.json'])
    expect(monitors['kernel-monitor.json']).toMatchObject({ plugin: 'kmsg', lookback: '30m' })
    expect(monitors['kernel-monitor.json']!.rules.map(({ reason }) => reason)).not.toContain('MachineCheck')
    const text = JSON.stringify(objectsOf({ readonlyMonitor: false, conditions: false }))
    expect(text).toContain('--config.system-log-monitor=/config/kernel-monitor.json"')
    expect(text).toContain('--k8s-exporter-update-node-conditions=false')
  })

  test('takes the role that every cluster has for it', () => {
    const objects = objectsOf()
    expect(objects.find(({ kind }) => kind === 'ClusterRoleBinding')).toMatchObject({
      roleRef: { name: 'system:node-problem-detector' },
    })
    expect(objects.some(({ kind }) => kind === 'ClusterRole')).toBe(false)
  })
})
