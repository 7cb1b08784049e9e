import { spawnSync } from 'node:child_process'
import fs, {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { existingFiles, type WriteOptions, writeFiles } from '../src/cli/write-files.ts'
import { put, temporaryFolder } from './temporary.ts'

type Patched = 'linkSync' | 'renameSync' | 'rmSync' | 'writeFileSync' | 'copyFileSync'

/** Lets a function of `node:fs` do something else for one test; the original is the first argument. */
function patch<Name extends Patched>(
  name: Name,
  other: (original: (typeof fs)[Name], ...args: string[]) => void,
): void {
  const original = fs[name]
  fs[name] = ((...args: string[]) => other(original, ...args)) as never
  syncBuiltinESMExports()
  onTestFinished(() => {
    fs[name] = original
    syncBuiltinESMExports()
  })
}

function fault(code: string): Error {
  return Object.assign(new Error(code), { code })
}

const files = ['a.yaml', 'base/b.yaml', 'base/c.yaml'].map((path) => ({ path, contents: `new ${path}` }))

/** Everything in a folder, hidden files too, with what is in it. */
function contentsOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  )
}

const written = Object.fromEntries(files.map(({ path, contents }) => [path, contents]))
const old = { 'a.yaml': 'old a', 'base/c.yaml': 'old c' }

function folderWithOld(): string {
  const folder = temporaryFolder()
  put(
    folder,
    Object.entries(old).map(([path, contents]) => ({ path, contents })),
  )
  return folder
}

function messageOf(folder: string, options?: WriteOptions, what = files): string {
  try {
    writeFiles(folder, what, options)
  } catch (error) {
    expect(error).toHaveProperty('name', 'ScaffoldError')
    return (error as Error).message
  }
  throw new Error('It wrote everything.')
}

// Signals are held for two turns of the event loop more.
afterEach(async () => {
  for (let turns = 0; turns < 3; turns++) await turn()
})

describe('writeFiles', () => {
  it('writes into folders that it makes, and leaves nothing else', () => {
    const folder = join(temporaryFolder(), 'not/there/yet')
    expect(writeFiles(folder, files, { overwrite: false })).toEqual([])
    expect(contentsOf(folder)).toEqual(written)
    expect(statSync(join(folder, 'a.yaml')).nlink).toBe(1)
  })

  it('overwrites, and keeps the modes of what it replaces', () => {
    const folder = folderWithOld()
    chmodSync(join(folder, 'a.yaml'), 0o640)
    chmodSync(join(folder, 'base/c.yaml'), 0o777)
    expect(writeFiles(folder, files)).toEqual([])
    expect(contentsOf(folder)).toEqual(written)
    const modeOf = (path: string) => statSync(join(folder, path)).mode & 0o777
    expect(modeOf('a.yaml')).toBe(0o640)
    expect(modeOf('base/c.yaml')).toBe(0o777)
    expect(modeOf('base/b.yaml')).toBe(0o666 & ~process.umask())
  })

  it('lets no file that was there be missing or incomplete at any time', () => {
    const folder = folderWithOld()
    const seen = new Set<string>()
    const look = () => seen.add(readFileSync(join(folder, 'a.yaml'), 'utf8'))
    for (const name of ['linkSync', 'renameSync', 'writeFileSync', 'rmSync'] as const)
      patch(name, (original, ...args) => {
        look()
        ;(original as (...args: string[]) => void)(...args)
        look()
      })
    writeFiles(folder, files)
    expect([...seen]).toEqual(['old a', 'new a.yaml'])
  })

  it('replaces a link, and leaves alone what it leads to', () => {
    const folder = temporaryFolder()
    put(folder, [{ path: 'elsewhere', contents: 'mine' }])
    symlinkSync('elsewhere', join(folder, 'a.yaml'))
    symlinkSync('nowhere', join(folder, 'b.yaml'))
    mkdirSync(join(folder, 'c.yaml'))
    const wanted = ['a.yaml', 'b.yaml', 'c.yaml'].map((path) => ({ path, contents: 'new' }))
    expect(existingFiles(folder, wanted)).toEqual(['a.yaml', 'b.yaml', 'c.yaml'])
    expect(messageOf(folder, undefined, wanted)).toMatch(/c\.yaml is a folder/)
    expect(fs.readlinkSync(join(folder, 'a.yaml'))).toBe('elsewhere')
    writeFiles(folder, wanted.slice(0, 2))
    expect(contentsOf(folder)).toEqual({ elsewhere: 'mine', 'a.yaml': 'new', 'b.yaml': 'new' })
    expect(lstatSync(join(folder, 'a.yaml')).isFile()).toBe(true)
  })

  it.each(['old', 'none'])(
    'puts everything back when one file cannot be moved to its place: %s',
    (before) => {
      for (let failing = 1; failing <= 3; failing++) {
        const folder = before === 'old' ? folderWithOld() : join(temporaryFolder(), 'x/y')
        const inode = before === 'old' ? lstatSync(join(folder, 'a.yaml')).ino : 0
        let calls = 0
        patch('renameSync', (original, from, to) => {
          if (++calls === failing) throw fault('ENOSPC')
          original(from!, to!)
        })
        expect(messageOf(folder)).toBe(
          `Nothing was written: ${join(folder, files[failing - 1]!.path)} cannot be written: no space is left on the device.`,
        )
        if (before === 'none') expect(existsSync(join(folder, '..'))).toBe(false)
        else {
          expect(contentsOf(folder)).toEqual(old)
          expect(lstatSync(join(folder, 'a.yaml')).ino).toBe(inode)
        }
      }
    },
  )

  it('puts links back as links', () => {
    const folder = temporaryFolder()
    symlinkSync('nowhere', join(folder, 'a.yaml'))
    let calls = 0
    patch('renameSync', (original, from, to) => {
      if (++calls === 2) throw fault('EIO')
      original(from!, to!)
    })
    expect(messageOf(folder)).toMatch(/the device reports an error/)
    expect(readdirSync(folder)).toEqual(['a.yaml'])
    expect(fs.readlinkSync(join(folder, 'a.yaml'))).toBe('nowhere')
  })

  it('writes where the file system has no second names for files', () => {
    patch('linkSync', () => {
      throw fault('EPERM')
    })
    const folder = folderWithOld()
    expect(writeFiles(folder, files)).toEqual([])
    expect(contentsOf(folder)).toEqual(written)
    expect(messageOf(folder, { overwrite: false })).toMatch(/is there already/)
    const empty = temporaryFolder()
    expect(writeFiles(empty, files, { overwrite: false })).toEqual([])
    expect(contentsOf(empty)).toEqual(written)
  })

  it('says what it could not put back, and where that lies', () => {
    const folder = folderWithOld()
    let isBroken = false
    patch('renameSync', (original, from, to) => {
      if (isBroken) throw fault('EROFS')
      if (to!.endsWith('c.yaml')) {
        isBroken = true
        throw fault('ENOSPC')
      }
      original(from!, to!)
    })
    const [first, second, ...others] = messageOf(folder).split('\n')
    expect(first).toMatch(/^Not everything is as it was: .*base\/c\.yaml cannot be written: no space/)
    expect(others).toEqual([])
    const [, copy = ''] =
      /a\.yaml could not be put back: .* read-only\. What it was lies in (\S+)\.$/.exec(second!) ?? []
    expect(readFileSync(copy, 'utf8')).toBe('old a')
    // What can be undone is.
    expect(Object.keys(contentsOf(folder)).sort()).toEqual([
      copy.slice(folder.length + 1),
      'a.yaml',
      'base/c.yaml',
    ])
    expect(readFileSync(join(folder, 'base/c.yaml'), 'utf8')).toBe('old c')
  })

  it('is done when only cleaning up fails, and says what is left', () => {
    const folder = folderWithOld()
    patch('rmSync', () => {
      throw fault('EBUSY')
    })
    const notes = writeFiles(folder, files)
    expect(notes).toHaveLength(2)
    expect(notes[0]).toMatch(/\.old is of no more use, and could not be removed: it is in use\.$/)
    expect(contentsOf(folder)).toMatchObject(written)
  })

  it('removes a file that the disk had no room for', () => {
    const folder = folderWithOld()
    patch('writeFileSync', (original, path, contents, options) => {
      original(path!, contents!.slice(0, 2), options as never)
      if (path!.includes('-2.')) throw fault('ENOSPC')
    })
    expect(messageOf(folder)).toMatch(/base\/c\.yaml cannot be written: no space/)
    expect(contentsOf(folder)).toEqual(old)
  })

  it('overwrites nothing that comes to be there meanwhile', () => {
    const folder = temporaryFolder()
    let calls = 0
    patch('linkSync', (original, from, to) => {
      if (++calls === 3) writeFileSync(to!, 'of another run')
      original(from!, to!)
    })
    expect(messageOf(folder, { overwrite: false })).toBe(
      `Nothing was written: ${join(folder, 'base/c.yaml')} is there already.`,
    )
    expect(contentsOf(folder)).toEqual({ 'base/c.yaml': 'of another run' })
  })

  it('lets one of two runs win that do not overwrite', () => {
    const folder = join(temporaryFolder(), 'x')
    let isInner = false
    const results: string[] = []
    patch('linkSync', (original, from, to) => {
      if (!isInner) {
        isInner = true
        const others = files.map(({ path }) => ({ path, contents: 'of the other' }))
        expect(writeFiles(folder, others, { overwrite: false })).toEqual([])
      }
      original(from!, to!)
    })
    results.push(messageOf(folder, { overwrite: false }))
    expect(results).toEqual([expect.stringMatching(/a\.yaml is there already/)])
    expect(new Set(Object.values(contentsOf(folder)))).toEqual(new Set(['of the other']))
    expect(Object.keys(contentsOf(folder))).toHaveLength(3)
  })

  it.each([
    ['', 'is no path within the folder'],
    ['/etc/x', 'is no path within the folder'],
    ['../x', 'is no path within the folder'],
    ['a/../../x', 'is no path within the folder'],
    ['a/./x', 'is no path within the folder'],
    ['a//x', 'is no path within the folder'],
    ['a/', 'is no path within the folder'],
    ['..\\x', 'is no path within the folder'],
    ['C:x', 'is no path within the folder'],
    ['a\0', 'is no path within the folder'],
    [undefined, 'is no path within the folder'],
    ['a.yaml', 'is to be written twice'],
    ['A.YAML', 'is to be written twice'],
    ['a.yaml/x/y', 'lies within what is to be a file'],
  ])('refuses the path %j', (path, why) => {
    const folder = join(temporaryFolder(), 'x')
    const wrong = [...files, { path: path as string, contents: '' }]
    expect(messageOf(folder, undefined, wrong)).toBe(`Nothing was written: ${JSON.stringify(path)} ${why}.`)
    expect(existsSync(folder)).toBe(false)
  })

  it('says what stands where a folder or a file is needed', () => {
    const folder = temporaryFolder()
    symlinkSync('nowhere', join(folder, 'dangling'))
    symlinkSync('circle', join(folder, 'circle'))
    put(folder, [{ path: 'file', contents: '' }])
    for (const name of ['dangling', 'circle'])
      for (const at of [name, `${name}/below`])
        expect(messageOf(join(folder, at))).toBe(
          `Nothing was written: ${join(folder, name)} is a link that leads to no folder, and a folder of that name is needed.`,
        )
    expect(messageOf(join(folder, 'file/below'))).toMatch(
      /^Nothing was written: \S+\/file is a file, and a folder of that name is needed\.$/,
    )
    if (spawnSync('mkfifo', [join(folder, 'a.yaml')]).status === 0)
      expect(messageOf(folder)).toMatch(/a\.yaml is a pipe, a socket or a device/)
  })

  it('follows links to folders', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'real'))
    symlinkSync('real', join(folder, 'link'))
    writeFiles(join(folder, 'link'), files)
    expect(contentsOf(join(folder, 'real'))).toEqual(written)
  })

  it('cleans up after runs that were killed, and leaves to people what may be theirs', () => {
    const folder = folderWithOld()
    const { pid: dead } = spawnSync('true')
    const mark = `.create-daemonset-${dead}-abcdefgh`
    const ofThisNumber = `.create-daemonset-${process.pid}-abcdefgh-0.new`
    const foreign = [
      `.create-daemonset-${process.ppid}-abcdefgh-0.new`,
      '.create-daemonset-notes',
      `${mark}-0.new.txt`,
    ]
    put(
      folder,
      [`${mark}-0.new`, `base/${mark}-1.new`, `${mark}-0.old`, ...foreign].map((path) => ({
        path,
        contents: 'x',
      })),
    )
    put(folder, [{ path: ofThisNumber, contents: '' }])
    utimesSync(join(folder, ofThisNumber), 1, 1)
    const notes = writeFiles(folder, files)
    expect(notes).toEqual([
      `${join(folder, `${mark}-0.old`)} is left of a run that did not end well: what was there before. Remove what nobody needs.`,
    ])
    expect(Object.keys(contentsOf(folder)).sort()).toEqual(
      [...foreign, `${mark}-0.old`, ...Object.keys(written)].sort(),
    )
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is not ended half-way by %s', async (signal) => {
    const folder = folderWithOld()
    const heard: string[] = []
    const listen = () => heard.push(Object.values(contentsOf(folder)).join())
    process.on(signal, listen)
    onTestFinished(() => {
      process.off(signal, listen)
    })
    let calls = 0
    patch('renameSync', (original, from, to) => {
      if (++calls === 2) process.kill(process.pid, signal)
      original(from!, to!)
    })
    writeFiles(folder, files)
    for (let turns = 0; turns < 5; turns++) await turn()
    expect(heard).toEqual([Object.values(contentsOf(folder)).join()])
    expect(Object.keys(contentsOf(folder)).sort()).toEqual(Object.keys(written).sort())
    expect(process.listeners(signal)).toEqual([listen])
  })

  it('replaces one name of a file that has two, and puts it back', () => {
    const folder = folderWithOld()
    linkSync(join(folder, 'a.yaml'), join(folder, 'other'))
    writeFiles(folder, files)
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('old a')
    expect(contentsOf(folder)).toEqual({ ...written, other: 'old a' })
  })
})
