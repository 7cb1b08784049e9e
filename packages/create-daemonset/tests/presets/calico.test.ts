import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects of many kinds, read as they are written
type Any = any

function calico(answers: Record<string, unknown> = {}): Any[] {
  const { files } = scaffold({ preset: 'calico', output: 'single', ...answers })
  return files.flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS()))
}

function one(objects: Any[], kind: string, name?: string): Any {
  return objects.find(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  )
}

function agent(objects: Any[]): Any {
  return one(objects, 'DaemonSet').spec.template.spec.containers[0]
}

function env(container: Any): Record<string, string> {
  return Object.fromEntries(container.env.map(({ name, value }: Any) => [name, value]))
}

describe('calico', () => {
  it('defines all 23 kinds first, each with what its names and group come to', () => {
    const objects = calico()
    const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition')
    expect(definitions).toHaveLength(23)
    expect(objects.slice(0, 23)).toEqual(definitions)
    for (const { metadata, spec } of definitions) {
      expect(metadata.name).toBe(`${spec.names.plural}.${spec.group}`)
      expect(spec.versions[0].schema.openAPIV3Schema['x-kubernetes-preserve-unknown-fields']).toBe(true)
    }
    const namespaced = definitions.filter(({ spec }) => spec.scope === 'Namespaced')
    expect(namespaced.map(({ spec }) => spec.names.kind)).toEqual([
      'NetworkPolicy',
      'NetworkSet',
      'StagedKubernetesNetworkPolicy',
      'StagedNetworkPolicy',
    ])
  })

  it('has the accounts and roles by the names that its programs ask for', () => {
    const objects = calico()
    const rules = (name: string) => one(objects, 'ClusterRole', name).rules
    expect(rules('calico-node')).toHaveLength(21)
    expect(rules('calico-cni-plugin')).toHaveLength(4)
    expect(rules('calico-kube-controllers')).toHaveLength(19)
    expect(rules('calico-tier-getter')).toHaveLength(1)
    expect(rules('calico-node')[0].resourceNames).toEqual(['calico-cni-plugin'])
    expect(one(objects, 'ServiceAccount', 'calico-cni-plugin')).toBeDefined()
    expect(one(objects, 'DaemonSet').metadata.name).toBe('calico-node')
    expect(one(objects, 'DaemonSet').spec.template.spec.serviceAccountName).toBe('calico-node')
    expect(one(objects, 'ClusterRoleBinding', 'calico-tier-getter').subjects[0].name).toBe(
      'system:kube-controller-manager',
    )
  })

  it('gives no rights to everything', () => {
    for (const { kind, rules = [] } of calico())
      if (kind === 'ClusterRole') expect(JSON.stringify(rules)).not.toContain('*')
  })

  it('cannot be called otherwise, since its controllers would wait for ever', () => {
    expect(() => calico({ name: 'network' })).toThrow(/has to be called calico-node/)
  })

  it('writes a configuration for the plugin that the installer completes', () => {
    const objects = calico({ mtu: 1450, cniConfDir: '/var/cni/net.d' })
    const { data } = one(objects, 'ConfigMap')
    const [main, portmap] = JSON.parse(data['10-calico.conflist']).plugins
    expect(main).toMatchObject({
      type: 'calico',
      mtu: 1450,
      nodename: '__KUBERNETES_NODE_NAME__',
      kubernetes: { kubeconfig: '__KUBECONFIG_FILEPATH__' },
    })
    expect(portmap.type).toBe('portmap')
    const pod = one(objects, 'DaemonSet').spec.template.spec
    const install = pod.initContainers.find(({ name }: Any) => name === 'install-cni')
    expect(env(install).CNI_NET_DIR).toBe('/var/cni/net.d')
    expect(env(install).CNI_NETWORK_CONFIG_FILE).toBe('/etc/calico-cni/10-calico.conflist')
    expect(pod.volumes.find(({ name }: Any) => name === 'cni-conf').hostPath.path).toBe('/var/cni/net.d')
    expect(env(agent(objects)).FELIX_VXLANMTU).toBe('1450')
  })

  it('asks BIRD only where there is one', () => {
    const ipip = agent(calico())
    expect(env(ipip)).toMatchObject({
      CALICO_NETWORKING_BACKEND: 'bird',
      CALICO_IPV4POOL_IPIP: 'Always',
      CALICO_IPV4POOL_VXLAN: 'Never',
    })
    expect(env(ipip).CALICO_IPV4POOL_CIDR).toBeUndefined()
    expect(ipip.readinessProbe.exec.command).toContain('-bird-ready')
    const vxlan = agent(calico({ encapsulation: 'vxlan', podCidr: '10.244.0.0/16' }))
    expect(env(vxlan)).toMatchObject({
      CALICO_NETWORKING_BACKEND: 'vxlan',
      CALICO_IPV4POOL_IPIP: 'Never',
      CALICO_IPV4POOL_VXLAN: 'Always',
      CALICO_IPV4POOL_CIDR: '10.244.0.0/16',
    })
    expect(vxlan.readinessProbe.exec.command).toEqual(['/bin/calico-node', '-felix-ready'])
    expect(vxlan.livenessProbe.exec.command).toEqual(['/bin/calico-node', '-felix-live'])
  })

  it('leaves out what only an upgrade needs', () => {
    const objects = calico({ upgrade: false })
    const names = one(objects, 'DaemonSet').spec.template.spec.initContainers.map(({ name }: Any) => name)
    expect(names).toEqual(['install-cni', 'ebpf-bootstrap'])
    expect(one(objects, 'ClusterRole', 'calico-node').rules).toHaveLength(19)
  })

  it('takes all images from another registry', () => {
    const pods = calico({ registry: 'registry.example.com' })
      .filter(({ kind }) => kind === 'DaemonSet' || kind === 'Deployment')
      .map(({ spec }) => spec.template.spec)
    for (const { containers, initContainers = [] } of pods)
      for (const { image } of [...containers, ...initContainers])
        expect(image).toMatch(/^registry\.example\.com\//)
  })

  it('opens a port for metrics only where they are scraped', () => {
    expect(agent(calico()).ports).toBeUndefined()
    const measured = agent(calico({ monitor: 'pod-monitor' }))
    expect(env(measured).FELIX_PROMETHEUSMETRICSENABLED).toBe('true')
    expect(measured.ports).toEqual([{ name: 'metrics', containerPort: 9091 }])
  })

  it('keeps its controllers apart from the DaemonSet, and admits them to its own namespace', () => {
    const objects = calico({ namespace: 'calico-system' })
    const deployment = one(objects, 'Deployment')
    const selector = one(objects, 'DaemonSet').spec.selector.matchLabels
    expect(deployment.spec.template.metadata.labels).not.toMatchObject(selector)
    expect(deployment.metadata.namespace).toBe('calico-system')
    const classes = objects
      .filter(({ kind }) => kind === 'ResourceQuota')
      .map(({ spec }) => spec.scopeSelector.matchExpressions[0].values[0])
    expect(classes.sort()).toEqual(['system-cluster-critical', 'system-node-critical'])
  })

  it.each([
    [{ podCidr: '10.244.0.1/16' }, /beyond its first 16/],
    [{ podCidr: '10.244.0.0/28' }, /too small/],
    [{ mtu: 100 }, /too small/],
    [{ nodeAddress: 'eth0' }, /no way to choose an address/],
    [{ cniBinDir: 'opt/cni' }, /no absolute path/],
  ])('refuses %j', (answers, message) => {
    expect(() => calico(answers)).toThrow(message)
  })
})
