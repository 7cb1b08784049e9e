import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary.ts'
import { command, create, filesIn, root } from './command.ts'

const minePreset = {
  name: 'mine',
  title: 'Mine',
  category: 'custom',
  summary: 'does something',
  images: { agent: { repository: 'registry.example.com/mine', tag: '1.0.0' } },
  namespace: 'mine',
  controlPlane: false,
  priorityClass: '',
  rollout: { maxUnavailable: '1', minReadySeconds: 0 },
  resources: { cpu: '1m', memory: '16Mi', memoryLimit: '32Mi' },
  why: { rollout: 'One by one.' },
}

describe('create-daemonset', () => {
  it('writes what it says, lints it, and says what to do next', () => {
    const folder = temporaryFolder()
    const { status, stdout, stderr } = create(['fluent-bit', 'logs', '--sink', 'loki'], folder)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(filesIn(folder)).toEqual(['logs/create-daemonset.answers', 'logs/fluent-bit.yaml'])
    expect(stdout).toMatch(/Linted, with daemonlint\/strict: nothing found\./)
    expect(stdout).toMatch(
      /Next:\n {2}cd logs\n( {2}# .*\n)* {2}kubectl apply --server-side -f fluent-bit\.yaml/,
    )
  })

  it('takes the name for a folder where none is named', () => {
    const folder = temporaryFolder()
    expect(create(['kured', '--name', 'reboots', '--output', 'kustomize'], folder).status).toBe(0)
    expect(existsSync(join(folder, 'reboots/base/kustomization.yaml'))).toBe(true)
  })

  it('replays a run from its answers, and says by which command', () => {
    const folder = temporaryFolder()
    create(
      [
        'vector',
        'first',
        '--sink',
        'opensearch',
        '--output',
        'helm',
        '--no-control-plane',
        '--tolerations',
        'gpu:NoSchedule,spot=yes',
      ],
      folder,
    )
    const file = join(folder, 'first/create-daemonset.answers')
    expect(readFileSync(file, 'utf8')).toMatch(
      /^# Makes the same again:\s(# )?.*create-daemonset --answers first\/create-daemonset\.answers --force\n/,
    )
    expect(create(['--answers', 'first/create-daemonset.answers', 'vector', 'second'], folder).status).toBe(0)
    const paths = filesIn(join(folder, 'first'))
    expect(filesIn(join(folder, 'second'))).toEqual(paths)
    for (const path of paths.filter((path) => !path.endsWith('.answers')))
      expect(readFileSync(join(folder, 'second', path), 'utf8')).toBe(
        readFileSync(join(folder, 'first', path), 'utf8'),
      )
  })

  it('lets what was only a default give way to a flag', () => {
    const folder = temporaryFolder()
    create(['fluent-bit', 'logs', '--sink', 'loki'], folder)
    const again = (...args: string[]) =>
      create(['--answers', 'logs/create-daemonset.answers', '--stdout', ...args], folder)
    expect(again('--name', 'foo').stdout).toContain('name: foo')
    expect(again('--memory-limit', '1Gi').stdout).toContain('memory: 1Gi')
    expect(again('--node-selector', 'pool=a').stdout).toContain('pool: a')
    expect(again('--sink', 'stdout')).toMatchObject({ status: 0, stderr: '' })
    expect(again('--sink', 'elasticsearch').stdout).toContain('host: elasticsearch.logging.svc')
  })

  it('replays a run in its place', () => {
    const folder = temporaryFolder()
    create(['kured', 'reboots', '--days', 'sa,su'], folder)
    const before = readFileSync(join(folder, 'reboots/kured.yaml'), 'utf8')
    const [, replay = ''] =
      /^# Makes the same again:\s(?:# )?\S*create-daemonset (.*)\n/.exec(
        readFileSync(join(folder, 'reboots/create-daemonset.answers'), 'utf8'),
      ) ?? []
    writeFileSync(join(folder, 'reboots/kured.yaml'), 'changed')
    expect(create(replay.split(' '), folder).status).toBe(0)
    expect(readFileSync(join(folder, 'reboots/kured.yaml'), 'utf8')).toBe(before)
  })

  it('says nothing when nobody reads any more', () => {
    const { status, stderr } = create([], temporaryFolder(), {
      program: 'bash',
      before: ['-c', `set -o pipefail; '${command}' calico --stdout | true`],
    })
    expect(stderr).toBe('')
    expect(status).not.toBe(127)
  })

  it('says what to take for what is no preset', () => {
    expect(create(['promtail'], temporaryFolder()).stderr).toContain('take its successor, the preset alloy')
  })

  it('lists presets of plugins: those named by --plugin, and for daemonlint those of the configuration', () => {
    const folder = temporaryFolder()
    const text = `const preset = ${JSON.stringify(minePreset)}\nexport const presets = [{ ...preset, build: () => ({ containers: [{ name: 'mine' }] }) }]\n`
    writeFileSync(join(folder, 'presets.mjs'), text)
    writeFileSync(join(folder, 'daemonlint.config.yaml'), 'plugins: { mine: ./presets.mjs }\n')
    expect(create(['--plugin', './presets.mjs', '--list'], folder).stdout).toMatch(/^ {2}mine /m)
    expect(create(['--plugin', './presets.mjs', 'mine', '--stdout'], folder).stdout).toContain(
      'image: registry.example.com/mine:1.0.0',
    )
    const as = { program: join(root, 'node_modules/.bin/daemonlint'), before: ['generate'] }
    expect(create(['--list'], folder, as).stdout).toMatch(/^ {2}mine /m)
    writeFileSync(join(folder, 'presets.mjs'), 'export const presets = [{ name: "mine" }]')
    expect(create(['--list'], folder, as)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^daemonlint: Plugin 'mine': the preset mine lacks title/),
    })
  })

  it('lets flags come before answers of a file', () => {
    const folder = temporaryFolder()
    writeFileSync(
      join(folder, 'answers.json'),
      JSON.stringify({ preset: 'vector', sink: 'loki', name: 'from-file' }),
    )
    create(['--answers', 'answers.json', '--sink', 'stdout', '--stdout'], folder)
    const { stdout, status } = create(['--answers', 'answers.json', '--sink', 'stdout', '--stdout'], folder)
    expect(status).toBe(0)
    expect(stdout).toContain('name: from-file')
    expect(stdout).not.toContain('loki')
  })

  it('prints manifests and nothing else with --stdout', () => {
    const folder = temporaryFolder()
    const { stdout, stderr } = create(['node-exporter', '--stdout'], folder)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^# .*\n(#.*\n)*apiVersion: /)
    expect(filesIn(folder)).toEqual([])
  })

  it('overwrites nothing without --force', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'logs'))
    writeFileSync(join(folder, 'logs/fluent-bit.yaml'), 'mine')
    const { status, stderr } = create(['fluent-bit', 'logs'], folder)
    expect(status).toBe(2)
    expect(stderr).toMatch(/Nothing was written: fluent-bit\.yaml in logs is there already\. .*--force/)
    expect(filesIn(folder)).toEqual(['logs/fluent-bit.yaml'])
    expect(readFileSync(join(folder, 'logs/fluent-bit.yaml'), 'utf8')).toBe('mine')
    expect(create(['fluent-bit', 'logs', '--force'], folder).status).toBe(0)
    expect(readFileSync(join(folder, 'logs/fluent-bit.yaml'), 'utf8')).toContain('DaemonSet')
    expect(filesIn(folder)).toEqual(['logs/create-daemonset.answers', 'logs/fluent-bit.yaml'])
  })

  it('writes all files or none', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'k/overlays/production'), { recursive: true })
    mkdirSync(join(folder, 'k/base'))
    writeFileSync(join(folder, 'k/base/daemonset.yaml'), 'mine')
    // A folder stands where the last file but one is to be written.
    mkdirSync(join(folder, 'k/overlays/production/kustomization.yaml'))
    const { status, stderr } = create(['fluent-bit', 'k', '--output', 'kustomize', '--force'], folder)
    expect(status).toBe(2)
    expect(stderr).toMatch(/kustomization\.yaml is a folder/)
    expect(filesIn(folder)).toEqual(['k/base/daemonset.yaml'])
    expect(readFileSync(join(folder, 'k/base/daemonset.yaml'), 'utf8')).toBe('mine')
  })

  it('says why a folder cannot be written to', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(create(['fluent-bit', 'file'], folder)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/file/),
    })
    expect(create(['fluent-bit', 'file/below'], folder)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/file/),
    })
    symlinkSync('nowhere', join(folder, 'dangling'))
    expect(create(['fluent-bit', 'dangling'], folder)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/dangling/),
    })
    if (process.getuid?.() === 0) {
      // Root may write anywhere, but not here.
      expect(create(['fluent-bit', '/proc/daemonlint'], folder)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/\/proc/),
      })
    } else {
      mkdirSync(join(folder, 'closed'))
      chmodSync(join(folder, 'closed'), 0o500)
      expect(create(['fluent-bit', 'closed/x'], folder)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/closed/),
      })
    }
    expect(filesIn(folder)).toEqual(['dangling', 'file'])
  })

  const misuse: [string, string[], RegExp][] = [
    ['a name of 64 characters', ['fluent-bit', '--name', 'a'.repeat(64)], /--name: .*64 characters/],
    [
      'a port of 70000',
      ['fluent-bit', '--sink-url', 'https://es.example.com:70000'],
      /--sink-url: .* is no URL/,
    ],
    ['an unknown preset', ['fluent-bot'], /There is no preset 'fluent-bot'\. Did you mean 'fluent-bit'\?/],
    ['a preset and a sink that cannot work', ['filebeat', '--sink', 'loki'], /filebeat cannot write to Loki/],
    ['no preset', [], /Which preset\? .*--list/],
    [
      'an unknown flag',
      ['fluent-bit', '--sinkurl', 'x'],
      /There is no flag --sinkurl\. Did you mean '--sink-url'\?/,
    ],
    [
      'a flag of another preset',
      ['fluent-bit', '--pod-cidr', '10.0.0.0/16'],
      /does not ask for podCidr \(--pod-cidr\)/,
    ],
    ['a flag without its value', ['fluent-bit', '--name'], /--name needs a value/],
    ['a flag instead of a value', ['fluent-bit', '--name', '--yes'], /--name needs a value/],
    ['a value for a switch', ['fluent-bit', '--journal=maybe'], /--journal takes no value/],
    ['too many arguments', ['fluent-bit', 'a', 'b'], /not also 'b'/],
    [
      'an unknown output',
      ['fluent-bit', '--output', 'helmm'],
      /There is no output 'helmm'\. Did you mean 'helm'\?/,
    ],
    [
      'several files to standard output',
      ['fluent-bit', '--stdout', '--output', 'helm'],
      /--stdout prints one text/,
    ],
    ['a folder for standard output', ['fluent-bit', 'folder', '--stdout'], /takes no directory/],
    ['an archived system', ['glusterfs'], /--accept-archived/],
    [
      'answers that are not there',
      ['--answers', 'nowhere.yaml'],
      /--answers nowhere\.yaml: it cannot be read/,
    ],
    [
      'a preset to describe that is none',
      ['--describe', 'flunetd'],
      /There is no preset 'flunetd'\. Did you mean 'fluentd'\?/,
    ],
    [
      'a plugin that is not there',
      ['--plugin', './nowhere.js', '--list'],
      /--plugin \.\/nowhere\.js: it cannot be loaded/,
    ],
    ['a malicious image', ['trivy', '--image', 'ghcr.io/aquasecurity/trivy:0.69.5'], /must not be used/],
  ]
  it.each(misuse)('refuses %s: exit code 2, and nothing written', (_, args, message) => {
    const folder = temporaryFolder()
    const { status, stdout, stderr } = create(args, folder)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^create-daemonset: /)
    expect(filesIn(folder)).toEqual([])
  })

  it.each([
    ['no YAML', '{', /answers: /],
    ['a list', '- a', /expected answers by their keys/],
    ['a preset that is no name', 'preset: 3', /'preset' is no name/],
    ['an unknown key', 'preset: kured\nreboot: now', /does not ask for reboot/],
    ['wrong types', 'preset: kured\nname: [a]', /--name: Expected a line of text/],
    [
      'aliases without end',
      `a: &a [x, x]\nb: &b [${'*a, '.repeat(50)}]\nc: [${'*b, '.repeat(50)}]`,
      /--answers/,
    ],
  ])('refuses answers with %s', (_, text, message) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'answers'), text)
    const { status, stderr } = create(['--answers', 'answers'], folder)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(filesIn(folder)).toEqual(['answers'])
  })

  it.each([
    ['sink_url', '--sink-url'],
    ['namespace', '--namespace'],
    ['name', '--name'],
    ['image', '--image'],
    ['output', '--output'],
    ['accept_archived', '--accept-archived'],
    ['plugin', '--plugin'],
    ['lint', '--no-lint'],
    ['describe', '--describe'],
  ])('says when npm keeps a flag for itself (%s)', (name, flag) => {
    const npm = { npm_config_user_agent: 'npm/11.0.0 node/v20', npm_command: 'init' }
    const env = { ...npm, [`npm_config_${name}`]: '' }
    // What was the value of such a flag is an argument now.
    const { status, stderr } = create(['fluent-bit', 'a', 'b', 'c'], temporaryFolder(), { env })
    expect(status).toBe(2)
    expect(stderr).toMatch(
      new RegExp(
        `npm kept ${flag} for itself\\. Put -- before the flags: npm create daemonset -- PRESET ${flag} `,
      ),
    )
  })

  it('lets npm have the flags that are its own', () => {
    const env = {
      npm_config_user_agent: 'npm/11.0.0 node/v20',
      npm_command: 'init',
      npm_config_registry: 'https://registry.example.com/',
      npm_config_os: 'linux',
      npm_config_cpu: 'x64',
      npm_config_yes: 'true',
    }
    expect(create(['kured', '--stdout'], temporaryFolder(), { env }).status).toBe(0)
  })

  it('takes presets of two plugins of the same name', () => {
    const folder = temporaryFolder()
    const plugin = (name: string) =>
      `export const presets = [{ ...${JSON.stringify({ ...minePreset, name })}, build: () => ({ containers: [{ name: 'mine' }] }) }]\n`
    writeFileSync(join(folder, 'a.mjs'), plugin('first'))
    writeFileSync(join(folder, 'b.mjs'), plugin('second'))
    writeFileSync(
      join(folder, 'daemonlint.config.yaml'),
      '- plugins: { mine: ./a.mjs }\n  files: [a/**]\n- plugins: { mine: ./b.mjs }\n  files: [b/**]\n',
    )
    const as = { program: join(root, 'node_modules/.bin/daemonlint'), before: ['generate'] }
    const { stdout, stderr } = create(['--list'], folder, as)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^ {2}first /m)
    expect(stdout).toMatch(/^ {2}second /m)
  })

  it('loads a plugin that is a package for import alone', () => {
    const folder = temporaryFolder()
    const house = join(folder, 'node_modules/house')
    mkdirSync(house, { recursive: true })
    writeFileSync(
      join(house, 'package.json'),
      '{ "name": "house", "type": "module", "exports": { ".": { "import": "./index.js" } } }',
    )
    writeFileSync(
      join(house, 'index.js'),
      `export const presets = [{ ...${JSON.stringify(minePreset)}, build: () => ({ containers: [{ name: 'mine' }] }) }]\n`,
    )
    expect(create(['--plugin', 'house', '--list'], folder).stdout).toMatch(/^ {2}mine /m)
    const as = { program: join(root, 'node_modules/.bin/daemonlint'), before: ['generate'] }
    expect(create(['--plugin', 'house', '--list'], folder, as).stdout).toMatch(/^ {2}mine /m)
  })

  it('names itself in messages as it was called', () => {
    const as = { program: join(root, 'node_modules/.bin/daemonlint'), before: ['generate'] }
    const folder = temporaryFolder()
    expect(create(['nonsense'], folder, as).stderr).toBe(
      "daemonlint: There is no preset 'nonsense'. --list names them all.\n",
    )
    expect(create(['kured', '--nonsense'], folder, as).stderr).toMatch(
      /^daemonlint: There is no flag --nonsense\. .*See --help\.\n$/,
    )
  })

  it('lists presets by what they are for, and describes each', () => {
    const folder = temporaryFolder()
    const { stdout } = create(['--list'], folder)
    expect(stdout).toMatch(/^Logs\n {2}fluent-bit /)
    for (const [, name] of stdout.matchAll(/^ {2}(\S+)/gm)) {
      const { status, stdout: described } = create(['--describe', name!], folder)
      expect(status).toBe(0)
      expect(described).toContain(`(${name})`)
      expect(described).toContain('--priority-class')
    }
  }, 120_000)

  it('helps, with the flags of a preset if one is named', () => {
    const folder = temporaryFolder()
    expect(create(['--help'], folder).stdout).toContain('--accept-archived')
    expect(create(['falco', '--help'], folder).stdout).toContain('Answers of falco:')
    expect(create(['--version'], folder).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('is there as `daemonlint generate`', () => {
    const folder = temporaryFolder()
    const as = { program: join(root, 'node_modules/.bin/daemonlint'), before: ['generate'] }
    const { status, stdout } = create(['kured', 'out'], folder, as)
    expect(status).toBe(0)
    expect(stdout).toContain('nothing found')
    expect(filesIn(folder)).toEqual(['out/create-daemonset.answers', 'out/kured.yaml'])
    expect(create(['nonsense'], folder, as)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^daemonlint: There is no preset/),
    })
  })

  it('lints what a chart comes to', () => {
    const folder = temporaryFolder()
    const { stdout } = create(
      ['fluent-bit', 'chart', '--output', 'helm', '--update-type', 'OnDelete'],
      folder,
    )
    expect(stdout).toMatch(/what the chart renders to.*:\nchart\/rendered\.yaml\n.*on-delete/s)
  })
})
