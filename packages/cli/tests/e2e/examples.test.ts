import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { daemonlint, folder, lintJson, root } from './command.ts'

/** Rule, severity, and where it points: line, column, end line, end column. */
type Row = [string, 'error' | 'warn' | 'info', number, number, number, number]

const severities = ['info', 'warn', 'error']
const expected: Record<string, Row[]> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'examples.expected.json'), 'utf8'),
)

describe('examples', () => {
  const { results } = lintJson(['examples/*.yaml'], { cwd: root })
  const found = Object.fromEntries(
    results.map(({ filePath, messages }) => [
      basename(filePath),
      messages.map((one): Row => {
        const severity = severities[one.severity] as Row[1]
        return [one.ruleId, severity, one.line, one.column, one.endLine, one.endColumn]
      }),
    ]),
  )

  it.each(Object.keys(expected))('%s has what is expected of it', (name) => {
    expect(found[name]).toEqual(expected[name])
  })

  it('has a row for each manifest', () => {
    const manifests = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'))
    expect(Object.keys(expected).sort()).toEqual(manifests.sort())
  })

  it('points at what each message speaks of', () => {
    const pointed = results.flatMap(({ filePath, messages }) => {
      const lines = readFileSync(filePath, 'utf8').split('\n')
      return messages
        .filter((one) => basename(filePath) === 'example-daemonset.yaml' && one.line === one.endLine)
        .map((one) => `${one.ruleId}: ${lines[one.line - 1]!.slice(one.column - 1, one.endColumn - 1)}`)
    })
    expect(pointed).toEqual([
      'update-strategy: spec',
      'os-selector: spec',
      'cpu-memory-requests: example-container',
      'memory-limit: example-container',
      'image-tag: example-image:latest',
    ])
  })

  it.each(['example-daemonset.yaml', 'node-exporter.yaml'])('finds the three mistakes of %s', (name) => {
    const rules = found[name]!.map(([rule]) => rule)
    expect(rules).toEqual(expect.arrayContaining(['cpu-memory-requests', 'image-tag', 'update-strategy']))
  })

  it('is what the README shows', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const [, args, shown] = /```console\n\$ daemonlint (.*)\n([^`][\s\S]*?)\n```/.exec(readme)!
    expect(daemonlint(args!.split(' '), { cwd: root }).stdout.trimEnd()).toBe(shown)
  })
})

const agents = ['cni', 'csi', 'dns', 'log', 'metrics', 'security'].map((kind) => `${kind}-agent.yaml`)
const strict = () => [
  '-c',
  join(folder({ 'daemonlint.config.yaml': '- extends: daemonlint/strict\n' }), 'daemonlint.config.yaml'),
]

describe('agents', () => {
  it.each(['good', 'bad'])('are all there in examples/%s', (name) => {
    const files = readdirSync(join(root, 'examples', name)).filter((file) => file.endsWith('.yaml'))
    expect(files.sort()).toEqual(agents)
  })

  it.each(agents)('good/%s is quiet under strict, and says why where it asks for quiet', (name) => {
    const args = [...strict(), '--report-unused-disable-directives', `examples/good/${name}`]
    const { results, found, status } = lintJson(args)
    expect(found).toEqual([])
    expect(status).toBe(0)
    for (const { ruleId, suppressions } of results.flatMap((result) => result.suppressedMessages)) {
      expect(suppressions.map(({ justification }) => justification).join(''), ruleId).toMatch(/\S/)
    }
  })

  it.each(agents)('bad/%s has what it says itself, and recommended warns of nothing else', (name) => {
    const text = readFileSync(join(root, 'examples/bad', name), 'utf8')
    const [, list = ''] = /^# expect: ((?:.*\n# {3})*.*)$/m.exec(text) ?? []
    const expected = list.split(/,[\s#]+/)
    const { rules } = lintJson([...strict(), `examples/bad/${name}`])
    expect(rules).toEqual(expect.arrayContaining(expected))
    const { results } = lintJson(['--no-config-lookup', `examples/bad/${name}`])
    const warned = results.flatMap(({ messages }) => messages.filter(({ severity }) => severity > 0))
    expect(expected).toEqual(expect.arrayContaining(warned.map(({ ruleId }) => ruleId)))
  })

  it.each(agents)('good/%s states the checksum of its ConfigMap, where it has one', (name) => {
    const text = readFileSync(join(root, 'examples/good', name), 'utf8')
    const documents = parseAllDocuments(text).map((one) => one.toJS())
    const { data = {} } = documents.find(({ kind }) => kind === 'ConfigMap') ?? {}
    const texts = Object.keys(data)
      .sort()
      .map((key) => data[key])
    const [, stated] = /checksum\/config: (.*)/.exec(text) ?? []
    const actual = createHash('sha256').update(texts.join('')).digest('hex')
    expect(stated).toBe(texts.length > 0 ? actual : undefined)
  })

  it.each(agents)('%s is the same agent, good and bad', (name) => {
    const nameOf = (kind: string) =>
      /^kind: DaemonSet\nmetadata:\n {2}name: (.*)$/m.exec(
        readFileSync(join(root, 'examples', kind, name), 'utf8'),
      )?.[1]
    expect(nameOf('bad')).toMatch(/./)
    expect(nameOf('bad')).toBe(nameOf('good'))
  })
})
