import { describe, expect, it } from 'vitest'
import { scaffold } from '../../src/index.ts'
import { scaffolded } from './network-objects.ts'

const dns = (answers: Record<string, unknown> = {}) => scaffolded('node-local-dns', answers)
const corefile = (answers = {}) => dns(answers).file('Corefile')
const podOf = (answers = {}) => dns(answers).pod

describe('node-local-dns', () => {
  it('answers at both addresses with iptables, and finds the cluster’s DNS by a Service', () => {
    expect(corefile()).toMatch('bind 169.254.20.10 10.96.0.10')
    expect(corefile()).toMatch('forward . __PILLAR__CLUSTER__DNS__')
    expect(dns().find('Service')).toMatchObject({
      metadata: { name: 'kube-dns-upstream', namespace: 'kube-system' },
      spec: { selector: { 'k8s-app': 'kube-dns' } },
    })
    // The program reads the address of that Service from its environment.
    expect(podOf().enableServiceLinks).toBe(true)
    expect(podOf().containers[0]!.args).toEqual(
      expect.arrayContaining(['169.254.20.10,10.96.0.10', '-upstreamsvc', 'kube-dns-upstream']),
    )
  })

  it('answers at its own address only with IPVS', () => {
    const answers = { proxyMode: 'ipvs', dnsIp: '10.43.0.10' }
    expect(corefile(answers)).toMatch(/bind 169\.254\.20\.10\n/)
    expect(corefile(answers)).toMatch('forward . 10.43.0.10 {')
    expect(corefile(answers)).not.toMatch('__PILLAR__CLUSTER__DNS__')
    expect(dns(answers).find('Service')).toBe(undefined)
    expect(podOf(answers).enableServiceLinks).toBe(false)
  })

  it('tells its health where pods ask, and only there', () => {
    const answers = { localIp: '169.254.25.10', healthPort: 18080, clusterDomain: 'example.internal' }
    expect(corefile(answers).match(/health .*/g)).toEqual(['health 169.254.25.10:18080'])
    expect(corefile(answers)).toMatch(/^example\.internal:53 \{/m)
    expect(podOf(answers).containers[0]!.livenessProbe!.httpGet).toMatchObject({
      host: '169.254.25.10',
      path: '/health',
    })
  })

  it('claims only ports that it has on all addresses of the node', () => {
    const ports = podOf().containers[0]!.ports!.map(({ containerPort }) => containerPort)
    expect(ports).toEqual([53, 53, 9253, 9353])
    expect(podOf().containers[0]!.livenessProbe!.httpGet!.port).toBe(8080)
  })

  it('reads a file that does not change while it runs, and writes elsewhere', () => {
    const { volumeMounts, args } = podOf().containers[0]!
    expect(volumeMounts).toContainEqual({
      name: 'config',
      mountPath: '/etc/coredns/Corefile.base',
      subPath: 'Corefile',
      readOnly: true,
    })
    expect(args).toContain('/run/node-cache/Corefile')
  })

  it('has no token', () => {
    expect(podOf().automountServiceAccountToken).toBe(false)
  })

  it.each([
    [{ localIp: '169.254.20' }, /no IPv4 address/],
    [{ dnsIp: '169.254.20.10' }, /the address of the cache itself/],
    [{ proxyMode: 'ipvs', dnsLabel: 'app=dns' }, /--dns-label has no effect here/],
    [{ metricsPort: 8080 }, /is taken/],
  ])('refuses %j', (answers, message) => {
    expect(() => scaffold({ preset: 'node-local-dns', ...answers })).toThrow(message)
  })
})
