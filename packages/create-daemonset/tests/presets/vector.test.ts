import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

const objectsOf = (answers: object) =>
  parseAllDocuments(scaffold({ preset: 'vector', ...answers }).files[0]!.contents).map((doc) => doc.toJS())
const find = (answers: object, kind: string) => objectsOf(answers).find((object) => object.kind === kind)
const textOf = (answers: object): string => find(answers, 'ConfigMap').data['vector.yaml']
const configOf = (answers: object) => parse(textOf(answers))

describe('vector', () => {
  it('takes credentials from files, as blocks in which any character may stand', () => {
    const answers = { sink: 'elasticsearch' }
    const text = textOf(answers)
    expect(text).toContain('password: |-\n        SECRET[sink.password]\n')
    const config = parse(text.replace('SECRET[sink.password]', `it's "a: b" # c`))
    expect(config.sinks.logs.auth.password).toBe(`it's "a: b" # c`)
    expect(config.secret.sink).toMatchObject({ type: 'directory', path: '/etc/vector-secrets' })
    const [container] = find(answers, 'DaemonSet').spec.template.spec.containers
    expect(container.env.map(({ name }: { name: string }) => name)).toEqual(['VECTOR_SELF_NODE_NAME'])
    expect(container.volumeMounts).toContainEqual({
      name: 'sink-credentials',
      mountPath: '/etc/vector-secrets',
      readOnly: true,
    })
  })

  it('sends an API key as a header', () => {
    const { logs } = configOf({ sink: 'elasticsearch', sinkAuth: 'api-key' }).sinks
    expect(logs.request.headers).toEqual({ Authorization: 'ApiKey SECRET[sink.api-key]' })
    expect(logs.auth).toBeUndefined()
  })

  it('needs no secrets without credentials', () => {
    const answers = { sink: 'elasticsearch', sinkUrl: 'http://es.logging.svc:9200', sinkAuth: 'none' }
    expect(configOf(answers).secret).toBeUndefined()
    expect(find(answers, 'Secret')).toBeUndefined()
  })

  it('writes an index a day or a data stream', () => {
    expect(configOf({ sink: 'opensearch', index: 'nodes' }).sinks.logs).toMatchObject({
      type: 'elasticsearch',
      api_version: 'v7',
      mode: 'bulk',
      bulk: { action: 'create', index: 'nodes-%Y.%m.%d' },
    })
    const stream = { sink: 'elasticsearch', indexMode: 'data-stream', index: 'logs-nodes-prod-eu' }
    expect(configOf(stream).sinks.logs).toMatchObject({
      api_version: 'v8',
      mode: 'data_stream',
      data_stream: { type: 'logs', dataset: 'nodes', namespace: 'prod-eu', auto_routing: false },
    })
  })

  it.each(['elasticsearch', 'opensearch'])('sends again what %s turned away', (sink) => {
    expect(configOf({ sink }).sinks.logs.request_retry_partial).toBe(true)
  })

  it('begins each label for Loki with a literal, unless the check of templates is turned off', () => {
    const { logs } = configOf({ sink: 'loki', tenant: 'a' }).sinks
    expect(logs.tenant_id).toBe('a')
    expect(logs.labels.namespace).toBe('k8s/{{ kubernetes.pod_namespace }}')
    for (const label of Object.values(logs.labels)) expect(label).not.toMatch(/^\{\{/)
    const plain = configOf({ sink: 'loki', plainLabels: true }).sinks.logs
    expect(plain.labels.namespace).toBe('{{ kubernetes.pod_namespace }}')
    expect(plain.dangerously_allow_unconfined_template_resolution).toBe(true)
  })

  it('shows its events to nobody outside the pod', () => {
    expect(configOf({ sink: 'stdout' }).api.address).toBe('127.0.0.1:8686')
  })

  it('asks for namespaces only where their labels are wanted', () => {
    expect(find({ sink: 'stdout' }, 'ClusterRole').rules[0].resources).toEqual(['pods', 'nodes'])
    const more = { sink: 'stdout', namespaceLabels: true }
    expect(find(more, 'ClusterRole').rules[0].resources).toContain('namespaces')
    expect(configOf(more).transforms.shaped.source).toContain('.kubernetes.namespace_labels')
  })

  it('offers metrics of the node at its own port, without a mount more', () => {
    const answers = { sink: 'stdout', hostMetrics: true }
    expect(configOf(answers).sinks.metrics.inputs).toEqual(['itself', 'node'])
    const volumes = (given: object) =>
      find(given, 'DaemonSet').spec.template.spec.volumes.map(({ name }: { name: string }) => name)
    expect(volumes(answers)).toEqual(volumes({ sink: 'stdout' }))
  })
})
