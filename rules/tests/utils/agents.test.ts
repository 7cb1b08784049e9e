import { type ContainerNode, parse } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { agentsFor } from '../../src/utils/agents.ts'
import { knownAgents } from '../../src/utils/known-agents.ts'
import { daemonSet } from '../manifests.ts'

const { agentOf, kindsOf, knowsAgent, knowsKinds, mayBeOfKind } = agentsFor({})

it('has every repository once, without a tag', () => {
  const all = knownAgents.flatMap(({ repositories }) => repositories)
  expect(new Set(all).size).toBe(all.length)
  for (const repository of all) expect(repository).toMatch(/^[a-z0-9._-]+(\/[a-z0-9._-]+)*$/)
})

it('calls no agent an observer and something more but on purpose', () => {
  const mixed = knownAgents.filter(
    ({ kinds }) => kinds.includes('metrics') && kinds.some((kind) => kind !== 'metrics' && kind !== 'logs'),
  )
  expect(mixed.map(({ name }) => name)).toEqual(['DCGM exporter', 'OpenTelemetry eBPF agent'])
})

it.each([
  ['nvcr.io/nvidia/k8s-device-plugin:v0.20.0', 'NVIDIA device plugin', undefined],
  ['docker.io/rocm/k8s-device-plugin:1.31', 'AMD device plugin', undefined],
  ['fluent/fluentd:v1', 'fluentd', undefined],
  ['public.ecr.aws/aquasecurity/trivy:0.72.0', 'Trivy', undefined],
  ['ghcr.io/aquasecurity/trivy-operator:0.30.0', undefined, undefined],
  ['quay.io/ceph/ceph:v20.2.4', 'Ceph', undefined],
  ['rook/ceph:v1.20.0', undefined, undefined],
  ['registry.example.com/gluster-centos:10.2.0', 'GlusterFS', false],
  ['fluent/fluentd-kubernetes-daemonset:v1', 'fluentd', true],
  ['quay.io/prometheus/node-exporter:v1', 'node-exporter', false],
  ['registry.k8s.io/sig-storage/livenessprobe:v2.19.0', 'livenessprobe', false],
  ['gcr.io/gke-release/nvidia-partition-gpu@sha256:0', 'NVIDIA GPU partitioner', false],
  ['newrelic/nrsysmond', 'New Relic infrastructure agent', undefined],
  ['newrelic/infrastructure-bundle:3.2', 'New Relic infrastructure agent', undefined],
  ['example.com/livenessprobe:1', undefined, undefined],
  ['contivvpp/ksr-arm64:v2', 'Contiv-VPP', undefined],
  ['contivvpp/crd:v2', 'Contiv-VPP', undefined],
  ['registry.k8s.io/kube-proxy-amd64:v1', 'kube-proxy', true],
  ['example.com/amd64:1', undefined, undefined],
])('%s is %s, and asks the API server: %s', (image, name, asks) => {
  const [template] = parse(daemonSet({ container: `image: ${image}` })).children[0]!.children
  const agent = agentOf(template!.children[0] as ContainerNode)
  expect([agent?.name, agent?.asksApiServer]).toEqual([name, asks])
})

it.each([
  ['example.com/agent:1', true],
  ['${REGISTRY}/fluent/fluent-bit:1', true],
  ['${REGISTRY}/my-agent:1', true],
  // grafana/agent, perhaps
  ['${REGISTRY}/agent:1', false],
  ['${REGISTRY}/agent-arm64:1', false],
  ['${IMAGE}', false],
])('whether %s is a known agent is clear: %s', (image, expected) => {
  const [template] = parse(daemonSet({ container: `image: ${image}` })).children[0]!.children
  expect(knowsAgent(template!.children[0] as ContainerNode)).toBe(expected)
})

it.each([
  ['mountPath: /host', ['network'], true],
  ['mountPath: /host, readOnly: false', ['network'], true],
  // Scanners look at it.
  ['mountPath: /host, readOnly: true', [], true],
  ['mountPath: /host, readOnly: "${READ_ONLY}"', [], false],
])('of a folder of CNI with %s kinds are %j, clear: %s', (mount, kinds, known) => {
  const [template] = parse(
    daemonSet({
      spec: 'volumes: [{ name: host, hostPath: { path: /opt/cni/bin } }]',
      container: `image: example.com/agent:1\nvolumeMounts: [{ name: host, ${mount} }]`,
    }),
  ).children[0]!.children
  expect([...kindsOf(template!)]).toEqual(kinds)
  expect(knowsKinds(template!)).toBe(known)
})

describe('a pod may be a network agent', () => {
  const mount = (path: string, more = '') => ({
    spec: `volumes: [{ name: host, hostPath: { path: "${path}" } }]`,
    container: `image: example.com/agent:1\nvolumeMounts: [{ name: host, mountPath: /host${more} }]`,
  })
  it.each([
    ['by its image', { container: 'image: cilium/cilium:v1' }, true],
    ['by a mount', mount('/etc/cni/net.d'), true],
    ['by one that it only looks at', mount('/etc/cni/net.d', ', readOnly: true'), true],
    ['with an unknown image', { container: 'image: ${IMAGE}' }, true],
    ['with an unknown host path', mount('${DIR}'), true],
    ['with an unknown part of one', mount('/opt', ', subPathExpr: $(DIR)'), true],
    ['with unknown volumes', { spec: 'volumes: ${VOLUMES}' }, true],
    ['with unknown mounts', { container: 'image: agent:1\nvolumeMounts: ${MOUNTS}' }, true],
    ['but not otherwise', mount('/var/log'), false],
    ['nor with only a tag unknown', { container: 'image: example.com/agent:${TAG}' }, false],
  ])('%s', (_, parts, expected) => {
    const [template] = parse(daemonSet(parts)).children[0]!.children
    expect(mayBeOfKind(template!, ['network', 'dns'])).toBe(expected)
    expect(mayBeOfKind(template!, [])).toBe(false)
  })

  it('in a patch that states no image', () => {
    const patch = (image: string) =>
      `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ name: a${image} }] } } }`
    const may = (text: string) =>
      mayBeOfKind(parse(text, { context: { role: 'patch' } }).children[0]!.children[0]!, ['network'])
    expect(may(patch(''))).toBe(true)
    expect(may(patch(', image: "example.com/agent:1"'))).toBe(false)
  })
})

describe('agents of the settings', () => {
  const house = {
    name: 'House agent',
    kinds: ['network'],
    images: ['registry.example.com:5000/team/Agent:1.2'],
  }
  const templateOf = (image: string) =>
    parse(daemonSet({ container: `image: ${image}` })).children[0]!.children[0]!

  it('are known by their image, whatever its tag', () => {
    const agents = agentsFor({ agents: [house] })
    const template = templateOf('registry.example.com:5000/team/agent:2')
    expect(agents.kindsOf(template)).toEqual(new Set(['network']))
    expect(agents.agentOfKind(template, 'network')?.name).toBe('House agent')
    expect(agentsFor({}).kindsOf(template)).toEqual(new Set())
    expect(agents.kindsOf(templateOf('fluent/fluent-bit:3'))).toEqual(new Set(['logs']))
  })

  it('take the place of known ones', () => {
    const agents = agentsFor({ agents: [{ ...house, images: ['fluent/fluent-bit'] }] })
    expect(agents.kindsOf(templateOf('docker.io/fluent/fluent-bit:3'))).toEqual(new Set(['network']))
  })

  it('are made once for each list of them', () => {
    const agents = [house]
    expect(agentsFor({ agents })).toBe(agentsFor({ agents }))
  })
})
