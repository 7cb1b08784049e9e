import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serverCommand, type Wanted } from '../src/server-command.ts'

let folder: string
let wanted: Wanted

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daemonlint-vscode-'))
  mkdirSync(join(folder, 'node_modules', 'daemonlint', 'dist'), { recursive: true })
  mkdirSync(join(folder, 'node_modules', '.bin'))
  const home = join(folder, 'node_modules', 'daemonlint')
  writeFileSync(join(home, 'package.json'), '{"bin":{"daemonlint":"./dist/daemonlint.cjs"}}')
  writeFileSync(join(home, 'dist', 'daemonlint.cjs'), '')
  writeFileSync(join(folder, 'node'), '')
  wanted = {
    path: '',
    nodePath: '',
    isTrusted: true,
    bundled: '/extension/dist/server/daemonlint.cjs',
    editorNode: '/usr/share/code/code',
    folder,
    home: folder,
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('serverCommand', () => {
  it('takes the command inside the extension and the Node.js inside the editor', () => {
    expect(serverCommand(wanted)).toEqual({
      command: '/usr/share/code/code',
      args: ['/extension/dist/server/daemonlint.cjs', 'lsp', '--stdio'],
      env: { ELECTRON_RUN_AS_NODE: '1' },
      origin: 'the one inside the extension',
    })
  })

  it.each([
    'node_modules/daemonlint',
    'node_modules/daemonlint/dist/daemonlint.cjs',
    '~/node_modules/daemonlint',
  ])('takes %s of the workspace', (path) => {
    const program = join(folder, 'node_modules', 'daemonlint', 'dist', 'daemonlint.cjs')
    expect(serverCommand({ ...wanted, path }).args).toEqual([program, 'lsp', '--stdio'])
  })

  it.skipIf(process.platform === 'win32')('follows a link of a package manager', () => {
    symlinkSync('../daemonlint/dist/daemonlint.cjs', join(folder, 'node_modules', '.bin', 'daemonlint'))
    const { args } = serverCommand({ ...wanted, path: 'node_modules/.bin/daemonlint' })
    expect(args[0]).toBe(realpathSync(join(folder, 'node_modules', 'daemonlint', 'dist', 'daemonlint.cjs')))
  })

  it('runs what is no JavaScript by itself', () => {
    expect(serverCommand({ ...wanted, path: 'node' })).toMatchObject({
      command: join(folder, 'node'),
      args: ['lsp', '--stdio'],
      env: {},
    })
  })

  it('takes another Node.js', () => {
    expect(serverCommand({ ...wanted, nodePath: './node' })).toMatchObject({
      command: join(folder, 'node'),
      env: {},
    })
  })

  it('runs nothing of a workspace that is not trusted', () => {
    const untrusted = { ...wanted, path: 'node_modules/daemonlint', nodePath: './node', isTrusted: false }
    expect(serverCommand(untrusted)).toEqual(serverCommand(wanted))
    expect(serverCommand({ ...untrusted, path: 'nowhere' })).toEqual(serverCommand(wanted))
  })

  it('says which setting leads nowhere', () => {
    const said = (more: Partial<Wanted>) => {
      try {
        return serverCommand({ ...wanted, ...more }) && ''
      } catch (error) {
        return (error as Error).message.replaceAll(folder, 'FOLDER').replaceAll('\\', '/')
      }
    }
    expect(said({ path: 'nowhere' })).toBe("daemonlint.path is 'nowhere', and there is no FOLDER/nowhere.")
    expect(said({ path: 'node_modules' })).toBe(
      "daemonlint.path is 'node_modules', and FOLDER/node_modules is no package with a command daemonlint.",
    )
    expect(said({ nodePath: 'nowhere' })).toBe(
      "daemonlint.nodePath is 'nowhere', and there is no FOLDER/nowhere.",
    )
    expect(said({ path: 'node_modules/daemonlint', folder: undefined })).toBe(
      "daemonlint.path is 'node_modules/daemonlint', which is relative, and no folder is open. Make it absolute.",
    )
  })
})
