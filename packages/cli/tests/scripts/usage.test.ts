import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('scripts of bench/, fuzz/ and scripts/', () => {
  it.each([
    [['bench/validate.mjs', 'nofile'], 'nofile does not exist'],
    [['bench/validate.mjs', 'bench'], 'bench is no file'],
    [['bench/startup.mjs', '1', 'nofile'], 'nofile does not exist'],
    [['bench/startup.mjs', 'few'], "not 'few'"],
    [['bench/corpus.mjs', 'nofolder', 'b', 'c'], 'nofolder does not exist'],
    [['bench/corpus.mjs'], 'Usage: node bench/corpus.mjs'],
    [['scripts/verify/pre-commit.mjs', '--nope'], "Unknown option '--nope'"],
    [['fuzz/run.mjs'], '--verdicts COMMAND'],
    [['fuzz/run.mjs', '--nope'], "Unknown option '--nope'"],
    [['fuzz/run.mjs', '--only', '1', '--corpus', 'nofolder'], 'nofolder'],
  ])('tell what was given wrongly, and end with 2: %j', (args, message) => {
    const { status, stdout, stderr } = run(...args)
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/^ +at /m)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })

  it('describe every option of the fuzzer', () => {
    const { status, stdout } = run('fuzz/run.mjs', '--help')
    expect(status).toBe(0)
    for (const option of ['verdicts', 'seed', 'from', 'only', 'corpus', 'text-share', 'sources', 'quiet']) {
      expect(stdout).toMatch(new RegExp(`^  --${option} .*\\w+ \\w+|^  --${option} +no`, 'm'))
    }
  })
})
