import { describe, expect, it } from 'vitest'
import { scaffold } from '../../src/index.ts'
import { scaffolded } from './network-objects.ts'

function configOf(answers: Record<string, unknown> = {}): Record<string, unknown> {
  return JSON.parse(scaffolded('multus', answers).file('daemon-config.json'))
}

describe('multus', () => {
  it('names files of the node as the daemon sees them', () => {
    expect(configOf()).not.toHaveProperty('readinessindicatorfile')
    expect(configOf({ readinessFile: '/etc/cni/net.d/10-flannel.conflist' })).toMatchObject({
      readinessindicatorfile: '/host/etc/cni/net.d/10-flannel.conflist',
    })
    expect(configOf({ readinessFile: '/run/flannel/subnet.env' })).toMatchObject({
      readinessindicatorfile: '/hostroot/run/flannel/subnet.env',
    })
    expect(
      configOf({ cniConfDir: '/var/lib/cni.d/', readinessFile: '/var/lib/cni.d/10-a.conflist' }),
    ).toMatchObject({ readinessindicatorfile: '/host/etc/cni/net.d/10-a.conflist' })
  })

  it('has its socket in a folder that it can make anew: in none that is mounted', () => {
    const { pod } = scaffolded('multus')
    const mounted = pod.containers[0]!.volumeMounts!.map(({ mountPath }) => mountPath)
    const socketDir = String(configOf().socketDir).replace(/\/$/, '')
    expect(mounted).not.toContain(socketDir)
    expect(mounted.some((path) => socketDir.startsWith(`${path}/`))).toBe(true)
  })

  it('sees the plugins at the path that they have on the node', () => {
    const cniBinDir = '/var/lib/rancher/k3s/data/cni'
    const { pod } = scaffolded('multus', { cniBinDir })
    expect(configOf({ cniBinDir }).binDir).toBe(cniBinDir)
    expect(pod.initContainers![0]!.args).toEqual(['-d', cniBinDir, '-t', 'thick'])
    expect(pod.containers[0]!.volumeMounts).toContainEqual({
      name: 'cni-bin',
      mountPath: cniBinDir,
      readOnly: true,
    })
  })

  it("finds the kubelet's socket, wherever its folder is, at the one place that it looks at", () => {
    const { pod } = scaffolded('multus', { kubeletDir: '/var/lib/k0s/kubelet' })
    const { hostPath } = pod.volumes!.find(({ name }) => name === 'pod-resources')!
    expect(hostPath!.path).toBe('/var/lib/k0s/kubelet/pod-resources')
    expect(pod.containers[0]!.volumeMounts).toContainEqual({
      name: 'pod-resources',
      mountPath: '/var/lib/kubelet/pod-resources',
      readOnly: true,
    })
  })

  it('installs its plugin also where the folder is not of root, and on nodes with SELinux', () => {
    expect(scaffolded('multus').pod.initContainers![0]!.securityContext).toMatchObject({
      capabilities: { drop: ['ALL'], add: ['DAC_OVERRIDE'] },
      seLinuxOptions: { type: 'spc_t' },
    })
  })

  it('asks for no wildcard, and for claims of devices only where they are used', () => {
    const rules = (answers = {}) => scaffolded('multus', answers).find('ClusterRole')!.rules
    expect(JSON.stringify(rules())).not.toMatch(/\*|resource\.k8s\.io/)
    expect(JSON.stringify(rules({ resourceClaims: true }))).toMatch(/resourceclaims/)
  })

  it('comes with the definition first', () => {
    expect(scaffolded('multus').objects[0]).toMatchObject({
      kind: 'CustomResourceDefinition',
      metadata: { name: 'network-attachment-definitions.k8s.cni.cncf.io' },
    })
  })

  it('refuses a name that is no configuration file', () => {
    expect(() => scaffold({ preset: 'multus', primary: '/etc/x.conf' })).toThrow(
      /no configuration file's name/,
    )
  })
})
