import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson } from './command.ts'

function git(cwd: string, ...args: string[]) {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
}

/** A repository whose files are committed on `main`; the work goes on in a branch. */
function repository(files: Record<string, string>): string {
  const path = folder(files)
  git(path, 'init', '-q', '-b', 'main')
  git(path, 'add', '.')
  git(path, 'commit', '-q', '-m', 'first')
  git(path, 'checkout', '-q', '-b', 'work')
  return path
}

const moving = (name: string) => daemonSet({ name, image: 'registry.example.com/agent:latest' })
const namesOf = ({ results }: ReturnType<typeof lintJson>, cwd: string) =>
  results.map(({ filePath }) => filePath.slice(cwd.length + 1))

describe('--since', () => {
  it('lints what is new or has changed, committed or not, and nothing else', () => {
    const cwd = repository({
      'same.yaml': moving('same'),
      'k8s/a.yaml': moving('a'),
      'k8s/b.yaml': moving('b'),
      'gone.yaml': moving('gone'),
    })
    writeFileSync(join(cwd, 'k8s/a.yaml'), moving('changed'))
    git(cwd, 'commit', '-q', '-a', '-m', 'second')
    writeFileSync(join(cwd, 'k8s/b.yaml'), moving('edited'))
    writeFileSync(join(cwd, 'new file.yaml'), moving('new'))
    rmSync(join(cwd, 'gone.yaml'))
    const run = lintJson(['--since', 'main'], { cwd })
    expect(namesOf(run, cwd)).toEqual(['k8s/a.yaml', 'k8s/b.yaml', 'new file.yaml'])
    expect(run.rules).toContain('image-tag')
    expect(namesOf(lintJson(['--since', 'main', '.'], { cwd: join(cwd, 'k8s') }), cwd)).toEqual([
      'k8s/a.yaml',
      'k8s/b.yaml',
    ])
  })

  it('runs no program that the configuration of a repository names', () => {
    const cwd = repository({ 'a.yaml': moving('a') })
    writeFileSync(join(cwd, 'a.yaml'), moving('changed'))
    for (const setting of ['core.fsmonitor', 'diff.external']) git(cwd, 'config', setting, 'touch ran; false')
    expect(namesOf(lintJson(['--since', 'main'], { cwd }), cwd)).toEqual(['a.yaml'])
    expect(existsSync(join(cwd, 'ran'))).toBe(false)
  })

  it('passes over no file of which the version says nothing', () => {
    const cwd = repository({ 'same.yaml': moving('same') })
    const other = folder({ 'b.yaml': moving('b') })
    const { results } = lintJson(['--since', 'main', '.', join(other, 'b.yaml')], { cwd })
    expect(results.map(({ filePath }) => filePath)).toEqual([join(other, 'b.yaml')])
    mkdirSync(join(cwd, 'inner/deep'), { recursive: true })
    writeFileSync(join(cwd, 'inner/deep/c.yaml'), moving('c'))
    git(join(cwd, 'inner'), 'init', '-q')
    expect(namesOf(lintJson(['--since', 'main'], { cwd }), cwd)).toEqual(['inner/deep/c.yaml'])
  })

  it('takes the commit where the branch began, not what others did since', () => {
    const cwd = repository({ 'a.yaml': moving('a'), 'b.yaml': moving('b') })
    writeFileSync(join(cwd, 'a.yaml'), moving('ours'))
    git(cwd, 'commit', '-q', '-a', '-m', 'ours')
    git(cwd, 'checkout', '-q', 'main')
    writeFileSync(join(cwd, 'b.yaml'), moving('theirs'))
    git(cwd, 'commit', '-q', '-a', '-m', 'theirs')
    git(cwd, 'checkout', '-q', 'work')
    expect(namesOf(lintJson(['--since', 'main'], { cwd }), cwd)).toEqual(['a.yaml'])
  })

  it('says that a selector has changed, also in a file that was moved', () => {
    const cwd = repository({ 'a.yaml': daemonSet(), 'b.yaml': daemonSet({ name: 'other' }) })
    const changed = daemonSet().replaceAll('app: agent', 'app: renamed')
    writeFileSync(join(cwd, 'a.yaml'), changed)
    mkdirSync(join(cwd, 'k8s'))
    renameSync(join(cwd, 'a.yaml'), join(cwd, 'k8s/agent.yaml'))
    git(cwd, 'add', '-A')
    const { status, found } = lintJson(['--since', 'main'], { cwd })
    expect(found).toContain('selector-unchanged 11:3')
    expect(status).toBe(1)
    const input = daemonSet({ name: 'other' }).replaceAll('app: other', 'app: renamed')
    writeFileSync(join(cwd, 'b.yaml'), `${input}# edited\n`)
    const piped = lintJson(['--since', 'main', '--stdin', '--stdin-filename', 'b.yaml'], { cwd, input })
    expect(piped.found).toContain('selector-unchanged 11:3')
    expect(lintJson(['.'], { cwd }).rules).not.toContain('selector-unchanged')
  })

  it('is content where nothing has changed', () => {
    const cwd = repository({ 'a.yaml': moving('a') })
    const { status, stdout, stderr } = daemonlint(['--since', 'main', 'a.yaml'], { cwd })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('0 files read')
  })

  it.each([
    ['nowhere', "--since nowhere: There is no 'nowhere' in this repository."],
    ['main..work', "There is no 'main..work' in this repository."],
  ])('exits with 2 for %s', (reference, message) => {
    const cwd = repository({ 'a.yaml': moving('a') })
    const { status, stderr } = daemonlint(['--since', reference], { cwd })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(status).toBe(2)
  })

  it('takes what begins with a dash for no option of git', () => {
    const cwd = repository({ 'a.yaml': moving('a') })
    const { status, stderr } = daemonlint(['--since=--output=x'], { cwd })
    expect(stderr).toContain("There is no '--output=x' in this repository.")
    expect(status).toBe(2)
  })

  it('exits with 2 outside of a repository, and without git', () => {
    const cwd = folder({ 'a.yaml': daemonSet() })
    const outside = daemonlint(['--since', 'main'], {
      cwd,
      env: { GIT_CEILING_DIRECTORIES: join(cwd, '..') },
    })
    expect(outside.stderr).toContain('is in no git repository')
    expect(outside.status).toBe(2)
    const node = `PATH=/nowhere exec ${process.execPath} "$@"`
    const without = daemonlint(['--since', 'main'], { cwd, shell: node })
    expect(without.stderr).toContain('git cannot be run: git is not installed.')
    expect(without.status).toBe(2)
  })
})
