import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson, root } from './command.ts'

const page = readFileSync(join(root, 'docs/writing-rules.md'), 'utf8')
const files = Object.fromEntries(
  [...page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```/gm)].map(([, name, text]) => [name!, text!]),
)
const test = files['plugin.test.js']!

/** The page's files, with the packages installed that they import. */
function project(texts: Record<string, string>): string {
  const cwd = folder({ 'package.json': '{ "type": "module" }', ...texts })
  installPackages(cwd)
  return cwd
}

function installPackages(cwd: string): void {
  const packages = {
    daemonlint: 'packages/cli',
    '@daemonlint/core': 'packages/core',
    vitest: 'packages/cli/node_modules/vitest',
  }
  for (const [name, path] of Object.entries(packages)) {
    const link = join(cwd, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, path), link)
  }
}

function run(program: string, args: string[], cwd: string): { status: number | null; output: string } {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_TEST_CONTEXT: undefined }
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env })
  return { status, output: stdout + stderr }
}

describe('docs/writing-rules.md', () => {
  it('has a plugin, a configuration and a test', () => {
    expect(Object.keys(files)).toEqual(['plugin.js', 'daemonlint.config.yaml', 'plugin.test.js'])
    expect(page.match(/^```/gm)).toHaveLength(6)
  })

  it('names the plugin in a configuration, with nothing installed', () => {
    const cwd = folder({ ...files, 'ds.yaml': daemonSet() })
    const { results, stderr } = lintJson(['ds.yaml'], { cwd })
    expect(stderr).toBe('')
    expect(results[0]!.messages).toMatchObject([
      {
        ruleId: 'house/owner-label',
        message: '`agent` has no label `owner`: nobody knows whom to call when it fails on every node.',
        suggestions: [{ desc: 'Make `platform` the owner.' }, { desc: 'Make `storage` the owner.' }],
      },
    ])
  })

  it('has a test that passes with vitest', () => {
    const cwd = project({ 'plugin.js': files['plugin.js']!, 'plugin.test.js': test })
    const vitest = join(root, 'packages/cli/node_modules/vitest/vitest.mjs')
    const { status, output } = run(process.execPath, [vitest, 'run', '--reporter=verbose'], cwd)
    expect(output).toMatch(/6 passed/)
    expect(status).toBe(0)
  })

  it('has a test that passes with node --test, and fails where the rule is wrong', () => {
    const text = test.replace(`from 'vitest'`, `from 'node:test'`)
    expect(text).not.toBe(test)
    const plugin = files['plugin.js']!
    const good = run(process.execPath, ['--test'], project({ 'plugin.js': plugin, 'plugin.test.js': text }))
    expect(good.output).toMatch(/pass 6\b/)
    expect(good.status).toBe(0)
    const wrong = plugin.replace('fixer.set(path, team)', `fixer.set(path, 'x')`)
    const bad = run(process.execPath, ['--test'], project({ 'plugin.js': wrong, 'plugin.test.js': text }))
    expect(bad.output).toMatch(/fail 1\b/)
    expect(bad.status).toBe(1)
  })
})

describe('examples/plugin', () => {
  const example = join(root, 'examples/plugin')

  /** A repository that has the package installed, as npm would. */
  function repository(files: Record<string, string>): string {
    const cwd = folder({ 'package.json': '{ "type": "module" }', ...files })
    cpSync(example, join(cwd, 'node_modules/daemonlint-plugin-house'), { recursive: true })
    return cwd
  }

  it('works as its README says', () => {
    const readme = readFileSync(join(example, 'README.md'), 'utf8')
    const [, args] = /^node_modules\/\.bin\/daemonlint (.*)$/m.exec(readme)!
    expect(daemonlint(args!.split(' '), { cwd: root }).stdout).toContain('house/registry')
  })

  it('is found by its name, and looks at resources in other files', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: monitoring }\n'
    const cwd = repository({
      'daemonlint.config.yaml': `- plugins: { house: daemonlint-plugin-house }
- extends: house/recommended
  settings: { house: { registries: [mirror.example.com] } }
`,
      'k8s/daemon-set.yaml': daemonSet(),
      'k8s/namespace.yaml': namespace,
      'k8s/kustomization.yaml': 'resources: [daemon-set.yaml, namespace.yaml]\n',
    })
    const { results, stderr } = lintJson(['k8s/daemon-set.yaml'], { cwd })
    expect(stderr).toBe('')
    expect(results[0]!.messages).toMatchObject([
      { ruleId: 'house/namespace-owner', line: 5, severity: 0 },
      {
        ruleId: 'house/registry',
        severity: 1,
        suggestions: [{ desc: 'Pull it through mirror.example.com' }],
      },
    ])
  })

  it('has its settings checked', () => {
    const cwd = repository({
      'daemonlint.config.yaml':
        'plugins: { house: daemonlint-plugin-house }\nsettings: { house: { registry: [a] } }\n',
      'a.yaml': daemonSet(),
    })
    const { status, stderr } = daemonlint(['a.yaml'], { cwd })
    expect(stderr).toContain('settings: house has no \'registry\'. Known are "registries".')
    expect(status).toBe(2)
  })

  it('has tests that pass with node --test', () => {
    const cwd = repository({})
    const plugin = join(cwd, 'node_modules/daemonlint-plugin-house')
    installPackages(plugin)
    const tests = readdirSync(join(plugin, 'tests')).filter((name) => name.endsWith('.test.js'))
    const { status, output } = run(
      process.execPath,
      ['--test', ...tests.map((name) => `tests/${name}`)],
      plugin,
    )
    expect(output).toMatch(/pass 1[0-9]\b/)
    expect(status, output).toBe(0)
  })
})
