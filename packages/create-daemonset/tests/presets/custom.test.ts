import { describe, expect, it } from 'vitest'
import { scaffold } from '../../src/index.ts'
import { scaffolded } from './network-objects.ts'

const image = 'registry.example.com/agent:1.4.2'

const custom = (answers: Record<string, unknown> = {}) => scaffolded('custom', { image, ...answers })
const podOf = (answers = {}) => custom(answers).pod

describe('custom', () => {
  it('gets nothing that nobody asked for', () => {
    const pod = podOf()
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(pod).not.toHaveProperty('hostNetwork')
    expect(pod).not.toHaveProperty('volumes')
    expect(pod.containers[0]!.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(custom().objects[0]!.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    })
  })

  it('mounts paths of the node read-only, unless it is said otherwise', () => {
    const pod = podOf({
      hostPaths: ['/var/log:/host/log', '/run/agent.sock:rw:socket', '/etc/machine-id:ro:file'],
    })
    expect(pod.containers[0]!.volumeMounts).toEqual([
      { name: 'var-log', mountPath: '/host/log', readOnly: true },
      { name: 'run-agent-sock', mountPath: '/run/agent.sock' },
      { name: 'etc-machine-id', mountPath: '/etc/machine-id', readOnly: true },
    ])
    expect(pod.volumes!.map(({ hostPath }) => hostPath)).toEqual([
      { path: '/var/log', type: 'Directory' },
      { path: '/run/agent.sock', type: 'Socket' },
      { path: '/etc/machine-id', type: 'File' },
    ])
  })

  it('gives the folder for its state to its user', () => {
    const pod = podOf({ stateDir: '/var/lib/agent', user: 1000 })
    expect(pod.initContainers![0]!.command).toEqual(['chown', '1000:1000', '/var/lib/agent'])
    expect(podOf({ stateDir: '/var/lib/agent', user: 0 })).not.toHaveProperty('initContainers')
  })

  it('reads rights as they are said', () => {
    const { find } = custom({
      clusterRules: 'get,list pods,nodes,pods/log; watch deployments.apps,events.events.k8s.io',
      namespaceRules: 'update leases.coordination.k8s.io',
    })
    expect(find('ClusterRole')!.rules).toEqual([
      { apiGroups: [''], resources: ['pods', 'nodes', 'pods/log'], verbs: ['get', 'list'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['watch'] },
      { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['watch'] },
    ])
    expect(find('Role')!.rules).toEqual([
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['update'] },
    ])
    expect(podOf({ clusterRules: 'get nodes' }).automountServiceAccountToken).toBe(true)
  })

  it('reads Secrets from files, and writes no value of one', () => {
    expect(custom({ secrets: ['agent/token', 'agent/ca.crt'] }).find('Secret')!.stringData).toEqual({
      token: 'REPLACE_ME',
      'ca.crt': 'REPLACE_ME',
    })
    expect(podOf({ secrets: ['agent/token'] }).containers[0]!.volumeMounts).toEqual([
      { name: 'agent', mountPath: '/etc/secrets/agent', readOnly: true },
    ])
  })

  it('has nothing of Linux on Windows nodes', () => {
    const pod = podOf({ os: 'windows', hostPaths: ['C:\\logs:C:\\agent\\logs:ro'] })
    expect(pod.os).toEqual({ name: 'windows' })
    expect(pod.nodeSelector).toEqual({ 'kubernetes.io/os': 'windows' })
    expect(pod.securityContext).toEqual({ windowsOptions: { runAsUserName: 'ContainerUser' } })
    expect(pod.containers[0]!).not.toHaveProperty('securityContext')
    expect(pod.volumes![0]!.hostPath).toEqual({ path: 'C:\\logs', type: 'Directory' })
    expect(podOf({ os: 'windows', hostProcess: true })).toMatchObject({
      hostNetwork: true,
      securityContext: { windowsOptions: { hostProcess: true } },
    })
  })

  it('leads pods to the daemon of their own node', () => {
    const service = custom({ ports: ['otlp=4317', 'syslog=514/udp'], service: true }).find('Service')!
    expect(service.spec).toMatchObject({
      internalTrafficPolicy: 'Local',
      selector: { 'app.kubernetes.io/name': 'node-agent' },
      ports: [
        { name: 'otlp', port: 4317, protocol: 'TCP', targetPort: 'otlp' },
        { name: 'syslog', port: 514, protocol: 'UDP', targetPort: 'syslog' },
      ],
    })
  })

  it('keeps silent about three rules at most', () => {
    const answers = {
      health: 'none',
      readOnlyRoot: false,
      stateDir: '/var/lib/agent',
      ports: ['a=4317:4317'],
    }
    expect(() => custom(answers)).not.toThrow()
  })

  it.each([
    [{ image: undefined }, /The image is your own/],
    [{ image: 'agent:latest' }, /The tag 'latest' moves/],
    [{ env: ['API_TOKEN=abc'] }, /belongs into a Secret/],
    [{ env: ['1X'] }, /no variable/],
    [{ hostPaths: ['var/log'] }, /no path of the node/],
    [{ hostPaths: ['/a/../b'] }, /no path of the node/],
    [{ hostPaths: ['C:\\logs'] }, /no path of a Linux node/],
    [{ os: 'windows', hostPaths: ['/var/log'] }, /no path of a Windows node/],
    [{ os: 'windows', hostNetwork: true }, /only a HostProcess/],
    [{ os: 'windows', user: 0 }, /--user has no effect here/],
    [{ capabilities: ['CAP_NET_ADMIN'] }, /without CAP_: NET_ADMIN/],
    [{ capabilities: ['ALL'] }, /is everything/],
    [{ capabilities: ['NET_ADMIN'], user: 1000 }, /count for root alone/],
    [{ clusterRules: '* *' }, /asks for everything/],
    [{ clusterRules: 'read pods' }, /'read' is no verb/],
    [{ namespaceRules: 'get' }, /is no rule/],
    [{ ports: ['a=0'] }, /is no port/],
    [{ ports: ['a=8080'] }, /that of its health/],
    [{ ports: ['a=1', 'a=2'] }, /named before/],
    [{ maxSurge: '1', stateDir: '/var/lib/agent' }, /--max-surge/],
    [{ networkPolicy: true, hostNetwork: true }, /no effect on the network of the node/],
    [{ hostNetwork: true, ports: ['a=4317:4317'] }, /the node's anyway/],
    [{ configFile: '/agent.conf' }, /no path of a file below a folder/],
    [{ secrets: ['token'] }, /no key of a Secret/],
  ])('refuses %j', (answers, message) => {
    expect(() => scaffold({ preset: 'custom', image, ...answers })).toThrow(message)
  })
})
