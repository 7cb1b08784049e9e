import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

function objects(answers: Record<string, unknown> = {}) {
  const { files, next } = scaffold({ preset: 'fluent-bit', ...answers })
  const all = files.flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS()))
  const of = (kind: string) => all.find((one) => one?.kind === kind)
  return { of, config: parse(of('ConfigMap').data['fluent-bit.yaml']), next }
}

const output = (answers: object) => objects({ ...answers }).config.pipeline.outputs[0]

describe('fluent-bit', () => {
  it('reads credentials from files, which are not in the environment', () => {
    const { config, of } = objects({ sinkAuth: 'api-key' })
    expect(config.env).toEqual([{ name: 'SINK_API_KEY', uri: 'file:///fluent-bit/etc/credentials/api-key' }])
    expect(config.pipeline.outputs[0].http_api_key).toBe('${SINK_API_KEY}')
    expect(JSON.stringify(of('DaemonSet'))).not.toContain('secretKeyRef')
    expect(objects({ sink: 'stdout' }).config.env).toBeUndefined()
  })

  it('writes an index a day, or a data stream', () => {
    expect(output({})).toMatchObject({ name: 'es', logstash_format: true, logstash_prefix: 'kubernetes' })
    expect(output({ indexMode: 'data-stream' })).toMatchObject({
      index: 'logs-kubernetes-default',
      write_operation: 'create',
    })
    const { next } = objects({ sink: 'opensearch', indexMode: 'data-stream' })
    expect(next.join('\n')).toContain('"data_stream":{}')
  })

  it('keeps an @timestamp of a line apart from its own', () => {
    const [, modify] = objects().config.pipeline.filters
    expect(modify.hard_rename).toBe('@timestamp logged_at')
    expect(objects({ sink: 'loki' }).config.pipeline.filters[1].hard_rename).toBeUndefined()
  })

  it.each([
    ['http://loki-gateway.logging.svc:80', undefined, 80],
    ['https://logs.example.com/team', '/team/loki/api/v1/push', 443],
    ['https://logs.example.com:3100/loki/api/v1/push', '/loki/api/v1/push', 3100],
  ])('pushes to Loki at %s', (sinkUrl, uri, port) => {
    const loki = output({ sink: 'loki', sinkUrl })
    expect(loki.uri).toBe(uri)
    expect(loki.port).toBe(port)
  })

  it.each(['elasticsearch', 'opensearch'])('takes long answers of %s for what they are', (sink) => {
    expect(output({ sink }).buffer_size).toBe('8M')
  })

  it('reads the format of containerd and CRI-O, whose files are mounted', () => {
    expect(objects().config.pipeline.inputs[0]['multiline.parser']).toBe('cri')
  })

  it('may only get single pods', () => {
    expect(objects().of('ClusterRole').rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
    ])
  })

  it('keeps fewer pieces in memory than the limit allows', () => {
    const { config, of } = objects()
    const [{ resources }] = of('DaemonSet').spec.template.spec.containers
    expect(config.service['storage.max_chunks_up'] * 2).toBeLessThan(
      Number.parseInt(resources.limits.memory, 10),
    )
  })
})
