import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A copy of what the script reads and writes. */
function workspace(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  for (const part of [
    'rules/src',
    'rules/scripts',
    'rules/tests/rules',
    'rules/package.json',
    'docs/rules',
    'packages/core/src',
  ]) {
    cpSync(join(root, part), join(path, part), { recursive: true })
  }
  symlinkSync(join(root, 'rules/node_modules'), join(path, 'rules/node_modules'))
  symlinkSync(join(root, 'packages/core/node_modules'), join(path, 'packages/core/node_modules'))
  return path
}

function newRule(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['rules/scripts/new-rule.mjs', ...args], {
    cwd,
    encoding: 'utf8',
  })
  return { status, stdout, stderr: stderr.trim() }
}

it('writes a rule, its page and its test, and what follows from them; once', () => {
  const cwd = workspace()
  const { status, stdout, stderr } = newRule(cwd, 'scaffolded', 'security')
  expect([status, stderr]).toEqual([0, ''])
  for (const file of [
    'rules/src/rules/scaffolded.ts',
    'rules/tests/rules/scaffolded.test.ts',
    'docs/rules/scaffolded.md',
  ]) {
    expect(stdout.split('\n').filter((line) => line === `wrote ${file}`)).toHaveLength(1)
  }
  expect(stdout).toMatch(/: npm test -- rules biome types\n$/)
  expect(readFileSync(join(cwd, 'rules/src/rules.generated.ts'), 'utf8')).toContain('scaffolded,')
  expect(readFileSync(join(cwd, 'docs/rules/scaffolded.md'), 'utf8')).toContain('- Presets: `strict` (warn)')
  const again = newRule(cwd, 'scaffolded')
  expect(again.stderr).toBe('rules/src/rules/scaffolded.ts is there already; nothing was written.')
  expect(again.status).toBe(2)
})

it.each([
  [[], 'Usage: npm run new-rule -- NAME [CATEGORY]'],
  [['Host_PID'], "'Host_PID' is no name for a rule: lower-case letters and single dashes, such as host-ipc."],
  [['../x'], "'../x' is no name for a rule"],
  [['host-pid', 'cat'], "'cat' is no category. Known are correctness, scheduling, rollout,"],
])('refuses %j', (args, message) => {
  const { status, stderr } = newRule(root, ...args)
  expect(stderr).toContain(message)
  expect(status).toBe(2)
})
