/** The package as people will get it: packed, and installed into an empty project outside the repository. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesIn, root } from './command.ts'

const folder = join(root, 'packages/create-daemonset')
const bin = join(root, 'packages/cli/node_modules/.bin')

let project: string
let tarball: string

beforeAll(() => {
  if (!existsSync(join(folder, 'dist/index.d.ts'))) throw new Error('Nothing is compiled: npm test -- types')
  project = realpathSync(mkdtempSync(join(tmpdir(), 'create-daemonset-pack-')))
  const packed = spawnSync(
    'npx',
    ['--yes', 'pnpm@12.21.0', 'pack', '--json', '--pack-destination', project],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CI: 'true' },
    },
  )
  if (packed.status !== 0) throw new Error(packed.stdout + packed.stderr)
  tarball = JSON.parse(packed.stdout).filename
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }')
  const installed = inProject('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball])
  if (installed.status !== 0) throw new Error(installed.stdout + installed.stderr)
}, 240_000)

afterAll(() => rmSync(project, { recursive: true, force: true }))

function inProject(command: string, args: string[]) {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', input: '' })
}

describe('the installed package', () => {
  it('is one small package', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'create-daemonset',
    ])
    expect(statSync(tarball).size).toBeLessThan(1_000_000)
  })

  it('runs by npx, and lints what it made', () => {
    const { status, stdout } = inProject('npx', ['create-daemonset', 'filebeat', 'logs'])
    expect(status).toBe(0)
    expect(stdout).toContain('nothing found')
    expect(stdout).toContain('kubectl apply --server-side -f filebeat.yaml')
    expect(filesIn(join(project, 'logs'))).toEqual(['create-daemonset.answers', 'filebeat.yaml'])
    expect(readFileSync(join(project, 'logs/create-daemonset.answers'), 'utf8')).toMatch(
      /^# Makes the same again:\s(# )?npx create-daemonset --answers logs/,
    )
  })

  it('is usable as a library', () => {
    const text = `import { definePreset, presets, scaffold } from 'create-daemonset'
      const { files, next } = scaffold({ preset: 'fluent-bit', sink: 'stdout', output: 'files' })
      console.log(files.length, next.length > 0, presets.length > 20, typeof definePreset)`
    writeFileSync(join(project, 'use.mjs'), text)
    expect(inProject('node', ['use.mjs'])).toMatchObject({ stdout: '7 true true function\n', stderr: '' })
  })

  it('has types that resolve', () => {
    const text = `import { confirm, definePreset, type Scaffolded, scaffold } from 'create-daemonset'

export const preset = definePreset({
  name: 'mine', title: 'Mine', category: 'custom', summary: 'does something',
  images: { agent: { repository: 'registry.example.com/mine', tag: '1.0.0' } },
  namespace: 'mine', controlPlane: false, priorityClass: '',
  rollout: { maxUnavailable: '1', minReadySeconds: 0 },
  resources: { cpu: '1m', memory: '16Mi', memoryLimit: '32Mi' },
  why: { rollout: 'One by one.' },
  questions: { loud: confirm({ message: 'Loud?', help: 'Loud', default: false }) },
  build({ answers }) {
    const loud: boolean = answers.loud
    // @ts-expect-error there is no such answer
    void answers.quiet
    return { containers: [{ name: 'mine', args: [String(loud)] }] }
  },
})
export const made: Scaffolded = scaffold({ preset: 'mine' }, { presets: [preset] })
`
    writeFileSync(join(project, 'use.ts'), text)
    const options = {
      module: 'nodenext',
      strict: true,
      noEmit: true,
      target: 'es2023',
      skipLibCheck: true,
      types: [],
    }
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['use.ts'] }),
    )
    expect(inProject(join(bin, 'tsc'), ['-p', '.']).stdout).toBe('')
  })

  it('holds no sources, tests or build leftovers, and no path of this machine', () => {
    const files = inProject('tar', ['-tzf', tarball]).stdout.trim().split('\n')
    expect(files.filter((file) => /\.test\.|tsbuildinfo|\/src\/|\.tests|\.map$/.test(file))).toEqual([])
    expect(files).toEqual(
      expect.arrayContaining(['package/package.json', 'package/LICENSE', 'package/README.md']),
    )
    for (const name of readdirSync(join(project, 'node_modules/create-daemonset/dist'))) {
      if (!/\.[cm]js$/.test(name)) continue
      expect(readFileSync(join(project, 'node_modules/create-daemonset/dist', name), 'utf8')).not.toContain(
        root,
      )
    }
  })

  it('passes publint and attw', () => {
    const publint = inProject(join(bin, 'publint'), ['run', '--strict', tarball])
    expect(publint.stdout + publint.stderr).toMatch(/All good/)
    const attw = inProject(join(bin, 'attw'), ['--profile', 'esm-only', '--no-emoji', '--no-color', tarball])
    expect(attw.status, attw.stdout).toBe(0)
  })
})
