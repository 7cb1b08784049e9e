import { describe, expect, it } from 'vitest'
import { scaffold } from '../../src/index.ts'
import { scaffolded } from './network-objects.ts'

function netConf(answers: Record<string, unknown> = {}): unknown {
  return JSON.parse(scaffolded('flannel', answers).file('net-conf.json'))
}

describe('flannel', () => {
  it('writes the answers into net-conf.json', () => {
    expect(netConf()).toEqual({
      Network: '10.244.0.0/16',
      EnableNFTables: false,
      Backend: { Type: 'vxlan' },
    })
    expect(netConf({ podCidr: '10.10.0.0/16', backend: 'wireguard', mtu: 1380, nftables: true })).toEqual({
      Network: '10.10.0.0/16',
      EnableNFTables: true,
      Backend: { Type: 'wireguard', MTU: 1380 },
    })
    expect(netConf({ backend: 'ipip', directRouting: true })).toMatchObject({
      Backend: { Type: 'ipip', DirectRouting: true },
    })
  })

  it('keeps its health to the loopback interface, and asks only of nodes', () => {
    const { pod, find } = scaffolded('flannel', { healthPort: 18081, iface: 'eth1' })
    const container = pod.containers[0]!
    expect(container.args).toEqual([
      '--ip-masq',
      '--kube-subnet-mgr',
      '--healthz-ip=127.0.0.1',
      '--healthz-port=18081',
      '--iface=eth1',
    ])
    expect(container.livenessProbe!.httpGet!.host).toBe('127.0.0.1')
    expect(find('ClusterRole')!.rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
    ])
  })

  it('installs its files also where the folder is not of root', () => {
    for (const { securityContext } of scaffolded('flannel').pod.initContainers!)
      expect(securityContext!.capabilities).toEqual({ drop: ['ALL'], add: ['DAC_OVERRIDE'] })
  })

  it.each([
    [{ podCidr: '10.244.0.1/16' }, /bits beyond its first 16/],
    [{ podCidr: '10.244.0.0/29' }, /too small/],
    [{ backend: 'host-gw', mtu: 1400 }, /--mtu has no effect here/],
    [{ iface: 'eth 1' }, /no interface/],
    [{ os: 'windows' }, /made for linux nodes/],
  ])('refuses %j', (answers, message) => {
    expect(() => scaffold({ preset: 'flannel', ...answers })).toThrow(message)
  })
})
