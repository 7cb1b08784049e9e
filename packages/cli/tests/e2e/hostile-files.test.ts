import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson } from './command.ts'

const latest = daemonSet({ image: 'agent:latest' })
/** A deprecated label, whose fix changes the pod template. */
const outdated = latest.replace('kubernetes.io/os:', 'beta.kubernetes.io/os:')
const isPosix = process.platform !== 'win32'
const hasFullDevice = process.platform === 'linux'

describe('--fix', () => {
  it.runIf(isPosix)('does not claim what it could not write, and reports the file as it is', () => {
    const cwd = folder({ 'ds.yaml': outdated, 'other.yaml': latest })
    const run = daemonlint(['--fix', '.'], { cwd, shell: 'ulimit -f 0; "$@"' })
    expect(run.stderr).toMatch(
      /ds\.yaml cannot be written: the file would be larger than the system allows\.\n$/,
    )
    expect(run.status).toBe(2)
    expect(run.stdout).not.toMatch(/written|were made|restart/)
    expect(run.stdout).toMatch(/deprecated-node-label/)
    expect(run.stdout).toMatch(/other\.yaml/)
    expect(readFileSync(join(cwd, 'ds.yaml'), 'utf8')).toBe(outdated)
    expect(readdirSync(cwd).sort()).toEqual(['ds.yaml', 'other.yaml'])
  })

  it('takes the longest of names', () => {
    const name = `${'x'.repeat(250)}.yaml`
    const cwd = folder({ [name]: outdated })
    expect(daemonlint(['--fix', name], { cwd }).status).toBe(0)
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(latest)
  })

  it('leaves a file that was saved in the meantime', () => {
    const saved = outdated.replace('name: agent', 'name: saved')
    const cwd = folder({
      'ds.yaml': outdated,
      'daemonlint.config.mjs': `import { writeFileSync } from 'node:fs'
        const meta = { type: 'problem', docs: { description: 'x', category: 'metadata', presets: {} }, messages: {} }
        const create = ({ filePath }) => ({ root() { writeFileSync(filePath, ${JSON.stringify(saved)}) } })
        export default [{ extends: 'daemonlint/recommended' },
          { plugins: { mine: { rules: { saves: { meta, create } } } }, rules: { 'mine/saves': 'error' } }]`,
    })
    const run = lintJson(['--fix', 'ds.yaml'], { cwd })
    expect(run.stderr).toMatch(/ds\.yaml was changed while it was linted, so it is left as it is/)
    expect(run.status).toBe(2)
    expect(readFileSync(join(cwd, 'ds.yaml'), 'utf8')).toBe(saved)
    expect(run.rules).toContain('deprecated-node-label')
    expect(run.results[0]).not.toHaveProperty('output')
  })
})

describe('--output-file', () => {
  it('is no file that is linted', () => {
    const cwd = folder({ 'ds.yaml': outdated })
    symlinkSync('ds.yaml', join(cwd, 'link.yaml'))
    for (const args of [['ds.yaml'], ['--fix', '.'], ['link.yaml']]) {
      const run = daemonlint(['--output-file', 'ds.yaml', ...args], { cwd })
      expect(run.stderr).toMatch(/--output-file .*ds\.yaml is one of the files to lint/)
      expect(run).toMatchObject({ status: 2, stdout: '' })
      expect(readFileSync(join(cwd, 'ds.yaml'), 'utf8')).toBe(outdated)
    }
  })

  it('may be the report of an earlier run', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const args = ['--format', 'json', '--output-file', 'report.json', '.']
    for (let round = 0; round < 2; round++)
      expect(daemonlint(args, { cwd })).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))[0].messages).not.toEqual([])
  })

  it.runIf(isPosix)('is written as a whole or not at all', () => {
    const cwd = folder({ 'ds.yaml': latest, 'out/report.txt': 'of yesterday' })
    const args = ['--output-file', 'out/report.txt', 'ds.yaml']
    const run = daemonlint(args, { cwd, shell: 'ulimit -f 0; "$@"' })
    expect(run.stderr).toMatch(/--output-file .* cannot be written: /)
    expect(run.status).toBe(2)
    expect(readFileSync(join(cwd, 'out/report.txt'), 'utf8')).toBe('of yesterday')
    expect(readdirSync(join(cwd, 'out'))).toEqual(['report.txt'])
    expect(daemonlint(args, { cwd }).status).toBe(0)
    expect(readFileSync(join(cwd, 'out/report.txt'), 'utf8')).toContain('image-tag')
    expect(statSync(join(cwd, 'out/report.txt')).mode & 0o111).toBe(0)
    const printed = daemonlint(['--output-file', '/dev/stdout', 'ds.yaml'], { cwd, shell: '"$@" | cat' })
    expect(printed.stdout).toContain('image-tag')
  })
})

describe('what cannot be read or written', () => {
  it.runIf(isPosix)('is declined where it may never end', () => {
    const cwd = folder({ 'ds.yaml': latest })
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')])
    const run = lintJson(['ds.yaml', 'pipe.yaml', '/dev/zero'], { cwd })
    expect(run.stderr).toMatch(/pipe\.yaml cannot be read: it is a named pipe/)
    expect(run.stderr).toMatch(/\/dev\/zero cannot be read: it is a device/)
    expect(run.rules).toEqual(['image-tag'])
    expect(run.status).toBe(2)
    execFileSync('mkfifo', [join(cwd, 'kustomization.yaml')])
    expect(lintJson(['ds.yaml'], { cwd }).status).toBe(0)
    execFileSync('mkfifo', [join(cwd, 'daemonlint.config.yaml')])
    expect(daemonlint(['ds.yaml'], { cwd }).stderr).toMatch(
      /daemonlint\.config\.yaml: Cannot be read: it is a named pipe/,
    )
  })

  it.runIf(isPosix)('is not a process substitution, which is read', () => {
    const cwd = folder({ 'ds.yaml': outdated })
    const run = lintJson([], { cwd, shell: '"$@" <(sleep 0.2; cat ds.yaml)' })
    expect(run.rules).toEqual(['deprecated-node-label', 'image-tag'])
    expect(run).toMatchObject({ status: 0, stderr: '' })
    const fix = lintJson(['--fix'], { cwd, shell: '"$@" <(cat ds.yaml)' })
    expect(fix.rules).toEqual(['deprecated-node-label', 'image-tag'])
    expect(fix.stderr).toMatch(/cannot be written/)
    expect(fix.status).toBe(2)
  })

  it('is told of standard input', () => {
    const cwd = folder()
    const run = daemonlint(['--stdin'], { cwd, shell: '"$@" < .' })
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toBe('daemonlint: Standard input cannot be read: it is a directory.\n')
  })

  it.runIf(hasFullDevice)('is told of standard output', () => {
    const cwd = folder({ 'ds.yaml': latest })
    const run = daemonlint(['ds.yaml'], { cwd, shell: '"$@" > /dev/full' })
    expect(run.stderr).toBe(
      'daemonlint: Standard output cannot be written: no space is left on the device.\n',
    )
    expect(run.status).toBe(2)
    expect(daemonlint(['none.yaml'], { cwd, shell: '"$@" 2> /dev/full' }).status).toBe(2)
    expect(daemonlint(['--none'], { cwd, shell: '"$@" 2> /dev/full' }).status).toBe(2)
  })

  it.runIf(isPosix)('is told of a current directory that is gone', () => {
    const cwd = folder({ 'ds.yaml': latest })
    mkdirSync(join(cwd, 'gone'))
    const run = daemonlint(['../ds.yaml'], { cwd, shell: 'cd gone; rmdir ../gone; "$@"' })
    expect(run.stderr).toMatch(/^daemonlint: The current directory is gone/)
    expect(run.status).toBe(2)
    rmSync(join(cwd, 'gone'), { recursive: true, force: true })
  })

  it.runIf(isPosix)('is told of init', () => {
    const cwd = folder()
    const run = daemonlint(['init'], { cwd, shell: 'ulimit -f 0; "$@"' })
    expect(run.stderr).toMatch(/^daemonlint: daemonlint\.config\.yaml cannot be written here: /)
    expect(run.status).toBe(2)
  })
})

describe('names', () => {
  it.runIf(isPosix)('with line ends stay on their line', () => {
    const cwd = folder({ 'a\nb.yaml': latest })
    expect(daemonlint(['.'], { cwd }).stdout).toMatch(/^a\\nb\.yaml\n/)
    expect(daemonlint(['c\nd\x1bm.yaml'], { cwd }).stderr).toBe(
      'daemonlint: c\\nd\\u001bm.yaml does not exist.\n',
    )
  })

  it.runIf(hasFullDevice)('that are not UTF-8 are spoken of as such', () => {
    const cwd = folder({ 'ds.yaml': latest })
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/x`), Buffer.from([0xff]), Buffer.from('.yaml')]), latest)
    const run = lintJson(['.'], { cwd })
    expect(run.stderr).toMatch(/x\ufffd\.yaml cannot be read: .*its name is not UTF-8; rename it/)
    expect(run.rules).toEqual(['image-tag'])
    expect(run.status).toBe(2)
    const named = daemonlint([], { cwd, shell: `"$@" $'x\\xff.yaml'` })
    expect(named.stderr).toMatch(/its name is not UTF-8/)
  })
})
