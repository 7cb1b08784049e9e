import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects as they were written
type Any = any

function objects(answers: Record<string, unknown> = {}): Any[] {
  const [file] = scaffold({ preset: 'tetragon', ...answers }).files
  return parseAllDocuments(file!.contents).map((document) => document.toJS())
}

const find = (all: Any[], kind: string) => all.find((one) => one.kind === kind)
const podOf = (all: Any[]) => find(all, 'DaemonSet').spec.template.spec

describe('tetragon', () => {
  it('defines its policies first', () => {
    const all = objects()
    expect(all.slice(0, 2).map((one) => one.metadata.name)).toEqual([
      'tracingpolicies.cilium.io',
      'tracingpoliciesnamespaced.cilium.io',
    ])
    for (const { spec } of all.slice(0, 2)) {
      expect(spec.versions[0].schema.openAPIV3Schema.properties.spec).toEqual({
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
      })
    }
  })

  it('asks for policies only where they are used', () => {
    const existing = objects({ policies: 'existing' })
    expect(find(existing, 'CustomResourceDefinition')).toBeUndefined()
    expect(find(existing, 'ConfigMap').data['enable-tracing-policy-crd']).toBe('true')
    const none = objects({ policies: 'none' })
    expect(find(none, 'ConfigMap').data['enable-tracing-policy-crd']).toBe('false')
    expect(JSON.stringify(find(none, 'ClusterRole').rules)).not.toContain('cilium.io')
  })

  it('writes texts only, one for each flag', () => {
    for (const value of Object.values(find(objects(), 'ConfigMap').data)) expect(value).toBeTypeOf('string')
  })

  it('leaves out what runs outside of pods, and namespaces, unless told otherwise', () => {
    const denied = (answers = {}) =>
      find(objects(answers), 'ConfigMap')
        .data['export-denylist'].split('\n')
        .map((line: string) => JSON.parse(line))
    expect(denied()).toEqual([{ health_check: true }, { namespace: ['', 'kube-system'] }])
    expect(denied({ hostProcesses: true, quietNamespaces: [] })).toEqual([{ health_check: true }])
    expect(() => objects({ quietNamespaces: ['No_Name'] })).toThrow(/No_Name/)
  })

  it('has its events on standard output, or in files on the node', () => {
    expect(podOf(objects()).containers.map((one: Any) => one.name)).toEqual(['tetragon', 'export-stdout'])
    const files = objects({ events: false })
    expect(podOf(files).containers).toHaveLength(1)
    expect(find(files, 'ConfigMap').data['export-filename']).toBe('/var/log/tetragon/tetragon.log')
    expect(podOf(files).volumes.find((one: Any) => one.name === 'events').hostPath.path).toBe(
      '/var/log/tetragon',
    )
  })
})
