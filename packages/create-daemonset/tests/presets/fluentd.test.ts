import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

function objects(answers: Record<string, unknown> = {}) {
  const { files, next } = scaffold({ preset: 'fluentd', ...answers })
  const all = files.flatMap(({ contents }) => parseAllDocuments(contents).map((doc) => doc.toJS()))
  const of = (kind: string) => all.find((one) => one?.kind === kind)
  const container = of('DaemonSet').spec.template.spec.containers[0]
  return { of, container, config: of('ConfigMap').data['fluent.conf'] as string, next, all }
}

describe('fluentd', () => {
  it.each([
    [{}, 'elasticsearch9'],
    [{ elasticsearchMajor: '8' }, 'elasticsearch8'],
    [{ elasticsearchMajor: '7' }, 'elasticsearch7'],
    [{ sink: 'opensearch' }, 'opensearch'],
  ])('takes the image with the client of the server: %j', (answers, variant) => {
    const { container, of } = objects(answers)
    expect(container.image).toBe(
      `docker.io/fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-${variant}-1.1`,
    )
    expect(of('DaemonSet').metadata.labels['app.kubernetes.io/version']).toContain(variant)
  })

  it('refuses an image with the client of another server', () => {
    const image = 'fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-opensearch-1.1'
    expect(() => objects({ image })).toThrow(/--image: .*needs elasticsearch9/)
    expect(objects({ image: 'registry.example.com/fluentd:1.2.3' }).container.image).toContain('1.2.3')
    expect(() => objects({ image: 'fluent/fluentd-kubernetes-daemonset:v1-debian-elasticsearch' })).toThrow(
      /moves/,
    )
  })

  it('refuses Loki, and names those that can', () => {
    expect(() => objects({ sink: 'loki' })).toThrow(/fluentd cannot write to Loki: .*fluent-bit/)
  })

  it('reads credentials from files, which are neither in the configuration nor in the environment', () => {
    const { config, container } = objects()
    expect(config).toContain('password "#{File.read(\'/fluentd/credentials/password\').chomp}"')
    expect(JSON.stringify(container.env)).not.toContain('secretKeyRef')
    expect(container.volumeMounts).toContainEqual({
      name: 'sink-credentials',
      mountPath: '/fluentd/credentials',
      readOnly: true,
    })
    const withKey = objects({ sinkAuth: 'api-key' })
    expect(withKey.config).toContain(".unpack1('m')")
    expect(withKey.config).not.toContain('password')
  })

  it('writes an index a day', () => {
    const { config } = objects({ index: 'shop' })
    expect(config).toMatch(/logstash_format true\n +logstash_prefix shop\n/)
    expect(config).not.toContain('write_operation')
  })

  it('creates what it writes to a data stream, with ids that survive being sent again', () => {
    const { config, next } = objects({ sink: 'opensearch', indexMode: 'data-stream' })
    expect(config).toContain('@type opensearch_genid')
    expect(config).toMatch(
      /index_name logs-kubernetes-default\n +include_timestamp true\n +write_operation create/,
    )
    expect(next.join('\n')).toContain('PUT _index_template/logs-kubernetes-default')
    expect(objects({ indexMode: 'data-stream' }).next.join('\n')).not.toContain('_index_template')
  })

  it('keeps positions and buffers on the node, and its own lines out', () => {
    const { config, container } = objects({ name: 'logs' })
    expect(config).toContain('pos_file /var/lib/fluentd/containers.pos')
    expect(config).toContain('path /var/lib/fluentd/buffer')
    expect(config).toContain("/var/log/containers/logs-*_#{ENV['POD_NAMESPACE']}_fluentd-*.log")
    expect(container.volumeMounts).toContainEqual({ name: 'state', mountPath: '/var/lib/fluentd' })
  })

  it('checks certificates, and speaks TLS only where there is a certificate', () => {
    expect(objects().config).toMatch(
      /ssl_verify true\n +ssl_min_version TLSv1_2\n +ssl_max_version TLSv1_3\n +ca_file/,
    )
    const plain = objects({ sinkUrl: 'http://es.logging.svc:9200', sinkAuth: 'none' })
    expect(plain.config).not.toContain('ssl_')
  })

  it('reads the journal, and takes JSON apart, where that is wanted', () => {
    expect(objects().config).not.toContain('@type systemd')
    expect(objects({ journal: true }).config).toContain('path /var/lib/fluentd/journal.json')
    expect(objects({ parseJson: false }).config).not.toContain('key_name message')
  })

  it('may only get single pods and namespaces', () => {
    expect(objects().of('ClusterRole').rules).toEqual([
      { apiGroups: [''], resources: ['namespaces', 'pods'], verbs: ['get'] },
    ])
  })
})
