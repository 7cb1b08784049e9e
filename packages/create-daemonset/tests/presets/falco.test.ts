import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects as they were written
type Any = any

function objects(answers: Record<string, unknown> = {}): Any[] {
  const [file] = scaffold({ preset: 'falco', ...answers }).files
  return parseAllDocuments(file!.contents).map((document) => document.toJS())
}

const find = (all: Any[], kind: string) => all.find((one) => one.kind === kind)
const podOf = (all: Any[]) => find(all, 'DaemonSet').spec.template.spec
const fileOf = (all: Any[], name: string) => parse(find(all, 'ConfigMap').data[name])

describe('falco', () => {
  it('is not privileged unless asked for', () => {
    const [container] = podOf(objects()).containers
    expect(container.securityContext.capabilities).toEqual({
      drop: ['ALL'],
      add: ['BPF', 'PERFMON', 'SYS_PTRACE', 'SYS_RESOURCE'],
    })
    expect(podOf(objects({ driver: 'privileged' })).containers[0].securityContext.privileged).toBe(true)
  })

  it('mounts the socket of the chosen runtime, and no other', () => {
    for (const [runtime, socket] of [
      ['containerd', '/run/containerd/containerd.sock'],
      ['crio', '/run/crio/crio.sock'],
      ['k3s', '/run/k3s/containerd/containerd.sock'],
      ['docker', '/var/run/docker.sock'],
    ]) {
      const all = objects({ runtime })
      const sockets = podOf(all).volumes.filter((one: Any) => one.hostPath?.type === 'Socket')
      expect(sockets.map((one: Any) => one.hostPath.path)).toEqual([socket])
      const { engines } = fileOf(all, 'falco.yaml').plugins[0].init_config
      const enabled = Object.values(engines).filter((one: Any) => one.enabled) as Any[]
      expect(enabled.map((one) => one.sockets)).toEqual([[socket]])
    }
  })

  it('asks no runtime and loads no plugin without names of containers', () => {
    const all = objects({ containers: false })
    expect(podOf(all).volumes.some((one: Any) => one.hostPath?.type === 'Socket')).toBe(false)
    expect(fileOf(all, 'falco.yaml').load_plugins).toEqual([])
    expect(JSON.stringify(fileOf(all, 'rules.yaml'))).not.toMatch(/container\.id|%k8s/)
  })

  it('defines every list and macro that its rules use', () => {
    const items: Any[] = fileOf(objects(), 'rules.yaml')
    const conditions: string[] = items.flatMap(({ condition }) => condition ?? [])
    // What is in no parentheses and compared with nothing.
    const macros = conditions
      .flatMap((condition) => condition.replaceAll(/ in \([^)]*\)/g, ' in').split(/\b(?:and|or|not)\b|[()]/))
      .map((term) => term.trim())
      .filter((term) => /^[a-z_]+$/.test(term))
    expect([...new Set(macros)].sort()).toEqual(items.flatMap(({ macro }) => macro ?? []).sort())
    // Names of programs have no underscore.
    const lists: string[] = items.flatMap(({ list }) => list ?? [])
    const members = conditions
      .flatMap((condition) => [...condition.matchAll(/proc\.\w+ in \(([^)]*)\)/g)])
      .flatMap(([, inner]) => inner!.split(', '))
      .filter((member) => member.includes('_') || lists.includes(member))
    expect([...new Set(members)].sort()).toEqual(lists.sort())
    expect(items.filter((item) => item.rule).length).toBeGreaterThan(8)
  })

  it('loads its module before it starts, with the driver kmod', () => {
    const all = objects({ driver: 'kmod' })
    expect(podOf(all).initContainers.map((one: Any) => one.name)).toEqual(['load-driver'])
    expect(fileOf(all, 'falco.yaml').engine.kind).toBe('kmod')
  })

  it('takes rules from the image or a registry', () => {
    expect(fileOf(objects({ rules: 'image' }), 'falco.yaml').rules_files).toEqual([
      '/etc/falco/falco_rules.yaml',
    ])
    const all = objects({ rules: 'falcoctl' })
    expect(fileOf(all, 'falco.yaml').rules_files).toEqual(['/rules'])
    expect(podOf(all).initContainers[0].args).toContain('ghcr.io/falcosecurity/rules/falco-rules:5.1.0')
    const rulesArtifact = 'registry.example.com/security/shop-rules:1.2.0'
    const others = objects({ rules: 'falcoctl', rulesArtifact })
    expect(podOf(others).initContainers[0].args).toContain(rulesArtifact)
    expect(podOf(others).initContainers[0].args).toContain('--rulesfiles-dir=/rules')
    expect(fileOf(others, 'falco.yaml').rules_files).toEqual(['/rules'])
    expect(() => objects({ rules: 'falcoctl', rulesArtifact: 'falco-rules:5' })).toThrow(/moves/)
    expect(() => objects({ rules: 'image', containers: false })).toThrow(/--containers/)
  })

  it('sends events by HTTP besides, and lets the network policy pass', () => {
    const all = objects({ eventUrl: 'http://sidekick.falco.svc:2801/', networkPolicy: true })
    expect(fileOf(all, 'falco.yaml').http_output.url).toBe('http://sidekick.falco.svc:2801/')
    expect(JSON.stringify(find(all, 'NetworkPolicy').spec.egress)).toContain('2801')
    expect(() => objects({ eventUrl: 'http://me:secret@host/' })).toThrow(/Secret/)
  })

  it('has metrics where they are scraped', () => {
    expect(fileOf(objects(), 'falco.yaml').webserver.prometheus_metrics_enabled).toBe(false)
    const config = fileOf(objects({ monitor: 'pod-monitor' }), 'falco.yaml')
    expect(config.webserver.prometheus_metrics_enabled).toBe(true)
    expect(config.metrics).toMatchObject({ enabled: true, output_rule: false })
  })
})
