import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, root, service } from './command.ts'

const latest = daemonSet({ image: 'agent:latest' })
const read = (...path: string[]) => readFileSync(join(...path), 'utf8')

const names = [
  'stylish',
  'concise',
  'json',
  'jsonl',
  'sarif',
  'github',
  'gitlab',
  'rdjson',
  'junit',
  'checkstyle',
]
const all = [...names, 'markdown', 'html']

describe('--format', () => {
  it('knows every format that the help and the documentation name', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const help = daemonlint(['--help']).stdout
    const listed = [...help.split('Formats:')[1]!.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name!)
    expect(listed.sort()).toEqual(all.toSorted())
    const page = read(root, 'docs/formats.md')
    for (const name of all) {
      const run = daemonlint(['--format', name, 'ds.yaml'], { cwd })
      expect([name, run.status, run.stderr]).toEqual([name, 0, ''])
      expect(run.stdout).toContain(name === 'markdown' ? 'latest</code>' : 'latest')
      expect(run.stdout).toMatch(/[^\n]\n$/)
      expect(page).toContain(`## ${name}`)
    }
  })

  it('writes several reports in one run, one of them to standard output', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const args = ['-f', 'concise', '--format=sarif=out/r.sarif', '-f', 'junit=out/a=b.xml', 'ds.yaml']
    const run = daemonlint(args, { cwd })
    expect(run).toMatchObject({ status: 0, stderr: '' })
    expect(run.stdout).toMatch(/^ds\.yaml:28:18: warning .* \[image-tag\]\n$/)
    expect(JSON.parse(read(cwd, 'out/r.sarif')).runs[0].results).toHaveLength(1)
    expect(read(cwd, 'out/a=b.xml')).toMatch(/^<\?xml /)
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['a=b.xml', 'r.sarif'])
    // All to files: nothing is printed, and the exit code is that of the findings.
    const quiet = daemonlint(['-f', 'json=r.json', '--rule', 'image-tag: error', 'ds.yaml'], { cwd })
    expect(quiet).toEqual({ status: 1, stdout: '', stderr: '' })
    // What is there is replaced as a whole, and is no input.
    expect(
      daemonlint(['-f', 'concise', '-f', 'json=r.json', '-f', 'sarif=s.json', '.'], { cwd }).status,
    ).toBe(0)
    expect(daemonlint(['-f', 'rdjson=r.json', '-f', 'jsonl=s.json', '.'], { cwd }).status).toBe(0)
    const last = daemonlint(['-f', 'json=r.json', '-f', 'gitlab=s.json', '.'], { cwd })
    expect(last).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(read(cwd, 'r.json'))).toHaveLength(3)
  })

  it('colours what a terminal gets, and files only when told to', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const env = { FORCE_COLOR: '1' }
    const run = daemonlint(['-f', 'stylish', '-f', 'concise=r.txt', 'ds.yaml'], { cwd, env })
    expect(run.stdout).toContain('\u001b[')
    expect(read(cwd, 'r.txt')).not.toContain('\u001b[')
    daemonlint(['--color', '-f', 'concise=r.txt', 'ds.yaml'], { cwd })
    expect(read(cwd, 'r.txt')).toContain('\u001b[')
  })

  it('leaves out what --quiet hides, everywhere', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const args = all.slice(1).flatMap((name) => ['-f', `${name}=out/${name}`])
    expect(daemonlint(['--quiet', ...args, 'ds.yaml'], { cwd })).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    for (const name of all.slice(1)) {
      expect([name, read(cwd, 'out', name).includes('image-tag')]).toEqual([name, false])
    }
    expect(read(cwd, 'out/html')).toContain('1 finding is not shown.')
    // No finding, no line.
    expect(read(cwd, 'out/concise')).toBe('')
  })

  it('has suggestions, resources and the pages of rules in the formats that print them', () => {
    const cwd = folder({
      'ds.yaml': daemonSet()
        .replace('priorityClassName: system-node-critical\n      ', '')
        .replace('memory: 64Mi\n          ports', 'cpu: 1\n          ports'),
    })
    daemonlint(
      ['-f', 'sarif=r.sarif', '-f', 'rdjson=r.rdjson', '-f', 'html=r.html', '-f', 'jsonl=r.jsonl', '.'],
      { cwd },
    )
    const { tool, results } = JSON.parse(read(cwd, 'r.sarif')).runs[0]
    const index = tool.driver.rules.findIndex(({ id }: { id: string }) => id === 'memory-limit')
    const rule = tool.driver.rules[index]
    expect(rule.shortDescription.text).toBe('Require a memory limit.')
    expect(rule.fullDescription.text).toMatch(/^Every container has a memory limit/)
    expect(rule.help.markdown).toContain('## Why it matters')
    expect(rule.help.markdown).not.toMatch(/<!--|^# |\]\((?!https?:)/m)
    expect(rule.properties.tags).toEqual(['resources', 'kubernetes'])
    const result = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'memory-limit')
    expect(result.ruleIndex).toBe(index)
    expect(result.fixes.length).toBeGreaterThan(0)
    expect(result.locations[0].logicalLocations[0].fullyQualifiedName).toBe('DaemonSet monitoring/agent')
    expect(read(cwd, 'r.html')).toMatch(/<summary>(A suggestion|\d suggestions)/)
    expect(read(cwd, 'r.html')).toContain('<p>Require a memory limit</p>')
    const [line] = read(cwd, 'r.jsonl').split('\n')
    expect(JSON.parse(line!)).toMatchObject({ resource: { name: 'agent' }, container: 'agent' })
    const { diagnostics } = JSON.parse(read(cwd, 'r.rdjson'))
    expect(diagnostics.some(({ suggestions = [] }) => suggestions.length > 0)).toBe(true)
  })

  it('knows the rules of plugins, and of the API server', () => {
    const cwd = folder({
      'plugin.mjs': `export default { meta: { name: 'house' }, rules: { 'no-x': {
        meta: { type: 'problem', docs: { description: 'Forbid x', category: 'metadata', presets: {}, url: 'https://example.com/no-x' }, messages: { m: 'It is x.' } },
        create: (context) => ({ daemonSet: (node) => context.report({ node, messageId: 'm' }) }) },
        bare: { meta: { type: 'problem', messages: { m: 'Bare.' } }, create: (context) => ({ daemonSet: (node) => context.report({ node, messageId: 'm' }) }) } } }`,
      'daemonlint.config.mjs': `import house from './plugin.mjs'
        export default [{ plugins: { house }, rules: { 'house/no-x': 'error', 'house/bare': 'warn' } }]`,
      'ds.yaml': latest.replace('nodeSelector:', 'restartPolicy: Never\n      nodeSelector:'),
    })
    const { status, stdout } = daemonlint(['-f', 'sarif', 'ds.yaml'], { cwd })
    expect(status).toBe(1)
    const { rules } = JSON.parse(stdout).runs[0].tool.driver
    const byId = Object.fromEntries(rules.map((rule: { id: string }) => [rule.id, rule]))
    expect(byId['house/no-x']).toMatchObject({
      shortDescription: { text: 'Forbid x.' },
      helpUri: 'https://example.com/no-x',
    })
    expect(byId['house/bare']).toMatchObject({ id: 'house/bare', name: 'HouseBare' })
    expect(byId['api-server/restart-policy-always']).toMatchObject({
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['api-server', 'kubernetes'], precision: 'very-high' },
      help: { markdown: expect.stringContaining('Always') },
    })
  })

  it('keeps to the schema of SARIF for all examples', () => {
    const require = createRequire(
      createRequire(join(root, 'packages/core/package.json')).resolve('@microsoft/jest-sarif'),
    )
    const Ajv = require('ajv')
    const ajv = new Ajv({ schemaId: 'auto' })
    ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
    const validate = ajv.compile(require('./schemas/sarif-2.1.0-rtm.5.json'))
    const { stdout } = daemonlint(['-f', 'sarif', 'examples'])
    const log = JSON.parse(stdout)
    validate(log)
    expect(validate.errors).toBeNull()
    expect(log.runs[0].results.length).toBeGreaterThan(50)
  })

  it('says in the reports what could not be checked', () => {
    const cwd = folder({ 'ds.yaml': daemonSet(), 'svc.yaml': service })
    const files = ['sarif', 'junit', 'html', 'markdown', 'github'].flatMap((name) => [
      '-f',
      `${name}=${name}`,
    ])
    const run = daemonlint([...files, 'ds.yaml', 'gone.yaml'], { cwd })
    expect(run.status).toBe(2)
    for (const name of ['sarif', 'junit', 'html', 'markdown', 'github']) {
      expect(read(cwd, name)).toContain('gone.yaml')
    }
    // A report of an earlier run would be taken for this one's.
    expect(daemonlint(['-f', 'sarif=sarif', 'gone.yaml'], { cwd }).status).toBe(2)
    expect(JSON.parse(read(cwd, 'sarif')).runs[0].invocations[0].executionSuccessful).toBe(false)
    expect(daemonlint(['-f', 'junit=junit', 'svc.yaml'], { cwd }).status).toBe(2)
    expect(read(cwd, 'junit')).toContain('Nothing was checked: there is no DaemonSet in svc.yaml.')
  })

  it.each([
    [
      ['-f', 'sariff'],
      "--format: There is no format 'sariff'. Did you mean 'sarif'? The formats are: stylish, ",
    ],
    [['-f', '=x'], "--format: There is no format ''. The formats are: stylish, "],
    [['-f', 'sarif='], "--format sarif= needs a file after the '=': --format sarif=FILE"],
    [['-f', 'json', '-f', 'sarif'], '--format json and --format sarif would both go to standard output.'],
    [['-f', 'json=a', '-f', 'sarif=./x/../a'], 'would be the same file.'],
    [['-f', 'json=a', '-f', 'sarif=link'], 'would be the same file.'],
    [['-f', 'json=dir'], 'dir is a directory; name a file in it.'],
    [['-f', 'json=ds.yaml/x'], 'ds.yaml is not a directory.'],
    [['-f', 'json=ds.yaml'], 'ds.yaml is one of the files to lint, and would be overwritten.'],
    [['-f', 'json', '-f', 'sarif=s', '-o', 'o'], '--output-file is for one format without a file.'],
    [['-f', 'sarif=s', '-o', 'o'], '--output-file is for one format without a file.'],
  ])('refuses %j before it lints or writes anything', (args, message) => {
    const cwd = folder({ 'ds.yaml': latest, a: 'before' })
    mkdirSync(join(cwd, 'dir'))
    symlinkSync('a', join(cwd, 'link'))
    const run = daemonlint([...args, 'ds.yaml'], { cwd })
    expect(run.stderr).toContain(message)
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(readdirSync(cwd).sort()).toEqual(['a', 'dir', 'ds.yaml', 'link'])
    expect(read(cwd, 'a')).toBe('before')
    expect(read(cwd, 'ds.yaml')).toBe(latest)
  })

  it.skipIf(process.getuid?.() === 0)('refuses a folder that it may not write to', () => {
    const cwd = folder({ 'ds.yaml': latest })
    mkdirSync(join(cwd, 'locked'))
    chmodSync(join(cwd, 'locked'), 0o555)
    const run = daemonlint(['-f', 'json=locked/new/r.json', 'ds.yaml'], { cwd })
    expect(run.stderr).toContain('cannot be written: permission denied')
    expect(run).toMatchObject({ status: 2, stdout: '' })
  })

  it('does not write over the file that standard input stands for', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const args = ['--stdin', '--stdin-filename', 'ds.yaml', '-f', 'sarif=ds.yaml']
    expect(daemonlint(args, { cwd, input: latest })).toMatchObject({ status: 2, stdout: '' })
    expect(read(cwd, 'ds.yaml')).toBe(latest)
    const named = daemonlint(['--stdin', '-f', 'sarif'], { cwd, input: latest })
    expect(named.stdout).toContain('"uri":"%3Cstdin%3E"')
  })

  it('writes the other reports where one cannot be written in the end', () => {
    const cwd = folder({ 'ds.yaml': latest })
    // Nothing can be written to it, and only writing tells.
    const run = daemonlint(['-f', 'concise', '-f', 'json=/dev/full', '-f', 'sarif=s', 'ds.yaml'], { cwd })
    expect(run.stdout).toContain('[image-tag]')
    expect(run.stderr).toMatch(/^daemonlint: --format json=\/dev\/full cannot be written: .*\n$/)
    expect(run.status).toBe(2)
    expect(existsSync(join(cwd, 's'))).toBe(true)
  })

  it.skipIf(!existsSync('/proc/self'))('says so where no folder can be made', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const run = daemonlint(['-f', 'json=/proc/new/report.json', 'ds.yaml'], { cwd })
    expect(run.stderr).toMatch(
      /^daemonlint: --format json=\/proc\/new\/report\.json cannot be written: .*\n$/,
    )
    expect(run.status).toBe(2)
  })

  it('is not for a list of rules in a file', () => {
    expect(daemonlint(['rules', '-f', 'json=r']).stderr).toContain(
      'rules prints one list, to standard output',
    )
    expect(daemonlint(['rules', '-f', 'sarif']).stderr).toContain("not 'sarif'")
    expect(JSON.parse(daemonlint(['rules', '-f', 'json']).stdout).length).toBeGreaterThan(100)
  })

  it('prints for a pipe that takes little at a time', () => {
    const cwd = folder()
    for (let index = 0; index < 60; index++) writeFileSync(join(cwd, `${index}.yaml`), latest)
    const { stdout } = daemonlint(['-f', 'html', '.'], { cwd, shell: '"$@" | (sleep 1; cat)' })
    expect(stdout.match(/<article/g)).toHaveLength(60)
    expect(stdout).toMatch(/<\/html>\n$/)
  })
})

describe('docs/formats.md', () => {
  const page = read(root, 'docs/formats.md')
  const [, manifest] = /```yaml\n([\s\S]*?)```/.exec(page)!
  /** The last fenced block below a heading. */
  const example = (name: string) => {
    const section = page.split(`\n## ${name}\n`)[1]!.split('\n## ')[0]!
    return [...section.matchAll(/```(?:\w*)\n([\s\S]*?)```/g)].at(-1)![1]!
  }
  const run = (name: string) =>
    daemonlint(['-f', name, 'k8s'], { cwd: folder({ 'k8s/agent.yaml': manifest! }) }).stdout
  const lines = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

  it.each(['stylish', 'concise', 'github', 'junit', 'checkstyle', 'markdown'])(
    'shows %s as it is',
    (name) => {
      expect(run(name)).toBe(example(name))
    },
  )

  it('shows parts of the JSON formats as they are', () => {
    const [{ messages }] = JSON.parse(run('json'))
    expect(
      lines(messages.map(({ ruleId, line, fix = null }: Record<string, unknown>) => ({ ruleId, line, fix }))),
    ).toBe(example('json'))
    const objects = run('jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const names = objects.map(
      ({ resource, container = '-', ruleId }) => `${resource.name}/${container}: ${ruleId}\n`,
    )
    expect(names.join('')).toBe(example('jsonl'))
    const issues = JSON.parse(run('gitlab')).map(
      // biome-ignore lint/suspicious/noExplicitAny: what GitLab reads
      ({ check_name, severity, fingerprint, location: { path } }: any) => ({
        check_name,
        severity,
        fingerprint,
        path,
      }),
    )
    expect(lines(issues)).toBe(example('gitlab'))
    const diagnostics = JSON.parse(run('rdjson')).diagnostics.map(
      // biome-ignore lint/suspicious/noExplicitAny: what reviewdog reads
      ({ code, location, suggestions = null }: any) => ({
        code: code.value,
        start: location.range.start,
        suggestions,
      }),
    )
    expect(lines(diagnostics)).toBe(example('rdjson'))
    const { results } = JSON.parse(run('sarif')).runs[0]
    const result = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'image-tag')
    const shown = JSON.parse(example('sarif'))
    shown.locations[0].logicalLocations[0].properties = { apiVersion: 'apps/v1', kind: 'DaemonSet' }
    shown.locations[0].logicalLocations.push(...result.locations[0].logicalLocations.slice(1))
    expect(result).toEqual(shown)
  })
})
