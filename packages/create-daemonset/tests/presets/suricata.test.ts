import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects as they were written
type Any = any

function objects(answers: Record<string, unknown> = {}): Any[] {
  const [file] = scaffold({ preset: 'suricata', ...answers }).files
  return parseAllDocuments(file!.contents).map((document) => document.toJS())
}

const find = (all: Any[], kind: string) => all.find((one) => one.kind === kind)
const podOf = (all: Any[]) => find(all, 'DaemonSet').spec.template.spec
const dataOf = (all: Any[]) => find(all, 'ConfigMap').data

describe('suricata', () => {
  it('finds the interface that leads out, or takes the one named', () => {
    expect(dataOf(objects())['run.sh']).toContain('ip -o route show default')
    expect(dataOf(objects({ interface: 'ens5' }))['run.sh']).toContain('interface=ens5')
    expect(() => objects({ interface: 'eth0; reboot' })).toThrow(/is no interface/)
  })

  it('begins its configuration as Suricata wants it, with the own addresses', () => {
    const text: string = dataOf(objects({ homeNet: ['10.244.0.0/16'] }))['suricata.yaml']
    expect(text.startsWith('%YAML 1.1\n---\n')).toBe(true)
    const config = parse(text)
    expect(config.vars['address-groups'].HOME_NET).toBe('[10.244.0.0/16]')
    expect(() => objects({ homeNet: ['10.0.0.1/8'] })).toThrow(/10\.0\.0\.1\/8/)
  })

  it('gives each of its own rules another number', () => {
    const rules: string = dataOf(objects())['local.rules']
    const numbers = [...rules.matchAll(/sid:(\d+);/g)].map(([, sid]) => sid)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers).toHaveLength(rules.split('\n').filter((line) => line.startsWith('alert')).length)
  })

  it('rotates its file, or writes none', () => {
    const upkeep = dataOf(objects({ rotateSize: 42 }))['upkeep.sh']
    expect(upkeep).toContain('42 * 1024 * 1024')
    expect(upkeep).toContain('reopen-log-files')
    const stdout = objects({ eve: 'stdout' })
    expect(podOf(stdout).containers).toHaveLength(1)
    expect(podOf(stdout).volumes.some((one: Any) => one.hostPath)).toBe(false)
  })

  it('downloads rules at start and each day, and keeps those from before', () => {
    const all = objects({ rules: 'update' })
    expect(podOf(all).initContainers.map((one: Any) => one.name)).toEqual(['fetch-rules'])
    expect(dataOf(all)['upkeep.sh']).toContain('ruleset-reload-nonblocking')
    expect(dataOf(all)['fetch-rules.sh']).toContain('those from before are kept')
    expect(parse(dataOf(all)['suricata.yaml'])['rule-files']).toEqual(['suricata.rules'])
  })

  it('has its socket where the image has a volume, to the letter', () => {
    const socket = '/var/run/suricata/command.socket'
    const all = objects({ rules: 'update' })
    expect(parse(dataOf(all)['suricata.yaml'])['unix-command'].filename).toBe(socket)
    expect(dataOf(all)['upkeep.sh']).toContain(`ruleset-reload-nonblocking ${socket}`)
    expect(dataOf(all)['upkeep.sh']).toContain(`reopen-log-files ${socket}`)
    const [suricata, upkeep] = podOf(all).containers
    for (const { volumeMounts } of [suricata, upkeep])
      expect(volumeMounts).toContainEqual({ name: 'run', mountPath: '/var/run/suricata' })
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'])
      expect(suricata[probe].exec.command.at(-1)).toBe(socket)
  })

  it('changes the interface of the node only if it may', () => {
    const added = (answers = {}) => podOf(objects(answers)).containers[0].securityContext.capabilities.add
    expect(added()).toEqual(['NET_ADMIN', 'NET_RAW'])
    expect(added({ offloading: false })).toEqual(['NET_RAW'])
  })
})
