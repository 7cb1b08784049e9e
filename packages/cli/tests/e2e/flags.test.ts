import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson, root, service } from './command.ts'

const latest = daemonSet({ image: 'agent:latest' })

describe('flags', () => {
  it('prints help and version', () => {
    const help = daemonlint(['--help'])
    expect(help.status).toBe(0)
    for (const flag of ['--fix', '--format', '--rule', '--stdin-filename', 'explain', 'init']) {
      expect(help.stdout).toContain(flag)
    }
    expect(daemonlint(['-h'])).toEqual(help)
    const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))
    expect(daemonlint(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('documents every flag', () => {
    const page = readFileSync(join(root, 'docs/cli.md'), 'utf8')
    const flags = daemonlint(['--help']).stdout.match(/--[a-z][a-z-]+/g) ?? []
    expect(flags.filter((flag) => !page.includes(`\`${flag}`))).toEqual([])
  })

  it('lints the current directory without a path', () => {
    const cwd = folder({ 'a.yaml': latest, 'b/c.yml': latest, 'd.json': '{}', 'e.txt': latest })
    const run = lintJson([], { cwd })
    expect(run.results.map((result) => result.filePath)).toEqual([
      join(cwd, 'a.yaml'),
      join(cwd, 'b/c.yml'),
      join(cwd, 'd.json'),
    ])
  })

  it('takes globs, and files of any name', () => {
    const cwd = folder({ 'a/x.yaml': latest, 'b/x.yaml': latest, 'b/y.yaml': latest, 'manifest.txt': latest })
    expect(lintJson(['*/x.yaml'], { cwd }).results).toHaveLength(2)
    expect(lintJson(['**/*.yaml'], { cwd }).results).toHaveLength(3)
    expect(lintJson(['manifest.txt'], { cwd }).rules).toEqual(['image-tag'])
    expect(lintJson(['b', 'b/x.yaml'], { cwd }).results).toHaveLength(2)
  })

  it('honours .gitignore, --ignore-pattern and --no-ignore', () => {
    const cwd = folder({ '.gitignore': 'out/\n', 'out/a.yaml': latest, 'b.yaml': latest, 'c.yaml': latest })
    const names = (...args: string[]) =>
      lintJson([...args, '.'], { cwd }).results.map((result) => result.filePath.slice(cwd.length + 1))
    expect(names()).toEqual(['b.yaml', 'c.yaml'])
    expect(names('--ignore-pattern', 'b.yaml')).toEqual(['c.yaml'])
    expect(names('--no-ignore')).toEqual(['b.yaml', 'c.yaml', 'out/a.yaml'])
  })

  it('reads standard input under a name', () => {
    const run = lintJson(['--stdin'], { input: latest })
    expect(run.rules).toEqual(['image-tag'])
    const cwd = folder({ 'a/daemonlint.config.yaml': 'rules: { image-tag: error }' })
    const named = lintJson(['--stdin', '--stdin-filename', 'a/ds.yaml'], { cwd, input: latest })
    expect(named.results[0]).toMatchObject({ filePath: join(cwd, 'a/ds.yaml'), errorCount: 1 })
    expect(named.status).toBe(1)
  })

  it('sets rules', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const severities = (...args: string[]) => {
      const { errorCount, warningCount, infoCount } = lintJson([...args, 'ds.yaml'], { cwd }).results[0]!
      return [errorCount, warningCount, infoCount]
    }
    expect(severities()).toEqual([0, 1, 0])
    expect(severities('--rule', 'image-tag: error')).toEqual([1, 0, 0])
    expect(severities('--rule', 'image-tag:info')).toEqual([0, 0, 1])
    expect(severities('--rule', '{"image-tag": "off"}')).toEqual([0, 0, 0])
    expect(severities('--rule', 'image-tag: error', '--rule', 'image-tag: off')).toEqual([0, 0, 0])
    expect(
      severities('--no-config-lookup', '--rule', 'image-tag: [error, {floatingTags: [stable]}]'),
    ).toEqual([1, 0, 0])
  })

  it('reports errors alone with --quiet', () => {
    const cwd = folder({ 'ds.yaml': latest.replace('nodeSelector:', 'nodeSelectors:'), 'warn.yaml': latest })
    const run = lintJson(['--quiet', '.'], { cwd })
    expect(run.rules).toEqual(['api-server/unknown-field'])
    expect(run.status).toBe(1)
  })

  it('says with --quiet how much it does not show', () => {
    const cwd = folder({ 'ds.yaml': latest, 'good.yaml': daemonSet() })
    const run = daemonlint(['--quiet', '--max-warnings=0', 'ds.yaml'], { cwd })
    expect(run.stdout).toContain('✔ No errors (1 other finding not shown).')
    expect(run.stderr).toBe('daemonlint: 1 warning, more than --max-warnings 0 allows.\n')
    expect(run.status).toBe(1)
    expect(daemonlint(['--quiet', 'good.yaml'], { cwd }).stdout).toContain('✔ Nothing found.')
  })

  it('tells of resource entries that match nothing, for standard input too', () => {
    const cwd = folder({
      'daemonlint.config.yaml': '- resources: [{ name: gone }]\n  rules: { image-tag: off }\n  reason: old\n',
    })
    const run = daemonlint(['--stdin', '--stdin-filename', 'ds.yaml'], { cwd, input: daemonSet() })
    expect(run.stderr).toContain('hid nothing in this run')
  })

  it('prints no configuration that linting would refuse', () => {
    const cwd = folder({
      'daemonlint.config.yaml': 'rules: { image-tag: [warn, { floatingTags: 1 }] }\n',
      'ds.yaml': daemonSet(),
    })
    expect(daemonlint(['--print-config', 'ds.yaml'], { cwd }).status).toBe(2)
    const twice = daemonlint(['--no-config-lookup', '--print-config', 'ds.yaml', 'other.yaml'], { cwd })
    expect(twice.status).toBe(2)
    expect(twice.stderr).toContain('--print-config takes one file')
  })

  it('judges for the Kubernetes versions that are named', () => {
    const since = daemonSet().replace(
      '      containers:\n',
      '      resources: { requests: { cpu: 1 } }\n      containers:\n',
    )
    const cwd = folder({ 'ds.yaml': since })
    const rejected = (...args: string[]) =>
      lintJson([...args, 'ds.yaml'], { cwd }).rules.some((id) => id.startsWith('api-server/'))
    expect(rejected()).toBe(false)
    expect(rejected('--kubernetes-version', '1.29')).toBe(true)
    expect(rejected('--kubernetes-version', '1.36,1.29')).toBe(true)
    expect(rejected('--kubernetes-version', '1.36', '--kubernetes-version', '1.29')).toBe(true)
    expect(rejected('--kubernetes-version', '1.36')).toBe(false)
  })

  it('lets comments and annotations disable rules, unless told otherwise', () => {
    const text = latest.replace(
      '          image:',
      '          # daemonlint-disable-next-line image-tag -- testing\n          image:',
    )
    const cwd = folder({ 'ds.yaml': text, 'unused.yaml': `# daemonlint-disable image-tag\n${daemonSet()}` })
    expect(lintJson(['ds.yaml'], { cwd }).rules).toEqual([])
    expect(lintJson(['--no-inline-config', 'ds.yaml'], { cwd }).rules).toEqual(['image-tag'])
    expect(daemonlint(['unused.yaml'], { cwd }).status).toBe(0)
    expect(daemonlint(['--report-unused-disable-directives', 'unused.yaml'], { cwd }).status).toBe(1)
  })

  it('writes the report to a file', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const run = daemonlint(['--format', 'json', '--output-file', 'out/report.json', 'ds.yaml'], { cwd })
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8'))).toHaveLength(1)
  })

  it('takes a name after -- for a path', () => {
    const cwd = folder({ '--fix.yaml': latest })
    expect(lintJson(['--', '--fix.yaml'], { cwd }).results).toHaveLength(1)
  })
})

describe('colour', () => {
  const colours = (args: string[], env = {}) => {
    const run = daemonlint([...args, '--stdin'], { input: latest, env })
    return run.stdout.includes('\u{1b}[')
  }
  it('is used when asked for, and else on a terminal', () => {
    expect(colours([])).toBe(false)
    expect(colours(['--color'])).toBe(true)
    expect(colours([], { FORCE_COLOR: '1' })).toBe(true)
    expect(colours([], { FORCE_COLOR: '0' })).toBe(false)
    expect(colours(['--color'], { NO_COLOR: '1' })).toBe(true)
    expect(colours(['--no-color'], { FORCE_COLOR: '1' })).toBe(false)
    expect(colours([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false)
  })
})

describe('reports', () => {
  it('has one JSON result for every file read, clean ones included, with absolute paths', () => {
    const cwd = folder({ 'clean.yaml': daemonSet(), 'bad.yaml': latest, 'service.yaml': service })
    const run = lintJson(['.'], { cwd })
    expect(run.results.map((result) => result.filePath)).toEqual(
      ['bad.yaml', 'clean.yaml', 'service.yaml'].map((name) => join(cwd, name)),
    )
    expect(run.results[0]!.messages[0]).toMatchObject({
      ruleId: 'image-tag',
      severity: 1,
      field: 'spec.template.spec.containers[0].image',
      line: 28,
      column: 18,
      endLine: 28,
      endColumn: 30,
    })
  })

  it('shows paths from the current directory, the line with a marker, and a summary', () => {
    const cwd = folder({ 'manifests/ds.yaml': latest })
    const { stdout } = daemonlint(['manifests'], { cwd })
    expect(stdout).toContain('manifests/ds.yaml')
    expect(stdout).not.toContain(cwd)
    expect(stdout).toMatch(/28:18.*warning.*image-tag/)
    expect(stdout).toMatch(/image: agent:latest\n.*\^{12}/)
    expect(stdout).toMatch(/1 (workload|DaemonSet)/)
  })

  it('says the same twice', () => {
    const args = ['--no-color', 'examples']
    expect(daemonlint(args)).toEqual(daemonlint(args))
    expect(daemonlint(['--format', 'json', 'examples'])).toEqual(daemonlint(['--format', 'json', 'examples']))
  })
})

describe('subcommands', () => {
  it('writes a configuration that works, once', () => {
    const cwd = folder({ 'ds.yaml': latest })
    expect(daemonlint(['init'], { cwd })).toMatchObject({
      status: 0,
      stdout: 'Wrote daemonlint.config.yaml.\n',
    })
    const text = readFileSync(join(cwd, 'daemonlint.config.yaml'), 'utf8')
    expect(lintJson(['ds.yaml'], { cwd }).rules).toEqual(['image-tag'])
    const again = daemonlint(['init'], { cwd })
    expect(again.status).toBe(2)
    expect(again.stderr).toMatch(/exists/)
    expect(readFileSync(join(cwd, 'daemonlint.config.yaml'), 'utf8')).toBe(text)
  })

  it.each([
    ['toleration', /^ {2}api-server\/toleration-key$/m],
    ['toleration', /^ {2}redundant-toleration$/m],
    ['api-server/toleration', /^ {2}api-server\/toleration-key$/m],
    ['hostPort', /Did you mean 'host-port'\?/],
    ['containerPort', /Did you mean 'api-server\/container-port'\?/],
    ['portRange', /^ {2}limit-range$/m],
    ['hostIP', /^ {2}api-server\/host-ip-without-host-port$/m],
    ['too many tolerations', /^ {2}api-server\/toleration-key$/m],
    ['volume', /^ {2}unused-volume$/m],
    ['volume', /(?:^ {2}\S+\n){8}^ {2}and \d+ more$/m],
    ['api-server/unknown-feild', /Did you mean 'api-server\/unknown-field'\?/],
    ['unknown-feild', /Did you mean 'api-server\/unknown-field'\?/],
    ['api-server/image-tga', /Did you mean 'image-tag'\?/],
    ['api-sever/unknown-field', /^ {2}api-server\/unknown-field$/m],
  ])('explain %s leads to %s', (word, expected) => {
    const run = daemonlint(['explain', word])
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toMatch(expected)
    expect(run.stderr).toMatch(/docs\/rules\/README\.md/)
  })

  it.each(['api-server/nope', 'nope', '/', 'x'.repeat(10_000)])(
    'explain guesses nothing for %.20s',
    (word) => {
      const run = daemonlint(['explain', word])
      expect(run).toMatchObject({ status: 2, stdout: '' })
      expect(run.stderr).not.toMatch(/Did you mean|These/)
      expect(run.stderr).toMatch(/daemonlint rules lists the rules; docs\/rules\/README\.md/)
      expect(run.stderr.length).toBeLessThan(300)
    },
  )

  it.each(['house/registry', '@house/lint/image-tag'])('explain %s leads to no built-in rule', (id) => {
    expect(daemonlint(['explain', id])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(`'${id}' is a plugin's rule; explain knows the built-in rules only.\n`),
    })
  })

  it('explains every rule it lists', () => {
    const list = daemonlint(['rules', '--format', 'json'])
    expect(list.status).toBe(0)
    const ids = (JSON.parse(list.stdout) as { id: string }[]).map(({ id }) => id)
    expect(ids).toContain('image-tag')
    const pages = join(root, 'packages/cli/dist/pages')
    expect(ids.filter((id) => !existsSync(join(pages, `${id}.md`)))).toEqual([])
    expect(daemonlint(['explain', 'daemonlint/unused-directive']).stdout).toContain('hides nothing')
    const page = daemonlint(['explain', 'image-tag'])
    expect(page.status).toBe(0)
    expect(page.stdout).toMatch(/^image-tag\n/)
    expect(page.stdout).not.toMatch(/<!--|```/)
  })
})
