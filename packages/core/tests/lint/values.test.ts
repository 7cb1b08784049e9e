import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasShared, shared } from '../apiserver/shared.ts'
import { daemonSet, lintToy } from './toy.ts'

const rules = { image: 'warn', memory: 'warn', cpu: 'warn', strategy: 'warn' } as const
const entry = { resources: [{ kind: 'DaemonSet' }], rules: { image: 'error' as const } }
const lint = (text: string) => lintToy(text, [{ rules }, entry])

/** A chart's values, which say what kind of workload the chart makes. */
const values = `kind: DaemonSet
nameOverride: ""
image:
  repository: registry.example.com/agent
  tag: 1.4.2 # daemonlint-disable-line image
tolerations: []
`

describe('values of a Helm chart', () => {
  it.each([
    ['as they are', values],
    ['with a key twice', `${values}image: x\n`],
    ['with templates', values.replace('""', '"{{ .Release.Name }}"')],
    ['with keys of a manifest', `${values}metadata: {}\nstatus: 1\nreplicas: 2\n`],
    ['with an empty spec and apiVersion', `${values}spec:\napiVersion: ""\n`],
  ])('are no DaemonSet: %s', (_, text) => {
    const { problems, suppressed, counts, hidden, root, usedEntries } = lint(text)
    expect([...problems, ...suppressed]).toEqual([])
    expect(counts).toEqual({ workloads: 0, templates: 0, patches: 0, undecoded: 0 })
    expect([...hidden]).toEqual(root.children)
    expect([...usedEntries]).toEqual([])
  })

  it('leave the DaemonSet beside them alone', () => {
    const { problems, counts, usedEntries } = lint(`${values}---\n${daemonSet()}`)
    expect(problems.map(({ ruleId }) => ruleId)).toContain('strategy')
    expect(problems.every(({ position }) => position.start.line > 7)).toBe(true)
    expect([counts.workloads, usedEntries.size]).toEqual([1, 1])
  })

  it.each([
    ['an apiVersion', `apiVersion: apps/v1\n${values}`],
    ['a spec', `${values}spec: {}\n`],
  ])('are a DaemonSet with %s', (_, text) => {
    const { problems, counts } = lint(text)
    expect(problems.some(({ rejected }) => rejected)).toBe(true)
    expect(counts.workloads).toBe(1)
  })

  it('a patch that changes metadata alone is one', () => {
    const seen = lintToy(
      'kind: DaemonSet\nmetadata: { name: agent }\n',
      { rules: { strategy: 'warn' } },
      { role: 'patch' },
    )
    expect([seen.hidden.size, seen.counts.workloads, seen.problems.length]).toEqual([0, 1, 0])
  })
})

/** Every file beneath a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

const corpus = `${shared}corpus`
const real = existsSync(corpus) ? filesIn(corpus).filter((file) => /values\.ya?ml$/.test(basename(file))) : []

describe.skipIf(!hasShared('corpus'))('values of real charts', () => {
  it('are there', () => expect(real.length).toBeGreaterThan(3))

  it.each(real.map((file) => [file.slice(corpus.length + 1), file]))('%s', (_, file) => {
    const { problems, suppressed, counts } = lint(readFileSync(file, 'utf8'))
    expect([...problems, ...suppressed]).toEqual([])
    expect([counts.workloads, counts.patches]).toEqual([0, 0])
  })
})
