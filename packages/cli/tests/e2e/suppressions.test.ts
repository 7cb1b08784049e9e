import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson, root } from './command.ts'

const moving = (name: string) => daemonSet({ name, image: 'registry.example.com/agent:latest' })
const name = 'daemonlint-suppressions.json'
const strict = ['--max-warnings', '0']
const recordOf = (cwd: string) => JSON.parse(readFileSync(join(cwd, name), 'utf8'))

function recorded(files: Record<string, string>): string {
  const cwd = folder(files)
  const { status, stderr } = daemonlint(['--suppress-all', '.', ...strict], { cwd })
  expect(stderr).toMatch(/^daemonlint: daemonlint-suppressions\.json passes over \d+ findings?\.$/m)
  expect(status).toBe(0)
  return cwd
}

describe('--suppress-all', () => {
  it('passes over what is there, of every severity', () => {
    const cwd = recorded({ 'a.yaml': moving('a'), 'b.yaml': moving('b').replace('template:', 'templat:') })
    const { status, stdout } = daemonlint(['.', ...strict], { cwd })
    expect(stdout).toMatch(
      /Nothing new found[\s\S]*findings suppressed \(the API server refuses \d of them all the same\)/,
    )
    expect(status).toBe(0)
    const { results, rules } = lintJson(['.', ...strict], { cwd })
    expect(rules).toEqual([])
    const kinds = results.flatMap(({ suppressedMessages }) =>
      suppressedMessages.flatMap((one) => one.suppressions),
    )
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(['file']))
  })

  it('shows one new defect, and that alone', () => {
    const cwd = recorded({ 'a.yaml': moving('a') })
    const second = `        - name: side\n          image: registry.example.com/side:latest\n`
    writeFileSync(
      join(cwd, 'a.yaml'),
      moving('a').replace('      containers:\n', `      initContainers:\n${second}      containers:\n`),
    )
    const run = lintJson(['.', ...strict], { cwd })
    expect(run.rules).toEqual(['image-tag'])
    expect(run.results.flatMap(({ messages }) => messages.map(({ field }) => field))).toEqual([
      'spec.template.spec.initContainers[0].image',
    ])
    expect(run.status).toBe(1)
  })

  it.each([
    ['an unknown field', (text: string) => text.replace('    spec:', '    spec:\n      bogus: 1')],
    ['broken YAML', (text: string) => `${text}bad: [unclosed\n`],
  ])('shows %s alone, and keeps what is behind it', (_, spoilt) => {
    const cwd = recorded({ 'a.yaml': moving('a') })
    const before = recordOf(cwd)
    writeFileSync(join(cwd, 'a.yaml'), spoilt(moving('a')))
    const run = lintJson(['.', ...strict], { cwd })
    expect(run).toMatchObject({ status: 1, rules: [expect.stringMatching(/^api-server\//)] })
    expect(daemonlint(['.', '--prune-suppressions'], { cwd }).status).toBe(1)
    expect(recordOf(cwd)).toEqual(before)
    writeFileSync(join(cwd, 'a.yaml'), moving('a'))
    expect(daemonlint(['.', ...strict], { cwd })).toMatchObject({ status: 0, stderr: '' })
  })

  it('follows files and resources that move', () => {
    const cwd = recorded({ 'a.yaml': `${moving('a')}---\n${moving('b')}` })
    mkdirSync(join(cwd, 'k8s'))
    renameSync(join(cwd, 'a.yaml'), join(cwd, 'k8s/agents.yaml'))
    expect(daemonlint(['.', ...strict], { cwd }).status).toBe(0)
    writeFileSync(join(cwd, 'a.yaml'), moving('a'))
    writeFileSync(join(cwd, 'k8s/agents.yaml'), moving('b'))
    expect(daemonlint(['.', ...strict], { cwd }).status).toBe(0)
    daemonlint(['--prune-suppressions', '.'], { cwd })
    expect(Object.keys(recordOf(cwd))).toEqual(['a.yaml', 'k8s/agents.yaml'])
    expect(daemonlint(['.', ...strict], { cwd }).status).toBe(0)
  })

  it('leaves the entries of other files as they are', () => {
    const cwd = recorded({ 'a.yaml': moving('a'), 'b.yaml': moving('b') })
    const before = recordOf(cwd)
    writeFileSync(join(cwd, 'b.yaml'), `${moving('b')}---\n${moving('c')}`)
    daemonlint(['--suppress-all', 'b.yaml'], { cwd })
    const after = recordOf(cwd)
    expect(after['a.yaml']).toEqual(before['a.yaml'])
    expect(Object.keys(after['b.yaml'])).toContain('DaemonSet monitoring/c > agent')
  })
})

describe('a run over a part of the files', () => {
  it.each([['--prune-suppressions'], ['--suppress-all']])(
    'with %s keeps those of a file that moved',
    (flag) => {
      const cwd = recorded({ 'k8s/a.yaml': moving('a'), 'other/b.yaml': moving('b') })
      mkdirSync(join(cwd, 'new'))
      renameSync(join(cwd, 'k8s/a.yaml'), join(cwd, 'new/a.yaml'))
      daemonlint([flag, 'other'], { cwd })
      daemonlint([flag, 'other/*.yaml'], { cwd })
      expect(daemonlint(['.', ...strict], { cwd }).status).toBe(0)
      daemonlint([flag, '.'], { cwd })
      expect(Object.keys(recordOf(cwd))).toEqual(['new/a.yaml', 'other/b.yaml'])
    },
  )
})

describe('--suppress-rule', () => {
  it('records what one rule finds, and keeps the rest', () => {
    const cwd = folder({ 'a.yaml': moving('a') })
    const before = lintJson(['.'], { cwd }).rules
    daemonlint(['--suppress-rule', 'image-tag', '.'], { cwd })
    expect(lintJson(['.'], { cwd }).rules).toEqual(before.filter((rule) => rule !== 'image-tag'))
    daemonlint(['--suppress-rule', 'update-strategy', '.'], { cwd })
    expect(lintJson(['.'], { cwd }).rules).not.toContain('image-tag')
  })

  it('is told of a rule that there is not', () => {
    const { status, stderr } = daemonlint(['--suppress-rule', 'imagetag', '.'], {
      cwd: folder({ 'a.yaml': moving('a') }),
    })
    expect(stderr).toContain('--suppress-rule imagetag: there is no such rule. Did you mean')
    expect(status).toBe(2)
  })
})

describe('what is left over', () => {
  it('is told, and removed by --prune-suppressions', () => {
    const cwd = recorded({ 'a.yaml': moving('a'), 'b.yaml': moving('b') })
    writeFileSync(join(cwd, 'a.yaml'), moving('a').replace('agent:latest', 'agent:1.2.3'))
    const { status, stderr } = daemonlint(['.'], { cwd })
    expect(stderr).toContain('Suppressions of 1 finding are left that does not occur any more.')
    expect(status).toBe(2)
    expect(daemonlint(['.', '--pass-on-unpruned-suppressions'], { cwd })).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(daemonlint(['b.yaml'], { cwd })).toMatchObject({ status: 0, stderr: '' })
    expect(daemonlint(['--prune-suppressions', '.'], { cwd }).status).toBe(0)
    expect(daemonlint(['.'], { cwd })).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(join(cwd, 'a.yaml'), moving('a'))
    expect(lintJson(['.'], { cwd }).rules).toEqual(['image-tag'])
  })
})

describe('the file of suppressions', () => {
  it.each([
    ['is no JSON', '{', /is no JSON/],
    ['holds something else', '[]', /holds no suppressions: it is no object/],
    [
      'holds a count that is none',
      '{"a.yaml":{"x":{"y":{"count":"1"}}}}',
      /'y' of 'x' of 'a.yaml' has no count/,
    ],
  ])('is refused where it %s', (_, text, reason) => {
    const cwd = folder({ 'a.yaml': moving('a'), [name]: text })
    for (const flags of [[], ['--suppress-all'], ['--prune-suppressions']]) {
      const { status, stderr } = daemonlint([...flags, '.'], { cwd })
      expect(stderr).toMatch(reason)
      expect(status).toBe(2)
    }
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(text)
  })

  it('is where it is said to be, and must be there', () => {
    const cwd = folder({ 'k8s/a.yaml': moving('a') })
    const location = ['--suppressions-location', 'ci/known.json']
    const { status, stderr } = daemonlint([...location, '.'], { cwd })
    expect(stderr).toContain('There are no suppressions at ci/known.json; --suppress-all writes some.')
    expect(status).toBe(2)
    daemonlint(['--suppress-all', ...location, '.'], { cwd })
    expect(Object.keys(JSON.parse(readFileSync(join(cwd, 'ci/known.json'), 'utf8')))).toEqual([
      '../k8s/a.yaml',
    ])
    expect(daemonlint([...location, ...strict, '.'], { cwd }).status).toBe(0)
    expect(lintJson(['.'], { cwd }).rules).toContain('image-tag')
  })

  it('is read before --fix writes anything', () => {
    const text = moving('a').replace('      containers:', '      serviceAccount: a\n      containers:')
    const cwd = folder({ 'a.yaml': text, [name]: '<<<<<<< HEAD' })
    expect(daemonlint(['--fix', '.'], { cwd }).status).toBe(2)
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toBe(text)
  })

  it('counts a dry run for none, and may begin with a byte order mark', () => {
    const cwd = recorded({
      'a.yaml': moving('a').replace('      containers:', '      serviceAccount: a\n      containers:'),
    })
    writeFileSync(join(cwd, name), `\ufeff${readFileSync(join(cwd, name), 'utf8')}`)
    expect(daemonlint(['--fix-dry-run', '.'], { cwd })).toMatchObject({ status: 0, stderr: '' })
  })

  it('is no manifest', () => {
    const cwd = recorded({ 'a.yaml': moving('a') })
    expect(lintJson(['.'], { cwd }).results.map(({ filePath }) => filePath)).toEqual([join(cwd, 'a.yaml')])
  })

  it('is not written over by a report', () => {
    const cwd = recorded({ 'a.yaml': moving('a') })
    const before = recordOf(cwd)
    const { status, stderr } = daemonlint(['-f', 'json', '-o', name, 'a.yaml'], { cwd })
    expect(stderr).toMatch(/is the file of suppressions, and would be overwritten/)
    expect(status).toBe(2)
    expect(recordOf(cwd)).toEqual(before)
  })

  it('is not written where there is nothing to record', () => {
    const cwd = folder({ 'a.yaml': 'kind: Service\n' })
    daemonlint(['--suppress-all', 'a.yaml', '--no-error-on-unmatched-pattern'], { cwd })
    expect(existsSync(join(cwd, name))).toBe(false)
  })

  it.each([
    [['--suppress-all', '--prune-suppressions']],
    [['--suppress-all', '--suppress-rule', 'image-tag']],
    [['--suppress-all', '--stdin']],
    [['--prune-suppressions', '--fix-dry-run']],
  ])('is not written with %j', (flags) => {
    const { status, stderr } = daemonlint(flags, { cwd: folder({ 'a.yaml': moving('a') }) })
    expect(stderr).toMatch(/cannot be used together/)
    expect(status).toBe(2)
  })
})

const corpus = join(root, '../shared/corpus')

it.skipIf(!existsSync(corpus))(
  'passes over all that is found in hundreds of files that others wrote (needs ../shared)',
  () => {
    const cwd = folder({})
    for (const part of ['plain', 'odd', 'templated'])
      cpSync(join(corpus, part), join(cwd, part), { recursive: true })
    daemonlint(['--suppress-all', '.'], { cwd })
    expect(daemonlint(['.', ...strict], { cwd })).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(join(cwd, 'plain/new.yaml'), moving('brand-new'))
    const run = lintJson(['.', ...strict], { cwd })
    expect(run.status).toBe(1)
    const found = run.results.filter(({ messages }) => messages.length > 0)
    expect(found.map(({ filePath }) => filePath)).toEqual([join(cwd, 'plain/new.yaml')])
  },
  180_000,
)
