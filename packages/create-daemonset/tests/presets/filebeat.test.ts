import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

function objects(answers: Record<string, unknown> = {}) {
  const { files } = scaffold({ preset: 'filebeat', ...answers })
  const all = files.flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS()))
  const of = (kind: string) => all.find((one) => one?.kind === kind)
  return { of, config: parse(of('ConfigMap').data['filebeat.yml']) }
}

describe('filebeat', () => {
  it.each(['opensearch', 'loki'])('refuses %s, and names those that can', (sink) => {
    expect(() => objects({ sink })).toThrow(/filebeat cannot write to \w+: .*Take .*fluent-bit/)
  })

  it('names the port, for which Filebeat would take 9200', () => {
    const { config } = objects({ sinkUrl: 'https://logs.example.com/es', sinkCa: false })
    expect(config['output.elasticsearch'].hosts).toEqual(['https://logs.example.com:443/es'])
    expect(config['output.elasticsearch'].ssl.certificate_authorities).toBeUndefined()
  })

  it('puts brackets around an IPv6 address', () => {
    const { config } = objects({ sinkUrl: 'https://[fd00::9]:9200/es' })
    expect(config['output.elasticsearch'].hosts).toEqual(['https://[fd00::9]:9200/es'])
  })

  it.each([{}, { hints: true }])('reads what was rotated or deleted to its end: %j', (answers) => {
    const { config } = objects(answers)
    const reader =
      config['filebeat.inputs']?.[0] ?? config['filebeat.autodiscover'].providers[0].hints.default_config
    expect(reader.close).toEqual({ on_state_change: { removed: false } })
    expect(reader.parsers).toEqual([{ container: { stream: 'all', format: 'cri' } }])
  })

  it.each([
    ['index', 'kubernetes-%{+yyyy.MM.dd}'],
    ['data-stream', 'logs-kubernetes-default'],
  ])('writes an %s under its own name, without a template or a policy of Filebeat', (indexMode, index) => {
    const { config } = objects({ indexMode })
    expect(config['output.elasticsearch'].index).toBe(index)
    expect(config['setup.template.enabled']).toBe(false)
    expect(config['setup.ilm.enabled']).toBe(false)
  })

  it('refers to credentials by variables, and says how an API key is written', () => {
    expect(objects().config['output.elasticsearch'].password).toBe('${SINK_PASSWORD}')
    const { config } = objects({ sinkAuth: 'api-key' })
    expect(config['output.elasticsearch'].api_key).toBe('${SINK_API_KEY}')
    const { files } = scaffold({ preset: 'filebeat', sinkAuth: 'api-key' })
    expect(files[0]!.contents.replace(/\n\s*# /g, ' ')).toContain('its id, a colon and the key')
  })

  it('tells files apart by their beginning, under an id that stays, and leaves its own out', () => {
    const [input] = objects({ name: 'logs', fingerprintLength: 128 }).config['filebeat.inputs']
    expect(input).toMatchObject({
      type: 'filestream',
      id: 'containers',
      file_identity: { fingerprint: null },
      prospector: { scanner: { symlinks: true, fingerprint: { enabled: true, length: 128 } } },
    })
    const [own] = input.prospector.scanner.exclude_files
    const pattern = new RegExp(own.replace('${POD_NAMESPACE}', 'logging'))
    expect(pattern.test('/var/log/containers/logs-x7k2p_logging_filebeat-0a1b.log')).toBe(true)
    expect(pattern.test('/var/log/containers/logs-x7k2p_shop_web-0a1b.log')).toBe(false)
  })

  it('watches pods only, unless their annotations say how they are read', () => {
    const rules = (answers: object) => objects({ ...answers }).of('ClusterRole').rules
    expect(rules({})).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] }])
    expect(rules({ hints: true })[0].resources).toEqual(['pods', 'nodes', 'namespaces'])
  })

  it('heeds annotations for files alone, and has one that keeps its own lines out', () => {
    const { config, of } = objects({ hints: true })
    expect(config['filebeat.inputs']).toBeUndefined()
    const [provider] = config['filebeat.autodiscover'].providers
    expect(provider.hints.input_allow_list).toEqual({ enabled: true, types: ['filestream'] })
    expect(provider.hints.default_config.id).toBe('container-${data.kubernetes.container.id}')
    expect(of('DaemonSet').spec.template.metadata.annotations['co.elastic.logs/enabled']).toBe('false')
  })

  it('lets the question for the cloud out where it is asked', () => {
    const ports = (answers: object) =>
      objects({ networkPolicy: true, ...answers })
        .of('NetworkPolicy')
        .spec.egress.at(-1)
        .ports.map(({ port }: { port: number }) => port)
    expect(ports({})).toEqual([9200])
    expect(ports({ cloudMetadata: true })).toEqual([9200, 80])
  })
})
