import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects of many kinds, read as they are written
type Any = any

function weave(answers: Record<string, unknown> = {}): { text: string; objects: Any[]; pod: Any } {
  const { files } = scaffold({ preset: 'weave-net', output: 'single', acceptArchived: true, ...answers })
  const text = files.map(({ contents }) => contents).join('---\n')
  const objects = parseAllDocuments(text).map((doc) => doc.toJS()) as Any[]
  return { text, objects, pod: objects.find(({ kind }) => kind === 'DaemonSet').spec.template.spec }
}

function env({ env = [] }: Any): Record<string, Any> {
  return Object.fromEntries(env.map((one: Any) => [one.name, one.value ?? one.valueFrom]))
}

describe('weave-net', () => {
  it('is refused unless one insists, and names what to take instead', () => {
    expect(() => scaffold({ preset: 'weave-net' })).toThrow(/Calico, Cilium or Flannel/)
  })

  it('mounts the folders of CNI, not /opt, /home and /etc', () => {
    const { pod } = weave()
    const paths = pod.volumes.map(({ hostPath }: Any) => hostPath.path)
    expect(paths.sort()).toEqual([
      '/etc/cni/net.d',
      '/etc/machine-id',
      '/lib/modules',
      '/opt/cni/bin',
      '/run/xtables.lock',
      '/var/lib/weave',
    ])
    for (const { hostPath } of pod.volumes) expect(hostPath.type).toBeDefined()
  })

  it('passes its answers on', () => {
    const { pod } = weave({ podCidr: '10.64.0.0/14', mtu: 8912, connections: 500 })
    expect(env(pod.containers[0])).toMatchObject({
      IPALLOC_RANGE: '10.64.0.0/14',
      WEAVE_MTU: '8912',
      CONN_LIMIT: '500',
    })
  })

  it('leaves the policy controller out, with its rights, and tells the router so', () => {
    const { pod, objects } = weave({ networkPolicies: false })
    expect(pod.containers).toHaveLength(1)
    expect(env(pod.containers[0]).EXPECT_NPC).toBe('0')
    expect(env(pod.initContainers[0]).EXPECT_NPC).toBe('0')
    const { rules } = objects.find(({ kind }) => kind === 'ClusterRole')
    expect(rules.flatMap(({ resources }: Any) => resources)).toEqual(['nodes', 'nodes/status'])
  })

  it('takes its password from a Secret that holds none', () => {
    expect(weave().text).not.toContain('WEAVE_PASSWORD')
    const { pod, objects } = weave({ encryption: true })
    expect(env(pod.containers[0]).WEAVE_PASSWORD).toEqual({
      secretKeyRef: { name: 'weave-net-password', key: 'password' },
    })
    expect(objects.find(({ kind }) => kind === 'Secret').stringData).toEqual({ password: 'REPLACE_ME' })
  })

  it('may write the list of its peers in kube-system, wherever it lives', () => {
    const { objects } = weave({ namespace: 'weave', name: 'mesh' })
    const role = objects.find(({ kind }) => kind === 'Role')
    expect(role.metadata.namespace).toBe('kube-system')
    expect(role.rules[0].resourceNames).toEqual(['weave-net'])
    const binding = objects.find(({ kind }) => kind === 'RoleBinding')
    expect(binding.metadata.namespace).toBe('kube-system')
    expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'mesh', namespace: 'weave' }])
  })

  it('shows its metrics to the node only, until they are scraped', () => {
    expect(env(weave().pod.containers[0]).WEAVE_METRICS_ADDR).toBe('127.0.0.1:6782')
    expect(env(weave({ monitor: 'service' }).pod.containers[0]).WEAVE_METRICS_ADDR).toBe('0.0.0.0:6782')
  })

  it.each([
    [{ podCidr: '10.32.0.0/28' }, /too small/],
    [{ podCidr: '10.32.0.5/12' }, /beyond its first 12/],
    [{ mtu: 10 }, /too small/],
  ])('refuses %j', (answers, message) => {
    expect(() => weave(answers)).toThrow(message)
  })
})
