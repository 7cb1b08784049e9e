import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects as they were written
type Any = any

function objects(answers: Record<string, unknown> = {}): Any[] {
  const [file] = scaffold({ preset: 'trivy', ...answers }).files
  return parseAllDocuments(file!.contents).map((document) => document.toJS())
}

const find = (all: Any[], kind: string) => all.find((one) => one.kind === kind)
const podOf = (all: Any[]) => find(all, 'DaemonSet').spec.template.spec
const scriptOf = (all: Any[]): string => find(all, 'ConfigMap').data['scan.sh']

describe('trivy', () => {
  it('refuses the versions that an attacker published, with a digest too', () => {
    for (const tag of ['0.69.4', '0.69.5', 'v0.69.6', '0.69.4-amd64', `0.69.4@sha256:${'a'.repeat(64)}`])
      expect(() => objects({ image: `ghcr.io/aquasecurity/trivy:${tag}` })).toThrow(/must not be used/)
    expect(() => objects({ image: 'mirror.example.com/hub/trivy:0.69.5' })).toThrow(/CVE-2026-33634/)
    expect(() => objects({ image: 'ghcr.io/aquasecurity/trivy:0.69.3' })).not.toThrow()
  })

  it('scans again and again, by what was answered', () => {
    const script = scriptOf(
      objects({ severity: ['CRITICAL'], fixable: false, hours: 12, dbRepository: ['r.example.com/db:2'] }),
    )
    expect(script).toContain('while :; do')
    expect(script).toContain('pause 43200')
    expect(script).toContain('--severity CRITICAL')
    expect(script).toContain('--db-repository r.example.com/db:2')
    expect(script).not.toContain('--ignore-unfixed')
    expect(script).toContain('--pkg-types os ')
  })

  it('looks at libraries if asked for', () => {
    const script = scriptOf(objects({ libraries: true }))
    expect(script).toContain('--pkg-types os,library')
    expect(script).toContain('--java-db-repository')
  })

  it('sees the node without being able to change it', () => {
    const [container] = podOf(objects()).containers
    const root = container.volumeMounts.find((one: Any) => one.name === 'root')
    expect(root).toMatchObject({ mountPath: '/host', readOnly: true })
    expect(container.securityContext.capabilities).toEqual({ drop: ['ALL'] })
  })

  it('refuses answers that no shell should see', () => {
    expect(() => objects({ severity: ['HIGHEST'] })).toThrow(/is no severity/)
    expect(() => objects({ skipFolders: ['/var/$(id)'] })).toThrow(/may hold/)
    expect(() => objects({ dbRepository: ['x y'] })).toThrow(/is no repository/)
  })
})
