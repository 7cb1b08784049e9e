import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { command, daemonlint, daemonSet, folder } from './command.ts'

const latest = daemonSet({ image: 'registry.example.com/agent:latest' })
const name = '.daemonlintcache'

/** What a run with the cache prints; the same as one without. */
function lint(cwd: string, ...args: string[]) {
  const run = daemonlint(['--cache', ...args], { cwd })
  const plain = daemonlint(
    args.filter((arg) => !arg.startsWith('--cache-location')),
    { cwd },
  )
  expect(run.stdout).toBe(plain.stdout)
  expect(run.status).toBe(plain.status)
  return run
}

describe('--cache', () => {
  it.each(['stylish', 'json'])('prints byte for byte what the first run printed: %s', (format) => {
    const cwd = folder({
      'k8s/a.yaml': latest,
      'k8s/b.yaml': `\ufeff${latest}`,
      'k8s/c.yaml': 'kind: DaemonSet\n  x',
    })
    const first = lint(cwd, '-f', format)
    expect(lint(cwd, '-f', format)).toEqual(first)
    expect(readFileSync(join(cwd, name), 'utf8')).toMatch(/^daemonlint-cache 1 /)
  })

  it('fills in for every format what any of them needs', () => {
    const cwd = folder({ 'a.yaml': latest })
    lint(cwd)
    const { ino } = statSync(join(cwd, name))
    lint(cwd, '-f', 'json')
    lint(cwd, '--quiet')
    lint(cwd, '--max-warnings', '0')
    expect(statSync(join(cwd, name)).ino).toBe(ino)
  })

  it('forgets files that are gone', () => {
    const cwd = folder({ 'a.yaml': latest, 'b.yaml': latest })
    lint(cwd)
    rmSync(join(cwd, 'a.yaml'))
    writeFileSync(join(cwd, 'b.yaml'), `${latest}# edited\n`)
    lint(cwd)
    const text = readFileSync(join(cwd, name), 'utf8')
    expect(text).toContain('"b.yaml"')
    expect(text).not.toContain('"a.yaml"')
  })

  it('keeps the results of other files where only some are named', () => {
    const cwd = folder({ 'a.yaml': latest, 'b.yaml': latest })
    lint(cwd)
    writeFileSync(join(cwd, 'a.yaml'), `${latest}# edited\n`)
    lint(cwd, 'a.yaml')
    expect(readFileSync(join(cwd, name), 'utf8')).toContain('"b.yaml"')
  })

  it('holds in a tree that was moved', () => {
    const cwd = folder({ 'tree/a.yaml': latest })
    lint(join(cwd, 'tree'))
    renameSync(join(cwd, 'tree'), join(cwd, 'moved'))
    const before = statSync(join(cwd, 'moved', name)).ino
    lint(join(cwd, 'moved'))
    expect(statSync(join(cwd, 'moved', name)).ino).toBe(before)
  })

  it.each([
    ['cut short', (text: string) => text.slice(0, -100)],
    ['changed', (text: string) => text.replace('image-tag', 'image-tug')],
    [
      'of another version',
      (text: string) => text.replace(/^daemonlint-cache 1 \S+/, 'daemonlint-cache 1 0.0.9+x'),
    ],
    ['empty', () => ''],
  ])('makes one anew that is %s', (_, damage) => {
    const cwd = folder({ 'a.yaml': latest })
    lint(cwd)
    const text = readFileSync(join(cwd, name), 'utf8')
    writeFileSync(join(cwd, name), damage(text))
    expect(lint(cwd).stderr).toBe('')
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(text)
  })

  it('overwrites nothing that is no cache', () => {
    const cwd = folder({ 'a.yaml': latest, 'notes.txt': 'mine\n' })
    const { stderr } = lint(cwd, '--cache-location=notes.txt')
    expect(stderr).toBe(
      `daemonlint: --cache: ${cwd}/notes.txt is not a cache of daemonlint's, so it is left as it is and no results are kept.\n`,
    )
    expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('mine\n')
    expect(lint(cwd, '--cache-location=/dev/null').stderr).toContain('/dev/null is no file')
  })

  it('takes a directory, and makes it where it ends with a slash', () => {
    const cwd = folder({ 'a.yaml': latest })
    for (let turn = 0; turn < 2; turn++) lint(cwd, '--cache-location=kept/here/')
    expect(readdirSync(join(cwd, 'kept/here'))).toEqual([expect.stringMatching(/^\.cache_\w{12}$/)])
    lint(cwd, '--cache-location=kept/here')
    expect(readdirSync(join(cwd, 'kept/here'))).toHaveLength(1)
  })

  it.runIf(process.getuid?.() !== 0)('reports findings also where it cannot write', () => {
    const cwd = folder({ 'a.yaml': latest })
    mkdirSync(join(cwd, 'locked'))
    chmodSync(join(cwd, 'locked'), 0o555)
    expect(lint(cwd, '--cache-location=locked/cache').stderr).toContain('cannot be written')
  })

  it('reports findings also where its folder cannot be made', () => {
    const cwd = folder({ 'a.yaml': latest, file: '' })
    const { stderr, stdout } = lint(cwd, '--cache-location=file/cache')
    expect(stderr).toMatch(/^daemonlint: --cache: .*file\/cache cannot be (read|written): .*\n$/)
    expect(stdout).toContain('image-tag')
  })

  it('writes nothing where nothing was linted', () => {
    const cwd = folder({ 'notes.txt': '' })
    daemonlint(['--cache'], { cwd })
    expect(existsSync(join(cwd, name))).toBe(false)
  })

  it('survives several runs at once', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`${at}.yaml`, daemonSet({ name: `a${at}` })]),
    )
    const cwd = folder(files)
    const codes = Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, [command, '--cache'], { cwd, stdio: 'ignore' })
      return new Promise((resolve) => child.once('exit', resolve))
    })
    expect(await Promise.all(codes)).toEqual([0, 0, 0, 0])
    expect(lint(cwd).stderr).toBe('')
    expect(readdirSync(cwd).filter((file) => file.endsWith('.tmp'))).toEqual([])
  })

  it.each([
    [['--cache', '--cache-location', 'c.json'], 'would be taken for a manifest'],
    [['--cache-location', 'c'], '--cache-location needs --cache.'],
    [['--cache', '--stdin'], '--stdin and --cache cannot be used together.'],
  ])('exits with 2 for %j', (args, message) => {
    const { status, stderr } = daemonlint(args, { cwd: folder({ 'a.yaml': latest }) })
    expect(stderr).toContain(message)
    expect(status).toBe(2)
  })
})
