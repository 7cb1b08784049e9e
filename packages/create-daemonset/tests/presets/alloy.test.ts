import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

const objectsOf = (answers: object) =>
  parseAllDocuments(scaffold({ preset: 'alloy', ...answers }).files[0]!.contents).map((doc) => doc.toJS())
const find = (answers: object, kind: string) => objectsOf(answers).find((object) => object.kind === kind)
const configOf = (answers: object): string => find(answers, 'ConfigMap').data['config.alloy']
const podOf = (answers: object) => find(answers, 'DaemonSet').spec.template.spec

describe('alloy', () => {
  it.each(['elasticsearch', 'opensearch'])('refuses %s with the reason and others that can', (sink) => {
    expect(() => scaffold({ preset: 'alloy', sink })).toThrow(
      /alloy cannot write to .* OTLP .*otel-collector/,
    )
  })

  it('reads the files of its own node alone, and not its own', () => {
    const config = configOf({})
    expect(config).toContain('field = "spec.nodeName=" + sys.env("NODE_NAME")')
    expect(config).toContain('regex         = constants.hostname')
    expect(config).toContain('replacement   = "/var/log/pods/$1/*.log"')
    expect(podOf({}).volumes).toContainEqual({
      name: 'state',
      hostPath: { path: '/var/lib/alloy', type: 'DirectoryOrCreate' },
    })
    expect(find({}, 'ClusterRole').rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
    ])
  })

  it('needs neither root nor the node where it reads through the API server', () => {
    const answers = { readFrom: 'api' }
    const { containers, volumes } = podOf(answers)
    expect(containers[0].securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 473 })
    expect(JSON.stringify(volumes)).not.toContain('hostPath')
    expect(find(answers, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe(
      'restricted',
    )
    expect(find(answers, 'ClusterRole').rules).toContainEqual({
      apiGroups: [''],
      resources: ['pods/log'],
      verbs: ['get'],
    })
    expect(configOf(answers)).not.toContain('/var/log/pods')
  })

  it('reads credentials from files', () => {
    const answers = {
      sinkUrl: 'https://loki.example.com/SINK/',
      sinkAuth: 'basic',
      tenant: 'a',
    }
    const config = configOf(answers)
    expect(config).toContain('url                 = "https://loki.example.com/SINK/loki/api/v1/push"')
    expect(config).toContain('tenant_id           = "a"')
    expect(config).toContain('password_file = "/etc/alloy-credentials/password"')
    expect(podOf(answers).containers[0].env).toHaveLength(1)
    expect(podOf(answers).containers[0].volumeMounts).toContainEqual({
      name: 'sink-credentials',
      mountPath: '/etc/alloy-credentials',
      readOnly: true,
    })
  })

  it('prints lines with a component that is stable', () => {
    const config = configOf({ sink: 'stdout' })
    expect(config).toContain('loki.echo "sink" {}')
    expect(config).not.toContain('loki.write')
    expect(podOf({ sink: 'stdout' }).containers[0].args).toContain('--stability.level=generally-available')
  })

  it('reports nothing unless told to', () => {
    expect(podOf({}).containers[0].args).toContain('--disable-reporting')
    expect(podOf({ usageReports: true }).containers[0].args).not.toContain('--disable-reporting')
  })

  it('reads the journal only from files', () => {
    expect(configOf({ journal: true })).toContain('loki.source.journal "node"')
    expect(() => scaffold({ preset: 'alloy', readFrom: 'api', journal: true })).toThrow(/--read-from files/)
  })
})
