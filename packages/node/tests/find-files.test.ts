import { execFileSync } from 'node:child_process'
import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { displayPath, type FindOptions, findFiles } from '../src/find-files.ts'
import { toSlashes } from '../src/paths.ts'
import { temp, write } from './temp.ts'

async function find(directory: string, patterns: string[], options: Partial<FindOptions> = {}) {
  const { files, ignored, unmatched, errors } = await findFiles(patterns, { cwd: directory, ...options })
  const shown = (paths: string[]) => paths.map((path) => displayPath(path, directory))
  return {
    files: shown(files),
    ignored: shown(ignored),
    unmatched: unmatched.map(({ reason, message }) => `${reason}: ${message}`),
    errors: errors.map(({ message }) => message.replaceAll(directory, 'DIR')),
  }
}

const nothingElse = { ignored: [], unmatched: [], errors: [] }

describe('findFiles', () => {
  it('walks directories for manifests, in a fixed order', async () => {
    const directory = temp({
      'b.yaml': '',
      'a.yml': '',
      'c.json': '',
      'd.YAML': '',
      'readme.md': '',
      'é ü/ß x.yaml': '',
      '.hidden/x.yaml': '',
      'node_modules/x/x.yaml': '',
      'deep/node_modules/x.yaml': '',
      '.git/x.yaml': '',
      'deep/er/x.yaml': '',
    })
    const files = ['.hidden/x.yaml', 'a.yml', 'b.yaml', 'c.json', 'd.YAML', 'deep/er/x.yaml', 'é ü/ß x.yaml']
    expect(await find(directory, ['.'])).toEqual({ files, ...nothingElse })
    expect(await find(directory, ['deep', './deep/', join(directory, 'deep/er/x.yaml')])).toEqual({
      files: ['deep/er/x.yaml'],
      ...nothingElse,
    })
  })

  it('reads a named file whatever its extension, and whatever git ignores', async () => {
    const directory = temp({
      '.git/': '',
      '.gitignore': '*.tmpl\n',
      'x.tmpl': '',
      'node_modules/a/x.txt': '',
    })
    expect(await find(directory, ['x.tmpl', 'node_modules/a/x.txt'])).toEqual({
      files: ['node_modules/a/x.txt', 'x.tmpl'],
      ...nothingElse,
    })
  })

  it('tells what does not exist from what holds nothing', async () => {
    const directory = temp({ 'empty/': '', 'a.yaml': '', 'no[1]/x.txt': '' })
    expect(await find(directory, ['missing.yaml', 'empty', '*.json', 'no[1]'])).toEqual({
      files: [],
      ignored: [],
      unmatched: [
        'missing: missing.yaml does not exist.',
        "empty: There are no .yaml, .yml or .json files in 'empty'.",
        'empty: No files match *.json.',
        "empty: There are no .yaml, .yml or .json files in 'no[1]'.",
      ],
      errors: [],
    })
  })

  it('prefers a file to the glob it is spelt like', async () => {
    const directory = temp({ '[a].yaml': '', 'a.yaml': '' })
    expect((await find(directory, ['[a].yaml'])).files).toEqual(['[a].yaml'])
  })

  it('expands globs', async () => {
    const directory = temp({
      'k8s/a.yaml': '',
      'k8s/b.tmpl': '',
      'k8s/.c.yml': '',
      'k8s/node_modules/x.yaml': '',
      'k8s/sub/d.json': '',
      'k8s/sub/e.txt': '',
      'other/f.yaml': '',
    })
    expect((await find(directory, ['k8s/**'])).files).toEqual(['k8s/.c.yml', 'k8s/a.yaml', 'k8s/sub/d.json'])
    expect((await find(directory, ['k8s/*'])).files).toEqual(['k8s/.c.yml', 'k8s/a.yaml', 'k8s/sub/d.json'])
    expect((await find(directory, ['{k8s,other}/*.{yaml,tmpl}'])).files).toEqual([
      'k8s/a.yaml',
      'k8s/b.tmpl',
      'other/f.yaml',
    ])
    expect((await find(join(directory, 'k8s/sub'), ['../../other/*.yaml'])).files).toEqual([
      join(directory, 'other/f.yaml'),
    ])
  })

  it('does not follow links to directories, nor dangling ones', async () => {
    const directory = temp({ 'a/x.yaml': '', 'b/y.yaml': '' })
    symlinkSync('..', join(directory, 'a/circle'))
    symlinkSync('nowhere', join(directory, 'a/.#x.yaml'))
    symlinkSync('../b/y.yaml', join(directory, 'a/link.yaml'))
    symlinkSync('b', join(directory, 'c'))
    expect(await find(directory, ['.'])).toEqual({
      files: ['a/link.yaml', 'a/x.yaml', 'b/y.yaml'],
      ...nothingElse,
    })
    expect((await find(directory, ['c'])).files).toEqual(['c/y.yaml'])
    expect((await find(directory, ['**/*.yaml'])).files).toContain('a/x.yaml')
    symlinkSync('loop', join(directory, 'loop'))
    expect((await find(directory, ['loop'])).errors).toEqual([
      'loop cannot be read: its symbolic links go round in a circle.',
    ])
  })

  it.skipIf(process.getuid?.() === 0)('names a directory that cannot be read, and goes on', async () => {
    const directory = temp({ 'locked/x.yaml': '', 'open/x.yaml': '' })
    chmodSync(join(directory, 'locked'), 0)
    const found = await find(directory, ['.'])
    chmodSync(join(directory, 'locked'), 0o755)
    expect(found.files).toEqual(['open/x.yaml'])
    expect(found.errors).toEqual(['Directory DIR/locked cannot be read: permission denied.'])
  })

  it('names a directory that vanishes under the walk', async () => {
    const directory = temp({ 'a/x.yaml': '' })
    const listings = {
      has: () => false,
      list: () => {
        throw Object.assign(new Error('x'), { code: 'EACCES' })
      },
    }
    const found = await find(directory, ['a'], { listings })
    expect(found.errors).toEqual(['Directory DIR/a cannot be read: permission denied.'])
    expect(found.unmatched).toEqual([])
  })

  it('leaves out what the configuration ignores, and says so of files that were named', async () => {
    const directory = temp({ 'a/x.yaml': '', 'a/y.yaml': '', 'b/x.yaml': '', 'b/c/x.yaml': '' })
    const visited: string[] = []
    const ignores = {
      ignoresFile: (path: string) => path.endsWith('y.yaml'),
      ignoresDirectory: async (path: string) => {
        visited.push(displayPath(path, directory))
        return path.endsWith('b')
      },
    }
    expect((await find(directory, ['.'], { ignores })).files).toEqual(['a/x.yaml'])
    expect(visited.sort()).toEqual(['a', 'b'])
    expect(await find(directory, ['a/y.yaml', 'a/*y.yaml'], { ignores })).toEqual({
      files: [],
      ignored: ['a/y.yaml'],
      unmatched: ['ignored: All files that a/*y.yaml matches are ignored.'],
      errors: [],
    })
  })
})

describe('.gitignore', () => {
  const tree = {
    '.gitignore': 'build/\n*.gen.yaml\n!keep.gen.yaml\n/only-here.yaml\ndocs/*\n!docs/k8s/\n',
    'a.yaml': '',
    'a.gen.yaml': '',
    'keep.gen.yaml': '',
    'only-here.yaml': '',
    'sub/only-here.yaml': '',
    'build/x.yaml': '',
    'sub/build/x.yaml': '',
    'sub/.gitignore': '!*.gen.yaml\nlocal.yaml\n!build/\n',
    'sub/b.gen.yaml': '',
    'sub/local.yaml': '',
    'docs/x.yaml': '',
    'docs/k8s/x.yaml': '',
    'excluded/x.yaml': '',
    'UPPER.yaml': '',
    'with space /x.yaml': '',
  }

  /** Whatever git itself would add. */
  function asGit(directory: string): string[] {
    const output = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
      cwd: directory,
    })
    return String(output)
      .split('\0')
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
  }

  it('counts as git reads it', async () => {
    const directory = temp(tree)
    execFileSync('git', ['init', '-q'], { cwd: directory })
    write(directory, { '.git/info/exclude': 'excluded\n' })
    const { files } = await find(directory, ['.'])
    expect(files).toEqual(asGit(directory))
    expect(files).toEqual([
      'UPPER.yaml',
      'a.yaml',
      'docs/k8s/x.yaml',
      'keep.gen.yaml',
      'sub/b.gen.yaml',
      'sub/build/x.yaml',
      'sub/only-here.yaml',
      'with space /x.yaml',
    ])
    expect((await find(directory, ['**/*.yaml'])).files).toEqual(files)
    expect((await find(directory, ['.'], { gitIgnore: false })).files).toHaveLength(14)
  })

  it('counts above the start, up to the root of the repository', async () => {
    const directory = temp({
      '.gitignore': 'x.yaml\n',
      'repo/.git/': '',
      'repo/.gitignore': 'y.yaml\n',
      'repo/sub/x.yaml': '',
      'repo/sub/y.yaml': '',
    })
    expect((await find(join(directory, 'repo/sub'), ['.'])).files).toEqual(['x.yaml'])
  })

  it('counts without a repository from the working directory down', async () => {
    const directory = temp({ '.gitignore': 'x.yaml\n', 'a/x.yaml': '', 'a/y.yaml': '' })
    expect((await find(directory, ['.'])).files).toEqual(['a/y.yaml'])
    expect((await find(directory, ['a/*.yaml'])).files).toEqual(['a/y.yaml'])
    expect((await find(join(directory, 'a'), ['.'])).files).toEqual(['x.yaml', 'y.yaml'])
  })

  it('does not hide a directory that was asked for', async () => {
    const directory = temp({
      '.git/': '',
      '.gitignore': 'build/\n',
      'build/x.yaml': '',
      'build/node_modules/x.yaml': '',
    })
    expect((await find(directory, ['.'])).files).toEqual([])
    expect((await find(directory, ['build'])).files).toEqual(['build/x.yaml'])
    expect((await find(directory, ['build/*.yaml'])).files).toEqual([])
  })

  it('stops at repositories within', async () => {
    const directory = temp({
      '.git/': '',
      '.gitignore': 'x.yaml\n',
      'module/.git': 'gitdir: ../.git/modules/module\n',
      '.git/modules/module/info/exclude': 'y.yaml\n',
      'module/x.yaml': '',
      'module/y.yaml': '',
    })
    expect((await find(directory, ['.'])).files).toEqual(['module/x.yaml'])
  })
})

describe('paths', () => {
  it('have slashes, also on Windows', () => {
    expect(toSlashes('k8s\\a b\\é.yaml', '\\')).toBe('k8s/a b/é.yaml')
    expect(toSlashes('odd\\name.yaml', '/')).toBe('odd\\name.yaml')
  })
})
