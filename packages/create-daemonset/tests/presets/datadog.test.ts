import type { DaemonSet } from 'kubernetes-types/apps/v1.js'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

interface Some {
  kind: string
  [field: string]: unknown
}

function objectsOf(answers: Record<string, unknown> = {}): Some[] {
  const { files } = scaffold({ preset: 'datadog', ...answers })
  return files
    .filter(({ path }) => path.endsWith('.yaml'))
    .flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS() as Some))
}

function podOf(answers: Record<string, unknown> = {}) {
  const daemonSet = objectsOf(answers).find(({ kind }) => kind === 'DaemonSet') as unknown as DaemonSet
  return daemonSet.spec!.template.spec!
}

function envOf(answers: Record<string, unknown> = {}, container = 'agent') {
  const { env } = podOf(answers).containers.find(({ name }) => name === container)!
  return Object.fromEntries(env!.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]))
}

describe('datadog', () => {
  test('takes the API key from a Secret, which holds none', () => {
    const answers = { apiKeySecret: 'my-key', site: 'datadoghq.eu' }
    for (const container of ['agent', 'trace-agent']) {
      expect(envOf(answers, container)).toMatchObject({
        DD_API_KEY: { secretKeyRef: { name: 'my-key', key: 'api-key' } },
        DD_SITE: 'datadoghq.eu',
      })
    }
    expect(objectsOf(answers).find(({ kind }) => kind === 'Secret')).toMatchObject({
      metadata: { name: 'my-key' },
      stringData: { 'api-key': 'REPLACE_ME' },
    })
    expect(() => objectsOf({ site: 'datadog.example.com' })).toThrow(/datadoghq\.com/)
  })

  test('gives the key to no container that does not send', () => {
    for (const { env = [] } of podOf({ clusterAgent: true }).initContainers!)
      expect(JSON.stringify(env)).not.toContain('secretKeyRef')
  })

  test('has the trace agent where there are traces', () => {
    expect(podOf().containers.map(({ name }) => name)).toEqual(['agent', 'trace-agent'])
    expect(podOf({ apm: false }).containers.map(({ name }) => name)).toEqual(['agent'])
    expect(envOf({ apm: false }).DD_APM_ENABLED).toBe('false')
  })

  test('takes metrics by a socket on the node, not by a port', () => {
    expect(envOf()).toMatchObject({
      DD_USE_DOGSTATSD: 'true',
      DD_DOGSTATSD_PORT: '0',
      DD_DOGSTATSD_SOCKET: '/var/run/datadog/dsd.socket',
    })
    expect(JSON.stringify(podOf())).not.toContain('hostPort')
    expect(podOf().hostPID).toBeUndefined()
    expect(podOf({ originDetection: true }).hostPID).toBe(true)
    const none = podOf({ apm: false, dogstatsd: false })
    expect(none.volumes!.map(({ name }) => name)).not.toContain('sockets')
  })

  test('reads logs, and keeps how far on the node', () => {
    const { volumes } = podOf({ logs: true })
    expect(volumes).toContainEqual({
      name: 'state',
      hostPath: { path: '/var/lib/datadog-agent/logs', type: 'DirectoryOrCreate' },
    })
    expect(volumes!.map(({ name }) => name)).toEqual(expect.arrayContaining(['pod-logs', 'container-logs']))
    expect(envOf({ logs: true, allLogs: false }).DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL).toBe('false')
    expect(podOf().volumes!.map(({ name }) => name)).not.toContain('pod-logs')
  })

  test('asks the kubelet only where there is a Cluster Agent, and the API server elsewhere', () => {
    const rulesOf = (answers: Record<string, unknown>) =>
      JSON.stringify(
        objectsOf(answers)
          .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
          .map(({ rules }) => rules),
      )
    const few = rulesOf({ clusterAgent: true })
    expect(few).toContain('nodes/pods')
    expect(few).not.toMatch(/nodes\/proxy|endpointslices|events|leases/)
    expect(rulesOf({})).toMatch(/endpointslices.*events.*leases/)
    expect(rulesOf({ events: false })).not.toMatch(/events|leases|configmaps/)
    for (const rules of [few, rulesOf({})]) expect(rules).not.toMatch(/secrets|nodes\/proxy|\*/)
  })

  test('finds the Cluster Agent in its own namespace, whatever that is', () => {
    const env = envOf({ clusterAgent: true, clusterAgentService: 'dca' })
    expect(env).toMatchObject({
      DD_CLUSTER_AGENT_ENABLED: 'true',
      DD_CLUSTER_AGENT_URL: 'https://dca.$(POD_NAMESPACE).svc:5005',
      DD_CLUSTER_AGENT_AUTH_TOKEN: { secretKeyRef: { name: 'datadog-cluster-agent', key: 'token' } },
    })
    const names = Object.keys(env)
    expect(names.indexOf('POD_NAMESPACE')).toBeLessThan(names.indexOf('DD_CLUSTER_AGENT_URL'))
    // Its token comes with the Cluster Agent: a placeholder would overwrite it.
    expect(objectsOf({ clusterAgent: true }).filter(({ kind }) => kind === 'Secret')).toHaveLength(1)
    expect(() => objectsOf({ clusterAgent: true, apiKeySecret: 'datadog-cluster-agent' })).toThrow(
      /cannot both be in the Secret/,
    )
  })

  test("mounts the folder of the runtime's socket, and no more", () => {
    const socket = '/run/k3s/containerd/containerd.sock'
    expect(envOf({ runtimeSocket: socket }).DD_CRI_SOCKET_PATH).toBe(`/host${socket}`)
    expect(podOf({ runtimeSocket: socket }).volumes).toContainEqual({
      name: 'runtime',
      hostPath: { path: '/run/k3s/containerd', type: 'Directory' },
    })
    expect(() => podOf({ runtimeSocket: '/run/containerd.sock' })).toThrow(/in a folder with much else/)
  })

  test('may reach what its checks ask', () => {
    const policy = objectsOf({ networkPolicy: true }).find(({ kind }) => kind === 'NetworkPolicy')
    const { egress } = policy!.spec as { egress: { ports: object[] }[] }
    expect(egress.at(-1)!.ports).toEqual([
      { port: 443, protocol: 'TCP' },
      { port: 10250, protocol: 'TCP' },
      { port: 80, protocol: 'TCP' },
      { port: 123, protocol: 'UDP' },
    ])
  })

  test('refuses names of clusters that Datadog would', () => {
    expect(envOf({ clusterName: 'prod.eu-1' }).DD_CLUSTER_NAME).toBe('prod.eu-1')
    expect(() => envOf({ clusterName: 'Prod' })).toThrow(/no name of a cluster/)
  })
})
