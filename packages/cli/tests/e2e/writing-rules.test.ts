import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonSet, folder, lintJson, root } from './command.ts'

const page = readFileSync(join(root, 'docs/writing-rules.md'), 'utf8')
const files = Object.fromEntries(
  [...page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```/gm)].map(([, name, text]) => [name!, text!]),
)
const test = files['plugin.test.js']!

/** The page's files, with the packages installed that they import. */
function project(texts: Record<string, string>): string {
  const cwd = folder({ 'package.json': '{ "type": "module" }', ...texts })
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
  return cwd
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
