import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

const objectsOf = (answers: object) =>
  parseAllDocuments(scaffold({ preset: 'otel-collector', ...answers }).files[0]!.contents).map((doc) =>
    doc.toJS(),
  )
const find = (answers: object, kind: string, name?: string) =>
  objectsOf(answers).find(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  )
const configOf = (answers: object) => parse(find(answers, 'ConfigMap').data['config.yaml'])
const containerOf = (answers: object) => find(answers, 'DaemonSet').spec.template.spec.containers[0]

describe('otel-collector', () => {
  it.each([
    [{ sink: 'loki' }, 'k8s'],
    [{ sink: 'stdout' }, 'k8s'],
    [{ sink: 'elasticsearch' }, 'contrib'],
    [{ sink: 'opensearch' }, 'contrib'],
    [{ sink: 'loki', hostMetrics: true }, 'contrib'],
    [{ sink: 'loki', hostMetrics: true, metricsSink: 'otlp' }, 'k8s'],
  ])('takes the distribution that has what is needed: %j', (answers, distribution) => {
    expect(containerOf(answers).image).toMatch(new RegExp(`/opentelemetry-collector-${distribution}:`))
  })

  it('refuses an image that lacks the exporter', () => {
    const image = 'mirror.example.com/opentelemetry-collector-k8s:0.159.0'
    expect(() => scaffold({ preset: 'otel-collector', sink: 'elasticsearch', image })).toThrow(
      /has no exporter elasticsearch/,
    )
    expect(containerOf({ sink: 'loki', image }).image).toBe(image)
    expect(containerOf({ sink: 'elasticsearch', registry: 'mirror.example.com' }).image).toBe(
      'mirror.example.com/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:0.159.0',
    )
  })

  it('leaves out its own lines, also those of the pod before', () => {
    const { exclude } = configOf({ sink: 'stdout', name: 'otel' }).receivers.file_log
    expect(exclude).toEqual(['/var/log/pods/${env:POD_NAMESPACE}_otel-*_*/otel-collector/*.log'])
    expect(containerOf({ sink: 'stdout', name: 'otel' }).name).toBe('otel-collector')
  })

  it('reads credentials from files', () => {
    const basic = configOf({ sink: 'elasticsearch' })
    expect(basic.exporters.elasticsearch.auth).toEqual({ authenticator: 'basicauth' })
    expect(basic.extensions.basicauth.client_auth).toEqual({
      username_file: '/etc/otelcol-credentials/username',
      password_file: '/etc/otelcol-credentials/password',
    })
    expect(basic.service.extensions).toContain('basicauth')
    const key = configOf({ sink: 'elasticsearch', sinkAuth: 'api-key' })
    expect(key.extensions.bearertokenauth).toEqual({
      scheme: 'ApiKey',
      filename: '/etc/otelcol-credentials/api-key',
    })
    const { env } = containerOf({ sink: 'elasticsearch' })
    expect(JSON.stringify(env)).not.toContain('secretKeyRef')
  })

  it('writes plain documents into an index a day, and those of OpenTelemetry into a data stream', () => {
    expect(configOf({ sink: 'elasticsearch', index: 'nodes' }).exporters.elasticsearch).toMatchObject({
      logs_index: 'nodes',
      logstash_format: { enabled: true },
      mapping: { allowed_modes: ['none'] },
    })
    const stream = { sink: 'elasticsearch', indexMode: 'data-stream' }
    const config = configOf(stream)
    expect(config.exporters.elasticsearch.mapping).toEqual({ allowed_modes: ['otel'] })
    expect(config.exporters.elasticsearch.logs_index).toBeUndefined()
    expect(config.processors['resource/stream'].attributes).toContainEqual({
      key: 'data_stream.dataset',
      value: 'kubernetes',
      action: 'upsert',
    })
    expect(() => objectsOf({ ...stream, index: 'logs-a-b-c' })).toThrow(/logs-DATASET-NAMESPACE/)
    expect(() => objectsOf({ ...stream, index: 'metrics-a-b' })).toThrow(/logs-DATASET-NAMESPACE/)
  })

  it('sends to Loki by OTLP, with its tenant', () => {
    const { otlp_http } = configOf({
      sink: 'loki',
      sinkUrl: 'https://loki.example.com/',
      tenant: 'a',
    }).exporters
    expect(otlp_http.endpoint).toBe('https://loki.example.com/otlp')
    expect(otlp_http.headers).toEqual({ 'X-Scope-OrgID': 'a' })
  })

  it('offers metrics at one port, its own with them', () => {
    const answers = { sink: 'loki', kubeletMetrics: true, hostMetrics: true }
    const { receivers, service } = configOf(answers)
    expect(service.pipelines.metrics.receivers).toEqual(['host_metrics', 'kubelet_stats', 'prometheus'])
    expect(receivers.prometheus.config.scrape_configs[0].static_configs[0].targets).toEqual([
      '127.0.0.1:8888',
    ])
    expect(containerOf(answers).ports[0]).toEqual({ name: 'metrics', containerPort: 8889 })
    expect(containerOf({ sink: 'loki' }).ports[0]).toEqual({ name: 'metrics', containerPort: 8888 })
    expect(find(answers, 'ClusterRole').rules).toContainEqual({
      apiGroups: [''],
      resources: ['nodes/stats'],
      verbs: ['get'],
    })
  })

  it('takes traces only where there is a place for them', () => {
    expect(configOf({ sink: 'loki', otlp: true }).service.pipelines.traces).toBeUndefined()
    const { service, exporters } = configOf({ sink: 'loki', otlp: true, metricsSink: 'otlp' })
    expect(service.pipelines.traces.exporters).toEqual(['otlp_http/metrics'])
    expect(exporters['otlp_http/metrics'].endpoint).toBe('http://otel-gateway.monitoring.svc:4318')
  })

  it('is reached by the pods of its node alone', () => {
    const answers = { sink: 'loki', name: 'otel', otlp: true, networkPolicy: true }
    expect(find(answers, 'Service', 'otel-otlp').spec).toMatchObject({
      internalTrafficPolicy: 'Local',
      selector: { 'app.kubernetes.io/instance': 'otel' },
    })
    expect(find(answers, 'NetworkPolicy', 'otel').spec.ingress[0].ports).toHaveLength(2)
    expect(find({ sink: 'loki' }, 'Service')).toBeUndefined()
  })
})
