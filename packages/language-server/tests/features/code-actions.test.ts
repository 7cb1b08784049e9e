import { applyEdits, lint } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { codeActions, fixAllEdits } from '../../src/features/code-actions.ts'
import { snapshotOf } from '../snapshot-of.ts'

const container = (name: string) => `        - name: ${name}
          image: example.com/${name}:latest
          env:
            - { name: NODE, value: x }
`

const text = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      serviceAccount: agent
      nodeSelector:
        beta.kubernetes.io/os: linux
        beta.kubernetes.io/arch: amd64
      containers:
${container('a')}${container('b')}`

const config = {
  rules: {
    'image-tag': 'warn',
    'service-account-alias': 'warn',
    'api-server/deprecated-node-selector': 'off',
    'deprecated-node-label': 'warn',
    'memory-limit': 'warn',
  },
} as const

const snapshot = snapshotOf(text, { config })
const at = (needle: string): [number, number] => [text.indexOf(needle), text.indexOf(needle)]
const titles = (range: [number, number], only?: string[]) =>
  codeActions(snapshot, range, { only }).map(({ title }) => title)

describe('codeActions', () => {
  it('offers the one fix of a place before all, and prefers it', () => {
    const [first, ...others] = codeActions(snapshot, at('serviceAccount'))
    expect(first).toMatchObject({
      title: 'Fix: replace `serviceAccount` with `serviceAccountName` (service-account-alias)',
      kind: 'quickfix',
      isPreferred: true,
    })
    expect(others.map(({ isPreferred, title }) => [isPreferred, title])).toEqual([
      [undefined, 'Fix all fixable problems in this file'],
      [undefined, 'Disable service-account-alias for this line'],
      [undefined, 'Disable service-account-alias for this file'],
    ])
    const [before] = snapshot.result.problems.filter(({ ruleId }) => ruleId === 'service-account-alias')
    expect(first!.problems).toEqual([before])
  })

  it('prefers none of several', () => {
    const fixes = codeActions(snapshot, [0, text.length]).filter(({ title }) => title.startsWith('Fix: '))
    expect(fixes).toHaveLength(3)
    expect(fixes.some(({ isPreferred }) => isPreferred)).toBe(false)
  })

  it('offers all of a rule where it has several', () => {
    expect(titles(at('beta.kubernetes.io/os'))).toContain(
      'Fix all deprecated-node-label problems in this file',
    )
    expect(titles(at('serviceAccount'))).not.toContain('Fix all service-account-alias problems in this file')
  })

  it('offers suggestions by their own words', () => {
    const found = codeActions(snapshot, at('name: a\n')).map(({ title }) => title)
    expect(found[0]).toMatch(/^State `limits.memory: .*\(memory-limit\)$/)
  })

  it('means what stands on the line, where nothing is touched', () => {
    const start = text.indexOf('      serviceAccount')
    expect(titles([start, start])[0]).toMatch(/^Fix: replace/)
    expect(titles(at('spec:'))).toEqual([])
  })

  it('offers what is asked for', () => {
    const everywhere: [number, number] = [0, text.length]
    for (const only of ['source', 'source.fixAll', 'source.fixAll.daemonlint']) {
      expect(titles(at('kind'), [only])).toEqual(['Fix all fixable daemonlint problems'])
    }
    for (const only of ['refactor', 'source.organizeImports', 'source.fixAll.eslint', 'source.fix']) {
      expect(titles(everywhere, [only])).toEqual([])
    }
    expect(titles(everywhere, ['']).length).toBe(titles(everywhere, ['quickfix']).length + 1)
    expect(titles(everywhere)).toEqual(titles(everywhere, ['quickfix']))
    const clean = snapshotOf('kind: ConfigMap\n')
    expect(codeActions(clean, [0, 0], { only: ['source.fixAll'] })).toEqual([])
  })

  it('hides one rule once, though a line or a file has it twice', () => {
    const found = titles([0, text.length]).filter((title) => title.includes('image-tag'))
    expect(found).toEqual([
      'Disable image-tag for this line',
      'Disable image-tag for this line',
      'Disable image-tag for this file',
    ])
  })

  it('marks where a person says why', () => {
    const action = (reason?: string) =>
      codeActions(snapshot, at('image:'), reason === undefined ? {} : { reason }).find(({ title }) =>
        title.endsWith('image-tag for this line'),
      )!
    expect(action().edits).toEqual([
      {
        range: [text.indexOf('          image:'), text.indexOf('          image:')],
        text: '          # daemonlint-disable-next-line image-tag -- why?\n',
      },
    ])
    expect(action().reason).toEqual({ edit: 0, range: [54, 58] })
    expect(action().edits![0]!.text.slice(54, 58)).toBe('why?')
    expect(action('').reason).toEqual({ edit: 0, range: [54, 54] })
  })

  it('writes an annotation into JSON, where no comment can stand', () => {
    const json = JSON.stringify(
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'agent' },
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: { containers: [{ name: 'a', image: 'example.com/a:latest' }] },
          },
        },
      },
      null,
      2,
    )
    const own = snapshotOf(json, { config: { rules: { 'image-tag': 'warn' } } })
    const disabling = codeActions(own, [0, json.length]).filter(({ title }) => title.startsWith('Disable'))
    expect(disabling.map(({ title }) => title)).toEqual([
      'Disable image-tag for container a by an annotation',
    ])
    const output = applyEdits(json, [{ edits: [...disabling[0]!.edits!] }]).output
    expect(JSON.parse(output).metadata.annotations).toEqual({
      'daemonlint.dev/disable': 'image-tag/a -- why?',
    })
  })

  it('offers nothing that would hide what the API server refuses', () => {
    const refused = snapshotOf(text.replace('image: example.com/a', 'imagee: example.com/a'), { config })
    const found = codeActions(refused, [0, text.length]).map(({ title }) => title)
    expect(found.filter((title) => /api-server.*this/.test(title))).toEqual([])
  })

  it('takes away a directive that hides nothing', () => {
    const idle = snapshotOf(`# daemonlint-disable image-tag\n${text.replaceAll(':latest', ':1.2')}`, {
      config,
    })
    expect(codeActions(idle, [3, 3]).map(({ title }) => title)).toEqual([
      'Fix: remove `# daemonlint-disable image-tag` (daemonlint/unused-directive)',
      'Fix all fixable problems in this file',
    ])
  })

  it('stands a selection of thousands of findings', () => {
    const many = Array.from({ length: 1000 }, (_, index) => container(`c${index}`)).join('')
    const large = snapshotOf(text.replace(container('a'), many), { config })
    expect(large.result.problems.length).toBeGreaterThan(2000)
    const found = codeActions(large, [0, large.text.length])
    expect(found.filter(({ title }) => title === 'Disable image-tag for this line').length).toBeGreaterThan(
      100,
    )
  })

  it('goes on where a rule fails at its suggestions', () => {
    const errors: unknown[] = []
    const [problem] = snapshot.result.problems
    const broken = Object.create(problem!, {
      suggestions: {
        get() {
          throw new Error('no')
        },
      },
    })
    const odd = { ...snapshot, result: { ...snapshot.result, problems: [broken] } }
    const found = codeActions(odd, [0, text.length], { onError: (error) => errors.push(error) })
    expect(found.length).toBeGreaterThan(0)
    expect(errors).toEqual([new Error('no')])
  })
})

describe('fixAllEdits', () => {
  const lintOnce = (one: string) => lint(one, { config: snapshot.config })

  it('mends all, and leaves alone what stands between', () => {
    const edits = fixAllEdits(snapshot, {}, lintOnce)
    expect(edits.map(({ range, text: insert }) => [text.slice(...range), insert])).toEqual([
      ['', 'Name'],
      ['beta.', ''],
      ['beta.', ''],
    ])
  })

  it('mends one rule', () => {
    expect(fixAllEdits(snapshot, { ruleId: 'deprecated-node-label' }, lintOnce)).toHaveLength(2)
    expect(fixAllEdits(snapshot, { ruleId: 'image-tag' }, lintOnce)).toEqual([])
  })
})
