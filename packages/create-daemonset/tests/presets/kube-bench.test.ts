import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects as they were written
type Any = any

function objects(answers: Record<string, unknown> = {}): Any[] {
  const [file] = scaffold({ preset: 'kube-bench', ...answers }).files
  return parseAllDocuments(file!.contents).map((document) => document.toJS())
}

const find = (all: Any[], kind: string) => all.find((one) => one.kind === kind)
const podOf = (all: Any[]) => find(all, 'DaemonSet').spec.template.spec
const scriptOf = (all: Any[]): string => find(all, 'ConfigMap').data['scan.sh']

describe('kube-bench', () => {
  it('goes on after a scan', () => {
    const script = scriptOf(objects({ hours: 6 }))
    expect(script).toContain('while :; do')
    expect(script).toContain('pause 21600')
    expect(script).toContain('kube-bench run --json --targets node')
  })

  it('has a token for the version of the cluster alone, and none if the benchmark is named', () => {
    const all = objects()
    expect(find(all, 'ClusterRoleBinding').roleRef.name).toBe('system:public-info-viewer')
    expect(find(all, 'ClusterRole')).toBeUndefined()
    const named = objects({ benchmark: 'eks-1.8.0' })
    expect(scriptOf(named)).toContain('--benchmark eks-1.8.0')
    expect(find(named, 'ClusterRoleBinding')).toBeUndefined()
    expect(podOf(named).automountServiceAccountToken).toBe(false)
  })

  it('checks the control plane on its nodes only', () => {
    expect(() => objects({ targets: ['master', 'node'] })).toThrow(/--node-selector/)
    const all = objects({
      targets: ['etcd'],
      nodeSelector: ['node-role.kubernetes.io/control-plane='],
    })
    expect(podOf(all).volumes.map((one: Any) => one.hostPath?.path)).toContain('/var/lib/etcd')
  })

  it('refuses what is not for a node', () => {
    expect(() => objects({ targets: ['policies'] })).toThrow(/as a Job/)
    expect(() => objects({ targets: ['nodes'] })).toThrow(/is no part of the benchmark/)
    expect(() => objects({ benchmark: 'cis-1.12; reboot' })).toThrow(/is no benchmark/)
    expect(() => objects({ hostFolders: ['/etc'] })).toThrow(/would hide/)
    expect(() => objects({ skip: ['all'] })).toThrow(/is no number of a check/)
  })

  it('mounts folders of the node only to read them', () => {
    const host = podOf(objects()).containers[0].volumeMounts.filter((one: Any) =>
      one.name.startsWith('host-'),
    )
    expect(host).toHaveLength(4)
    expect(host.every((one: Any) => one.readOnly)).toBe(true)
  })
})
