import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder, lintJson, service } from './command.ts'

function git(cwd: string, ...args: string[]) {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  const file = ['-c', 'protocol.file.allow=always']
  const { status, stderr } = spawnSync('git', [...identity, ...file, ...args], { cwd, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
}

function repository(files: Record<string, string>, commit = true): string {
  const path = folder(files)
  git(path, 'init', '-q', '-b', 'main')
  if (!commit) return path
  git(path, 'add', '.')
  git(path, 'commit', '-q', '-m', 'first')
  return path
}

const tagged = (tag: string) => daemonSet({ image: `registry.example.com/agent:${tag}` })
const latest = tagged('latest')

function lintedIn(cwd: string, ...args: string[]): string[] {
  return lintJson(args, { cwd }).results.map(({ filePath }) => filePath.slice(cwd.length + 1))
}

describe('--staged', () => {
  it('lints what is staged: added, modified, copied and moved files, and no others', () => {
    const cwd = repository({
      'same.yaml': latest,
      'edited.yaml': latest,
      'gone.yaml': latest,
      'old.yaml': latest,
    })
    writeFileSync(join(cwd, 'edited.yaml'), tagged('1.2.3'))
    writeFileSync(join(cwd, 'new.yaml'), service)
    renameSync(join(cwd, 'old.yaml'), join(cwd, 'moved.yaml'))
    rmSync(join(cwd, 'gone.yaml'))
    git(cwd, 'add', '-A')
    writeFileSync(join(cwd, 'untracked.yaml'), latest)
    writeFileSync(join(cwd, 'same.yaml'), tagged('main'))
    expect(lintedIn(cwd, '--staged')).toEqual(['edited.yaml', 'moved.yaml', 'new.yaml'])
    expect(lintedIn(cwd, '--staged', 'new.yaml', 'same.yaml')).toEqual(['new.yaml'])
    mkdirSync(join(cwd, 'inner'))
    expect(lintedIn(cwd, '--staged', '.', '--ignore-pattern', 'm*')).toEqual(['edited.yaml', 'new.yaml'])
  })

  it('judges the text that is staged, not the one on the disk', () => {
    const cwd = repository({ 'a.yaml': tagged('1.2.3'), 'b.yaml': tagged('1.2.3') })
    writeFileSync(join(cwd, 'a.yaml'), latest)
    writeFileSync(join(cwd, 'b.yaml'), `${tagged('1.2.3')}# edited\n`)
    git(cwd, 'add', '.')
    writeFileSync(join(cwd, 'a.yaml'), tagged('1.2.3'))
    writeFileSync(join(cwd, 'b.yaml'), latest)
    const { results } = lintJson(['--staged'], { cwd })
    const rules = results.map(({ messages }) => messages.map(({ ruleId }) => ruleId))
    expect(rules).toEqual([['image-tag'], []])
  })

  it('sees other files as they are staged too, and those that git does not know from the disk', () => {
    const kustomization = 'resources: [a.yaml]\nimages: [{ name: registry.example.com/agent, newTag: v1 }]\n'
    const cwd = repository({ 'a.yaml': tagged('1.2.3'), 'kustomization.yaml': kustomization })
    writeFileSync(join(cwd, 'a.yaml'), latest)
    git(cwd, 'add', '.')
    expect(lintJson(['--staged'], { cwd }).found).toEqual([])
    writeFileSync(join(cwd, 'kustomization.yaml'), 'resources: [a.yaml]\n')
    expect(lintJson(['--staged'], { cwd }).found).toEqual([])
    expect(lintJson(['--changed'], { cwd }).rules).toEqual(['image-tag'])
    git(cwd, 'add', '.')
    expect(lintJson(['--staged'], { cwd }).rules).toEqual(['image-tag'])
  })

  it('lints what is staged and gone from the disk', () => {
    const cwd = repository({ 'k8s/same.yaml': service })
    writeFileSync(join(cwd, 'k8s/new.yaml'), latest)
    git(cwd, 'add', '.')
    rmSync(join(cwd, 'k8s/new.yaml'))
    expect(lintedIn(cwd, '--staged')).toEqual(['k8s/new.yaml'])
    expect(lintedIn(join(cwd, 'k8s'), '--staged')).toEqual(['new.yaml'])
  })

  it('is content where nothing is staged', () => {
    const cwd = repository({ 'a.yaml': latest })
    const { status, stderr } = daemonlint(['--staged'], { cwd })
    expect([status, stderr]).toEqual([0, ''])
  })

  it('works before the first commit, in a worktree, and with names of any kind', () => {
    const name = 'a b\n"ü\t.yaml'
    const cwd = repository({ [name]: latest }, false)
    expect(lintedIn(cwd, '--staged')).toEqual([])
    git(cwd, 'add', '.')
    writeFileSync(join(cwd, name), service)
    expect(lintJson(['--staged'], { cwd }).results).toMatchObject([
      { filePath: join(cwd, name), messages: [{ ruleId: 'image-tag' }] },
    ])
    git(cwd, 'commit', '-q', '-m', 'first')
    git(cwd, 'worktree', 'add', '-q', 'tree')
    const tree = join(cwd, 'tree')
    writeFileSync(join(tree, 'new.yaml'), latest)
    git(tree, 'add', 'new.yaml')
    expect(lintedIn(tree, '--staged')).toEqual(['new.yaml'])
  })

  it('leaves links and submodules alone', () => {
    const other = repository({ 'inner.yaml': latest })
    const cwd = repository({ 'a.yaml': service })
    git(cwd, 'submodule', '--quiet', 'add', other, 'sub')
    symlinkSync('a.yaml', join(cwd, 'link.yaml'))
    git(cwd, 'add', '.')
    expect(lintedIn(cwd, '--staged')).toEqual([])
  })

  it('mends only what is staged as a whole, and says so of the rest', () => {
    const wrong = tagged('1.2.3').replace('kubernetes.io/os', 'beta.kubernetes.io/os')
    const cwd = repository({ 'a.yaml': service, 'b.yaml': service })
    for (const name of ['a.yaml', 'b.yaml']) writeFileSync(join(cwd, name), wrong)
    git(cwd, 'add', '.')
    writeFileSync(join(cwd, 'b.yaml'), `${wrong}# edited\n`)
    const { status, stderr, stdout } = daemonlint(['--staged', '--fix'], { cwd })
    expect(stderr).toContain('b.yaml has changes that are not staged, so --fix leaves it as it is.')
    expect(stdout).toContain('b.yaml')
    expect(status).toBe(2)
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toContain(' kubernetes.io/os')
    expect(readFileSync(join(cwd, 'b.yaml'), 'utf8')).toBe(`${wrong}# edited\n`)
  })

  it('exits with 2 outside of a repository, and with what it cannot be used with', () => {
    const cwd = folder({ 'a.yaml': daemonSet() })
    const env = { GIT_CEILING_DIRECTORIES: join(cwd, '..') }
    for (const flag of ['--staged', '--changed']) {
      const outside = daemonlint([flag], { cwd, env })
      expect(outside.stderr).toContain(`${flag}: ${cwd} is in no git repository.`)
      expect(outside.status).toBe(2)
    }
    for (const other of ['--changed', '--since=main', '--stdin']) {
      const { status, stderr } = daemonlint(['--staged', other], { cwd })
      expect(stderr).toContain('cannot be used together')
      expect(status).toBe(2)
    }
  })

  it('keeps results of what is staged, and never takes them for those of the disk', () => {
    const cwd = repository({ 'a.yaml': service })
    writeFileSync(join(cwd, 'a.yaml'), latest)
    git(cwd, 'add', '.')
    writeFileSync(join(cwd, 'a.yaml'), tagged('1.2.3'))
    for (let turn = 0; turn < 2; turn++) {
      expect(lintJson(['--staged', '--cache'], { cwd }).rules).toEqual(['image-tag'])
      expect(lintJson(['--changed', '--cache'], { cwd }).rules).toEqual([])
    }
  })
})

describe('--changed', () => {
  it('lints what differs from the last commit, staged or not, and what is new', () => {
    const cwd = repository({
      'same.yaml': latest,
      'staged.yaml': latest,
      'edited.yaml': latest,
      '.gitignore': 'i.yaml',
    })
    writeFileSync(join(cwd, 'staged.yaml'), tagged('1'))
    git(cwd, 'add', '.')
    for (const name of ['edited.yaml', 'new file.yaml', 'i.yaml']) writeFileSync(join(cwd, name), tagged('2'))
    expect(lintedIn(cwd, '--changed')).toEqual(['edited.yaml', 'new file.yaml', 'staged.yaml'])
    expect(lintedIn(cwd, '--changed', 'edited.yaml')).toEqual(['edited.yaml'])
  })

  it('is everything before the first commit, and nothing after it', () => {
    const cwd = repository({ 'a.yaml': latest, 'b.yaml': service }, false)
    git(cwd, 'add', 'a.yaml')
    expect(lintedIn(cwd, '--changed')).toEqual(['a.yaml', 'b.yaml'])
    git(cwd, 'add', '.')
    git(cwd, 'commit', '-q', '-m', 'first')
    const { status, stderr } = daemonlint(['--changed'], { cwd })
    expect([status, stderr]).toEqual([0, ''])
  })

  it('knows what files were in the last commit', () => {
    const cwd = repository({ 'a.yaml': daemonSet() })
    writeFileSync(join(cwd, 'a.yaml'), daemonSet().replaceAll('app: agent', 'app: renamed'))
    expect(lintJson(['--changed'], { cwd }).rules).toContain('selector-unchanged')
  })
})
