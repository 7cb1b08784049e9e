import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson } from './command.ts'

/** A deprecated label, whose fix changes the pod template. */
const outdated = daemonSet().replace('kubernetes.io/os:', 'beta.kubernetes.io/os:')
const mended = daemonSet()

describe('--fix', () => {
  it('writes the file, names the DaemonSets that will roll, and changes nothing the second time', () => {
    const cwd = folder({ 'ds.yaml': outdated, 'clean.yaml': mended })
    const before = statSync(join(cwd, 'clean.yaml')).mtimeMs
    const run = daemonlint(['--fix', '.'], { cwd })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('monitoring/agent')
    expect(readFileSync(join(cwd, 'ds.yaml'), 'utf8')).toBe(mended)
    const after = statSync(join(cwd, 'ds.yaml')).mtimeMs
    daemonlint(['--fix', '.'], { cwd })
    expect(statSync(join(cwd, 'ds.yaml')).mtimeMs).toBe(after)
    expect(statSync(join(cwd, 'clean.yaml')).mtimeMs).toBe(before)
    expect(readdirSync(cwd).sort()).toEqual(['clean.yaml', 'ds.yaml'])
  })

  it('keeps the byte order mark, line ends and mode', () => {
    const text = `\u{feff}${outdated.replaceAll('\n', '\r\n')}`
    const cwd = folder({ 'ds.yaml': text })
    const file = join(cwd, 'ds.yaml')
    chmodSync(file, 0o640)
    daemonlint(['--fix', 'ds.yaml'], { cwd })
    expect(readFileSync(file, 'utf8')).toBe(`\u{feff}${mended.replaceAll('\n', '\r\n')}`)
    expect(statSync(file).mode & 0o777).toBe(0o640)
  })

  it('changes what a symbolic link leads to, and leaves the link', () => {
    const cwd = folder({ 'real/ds.yaml': outdated })
    symlinkSync('real/ds.yaml', join(cwd, 'link.yaml'))
    daemonlint(['--fix', 'link.yaml'], { cwd })
    expect(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(cwd, 'real/ds.yaml'), 'utf8')).toBe(mended)
  })

  it('says what it could not write, and exits with 2', () => {
    const cwd = folder({ 'ds.yaml': outdated })
    const file = join(cwd, 'ds.yaml')
    chmodSync(file, 0o444)
    // A super-user may write anything; then there is nothing to refuse.
    const isRoot = process.getuid?.() === 0
    const run = daemonlint(['--fix', 'ds.yaml'], { cwd })
    expect(run.status).toBe(isRoot ? 0 : 2)
    expect(run.stderr).toMatch(isRoot ? /^$/ : /ds\.yaml.*permission denied/)
    expect(readFileSync(file, 'utf8')).toBe(isRoot ? mended : outdated)
  })

  it('mends errors alone with --quiet', () => {
    const text = outdated.replace('kind: DaemonSet', 'kind: Daemonset')
    const cwd = folder({ 'ds.yaml': text })
    daemonlint(['--fix', '--quiet', 'ds.yaml'], { cwd })
    expect(readFileSync(join(cwd, 'ds.yaml'), 'utf8')).toBe(outdated)
  })
})

describe('--fix-dry-run', () => {
  it('gives the output in JSON and writes nothing', () => {
    const cwd = folder({ 'ds.yaml': outdated })
    const run = lintJson(['--fix-dry-run', 'ds.yaml'], { cwd })
    expect(run.results[0]!.output).toBe(mended)
    expect(run.status).toBe(0)
    expect(readFileSync(join(cwd, 'ds.yaml'), 'utf8')).toBe(outdated)
  })

  it('works on standard input', () => {
    const run = lintJson(['--fix-dry-run', '--stdin'], { input: outdated })
    expect(run.results[0]!.output).toBe(mended)
  })

  it('has no output where nothing changes', () => {
    const run = lintJson(['--fix-dry-run', '--stdin'], { input: mended })
    expect(run.results[0]).not.toHaveProperty('output')
  })
})
