/** What the pages tell people to do, done. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary.ts'
import { create, filesIn, root } from './command.ts'

const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')
const outputs = ['single', 'files', 'kustomize', 'helm']

/** The first block of code after a fence such as `js presets.mjs`, which is found by what it begins with. */
function example(text: string, fence: string): string {
  const [, code] = new RegExp(`^\`\`\`${fence}\n(.*?)^\`\`\`$`, 'ms').exec(text) ?? []
  expect(code, fence).toBeDefined()
  return code!
}

/** A folder into which the package is linked, as `npm install FOLDER` links it. */
function linked(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(
    join(root, 'packages/create-daemonset'),
    join(folder, 'node_modules/create-daemonset'),
    'junction',
  )
  return folder
}

describe('docs/writing-presets.md', () => {
  const plugin = example(page('writing-presets.md'), 'js presets.mjs')
  const use = ['--plugin', './presets.mjs']

  function withPlugin(): string {
    const folder = linked()
    writeFileSync(join(folder, 'presets.mjs'), plugin)
    return folder
  }

  it('has a preset that is listed and described', () => {
    const folder = withPlugin()
    expect(create([...use, '--list'], folder)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^ {2}disk-watcher +measures the disks of its node$/m),
    })
    expect(create([...use, '--describe', 'disk-watcher'], folder).stdout).toMatch(/--\[no-\]smart/)
  })

  it.each(outputs)('has a preset that is clean (%s)', (output) => {
    const folder = withPlugin()
    for (const answer of [[], ['--smart'], ['--monitor', 'service-monitor']]) {
      const name = ['out', ...answer].join('')
      const { status, stdout } = create([...use, 'disk-watcher', name, '-o', output, ...answer], folder)
      expect(status).toBe(0)
      expect(stdout).toContain('with daemonlint/strict: nothing found.')
      expect(filesIn(join(folder, name))).toContain('create-daemonset.answers')
    }
  })

  it('has a configuration by which `daemonlint generate` knows the preset', () => {
    const folder = withPlugin()
    const config = example(page('writing-presets.md'), 'yaml daemonlint.config.yaml')
    writeFileSync(join(folder, 'daemonlint.config.yaml'), config)
    const program = join(root, 'node_modules/.bin/daemonlint')
    const { status, stdout } = create(['disk-watcher', '--stdout'], folder, { program, before: ['generate'] })
    expect(status).toBe(0)
    expect(stdout).toMatch(/^# Disk Watcher: /)
  })

  it('says how a preset is loaded without the package', () => {
    const folder = temporaryFolder()
    const plain = plugin
      .replace(/^import .*\n/m, '')
      .replace('definePreset(', '(')
      .replace(/confirm\(\{/, "({ kind: 'confirm',")
      .replace(/^ *\.\.\.httpProbes.*\n/m, '')
      .replace(/^ *securityContext: unprivileged.*\n/m, '')
      .replace(/^ *mounts: \[[\s\S]*?^ *\],\n/m, '')
    writeFileSync(join(folder, 'presets.mjs'), plain)
    expect(create([...use, 'disk-watcher', '--stdout', '--smart'], folder)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('smart: true'),
    })
  })
})

describe('docs/generator.md', () => {
  const text = page('generator.md')

  it('has a program that works', () => {
    const folder = linked()
    writeFileSync(join(folder, 'example.mjs'), example(text, 'js'))
    const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^base\/kustomization\.yaml \d+$/m)
    expect(stdout).toMatch(/^logging kubectl -n logging rollout status daemonset\/fluent-bit$/m)
  })

  it('shows what the command prints', () => {
    const [, line, ...shown] = /^```console\n\$ create-daemonset (.*)\n([\s\S]*?)^```$/m.exec(text) ?? []
    expect(create(line!.split(' '), temporaryFolder())).toEqual({
      status: 0,
      stdout: `${shown[0]!.trimEnd()}\n`,
      stderr: '',
    })
  })

  it.each(outputs)('shows the files of a form (%s)', (output) => {
    const tree = example(text.slice(text.indexOf(`### \`${output}\``)), '')
    const folder = temporaryFolder()
    const answers = ['--sink', 'loki', '--sink-url', 'https://loki.monitoring.svc:3100', '--no-sink-ca']
    expect(create(['fluent-bit', 'logs', '-o', output, ...answers], folder).status).toBe(0)
    const written = filesIn(folder)
    const shown = pathsIn(tree)
    expect(shown.filter((path) => !written.includes(path))).toEqual([])
    if (!tree.includes('…')) expect([...shown].sort()).toEqual(written)
  })

  it('names the flags that are no answers', () => {
    const flags = create(['--help'], temporaryFolder()).stdout.match(/--[a-z][a-z-]+/g) ?? []
    const untold = ['--help', '--version']
    expect(flags.filter((flag) => !untold.includes(flag) && !text.includes(flag))).toEqual([])
  })
})

/** The files of a tree that is drawn. */
function pathsIn(tree: string): string[] {
  const above: string[] = []
  const paths = tree.split('\n').flatMap((line) => {
    const [, branches, name] = /^([│├└─ ]*)(\S.*)$/.exec(line) ?? []
    if (!name || name === '…') return []
    const depth = branches!.length / 4
    above.splice(depth, above.length, name)
    return [above.slice(0, depth + 1).join('/')]
  })
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
}
