/** Charts and kustomizations, by programs that only pretend to be helm and kustomize, and by the real ones where they are. */
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { daemonlint, daemonSet, folder } from './command.ts'

const template = daemonSet({ name: '{{ .Release.Name }}', image: '{{ .Values.image }}:latest' }).replace(
  /^( *)resources:\n(?:\1 +.*\n)+/m,
  '$1{{- include "resources" . | nindent 10 }}\n',
)
const rendered = daemonSet({ name: 'mine', image: 'registry.example.com/agent:latest' })
const output = `---\n# Source: demo/templates/ds.yaml\n${rendered}`

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 0.1.0\n',
  'chart/values.yaml': 'image: registry.example.com/agent\n',
  'chart/templates/ds.yaml': template,
}

/** A folder with a program in its `bin`, and that alone where programs are looked for. */
function withProgram(name: string, code: string, files: Record<string, string> = {}) {
  const cwd = folder({ ...files, [`bin/${name}`]: `#!${process.execPath}\n${code}\n` })
  chmodSync(join(cwd, 'bin', name), 0o755)
  const env = { PATH: [join(cwd, 'bin'), join(process.execPath, '..')].join(delimiter) }
  return { cwd, run: (...args: string[]) => daemonlint(args, { cwd, env }) }
}

const prints = (text: string) => `process.stdout.write(${JSON.stringify(text)})`

interface Row {
  filePath: string
  messages: { ruleId: string; line: number; fix?: object; suggestions?: object[] }[]
}

const rows = (stdout: string) =>
  (JSON.parse(stdout) as Row[]).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line }) => `${filePath.split('/').slice(-3).join('/')}:${line} ${ruleId}`),
  )

describe.skipIf(process.platform === 'win32')('daemonlint --helm', () => {
  const lineOf = (text: string, word: string) => text.slice(0, text.indexOf(word)).split('\n').length

  it('tells of findings in the template', () => {
    const { run } = withProgram('helm', prints(output), chart)
    const { status, stdout, stderr } = run('--helm', 'chart', '-f', 'json')
    expect(stderr).toBe('')
    expect(rows(stdout)).toEqual([`chart/templates/ds.yaml:${lineOf(template, 'image:')} image-tag`])
    expect(status).toBe(0)
    expect(run('--helm', 'chart', '--max-warnings', '0').status).toBe(1)
    expect(run('--helm', 'chart').stdout).toMatch(/^chart\/templates\/ds\.yaml\n.*image-tag\n.*image: \{\{/)
  })

  it('tells of what comes from elsewhere in the rendered text, by a path that says so', () => {
    const long = output.replace(/cpu: \w+/, 'cpu: -1')
    const { run } = withProgram('helm', prints(long), chart)
    const { stdout, status } = run('--helm', 'chart')
    expect(status).toBe(1)
    expect(stdout).toContain(`chart (rendered) templates/ds.yaml\n${lineOf(long, 'cpu: -1')}:`)
  })

  it('has suppressions, which a run without the chart leaves alone', () => {
    const long = output.replace(/cpu: \w+/, 'cpu: -1').replace(':latest', ':1')
    const { run } = withProgram('helm', prints(long), { ...chart, 'ds.yaml': daemonSet() })
    expect(run('--helm', 'chart').status).toBe(1)
    expect(run('--helm', 'chart', '--suppress-all').status).toBe(0)
    expect(run('--helm', 'chart').status).toBe(0)
    expect(run('ds.yaml').status).toBe(0)
  })

  it('has suppressions of templates, which a run that passes them over leaves alone', () => {
    const { cwd, run } = withProgram('helm', prints(output), { ...chart, 'ds.yaml': daemonSet() })
    const record = () => readFileSync(join(cwd, 'daemonlint-suppressions.json'), 'utf8')
    expect(run('--helm', 'chart', '--suppress-all').status).toBe(0)
    const before = record()
    expect(Object.keys(JSON.parse(before))).toEqual(['chart/templates/ds.yaml'])
    for (const flags of [[], ['--prune-suppressions'], ['--suppress-all']]) {
      expect(run('chart', 'ds.yaml', ...flags).status).toBe(0)
      expect(record()).toBe(before)
    }
    expect(run('--helm', 'chart', '--max-warnings', '0').status).toBe(0)
  })

  it('lints files beside it, and mends those alone', () => {
    const fixable = daemonSet().replace('kubernetes.io/os', 'beta.kubernetes.io/os')
    const files = {
      ...chart,
      'ds.yaml': fixable,
      'chart/templates/ds.yaml': template.replace('kubernetes.io/os', 'beta.kubernetes.io/os'),
    }
    const { cwd, run } = withProgram('helm', prints(output.replace('kubernetes.io/os', 'beta.$&')), files)
    const { stdout } = run('--helm', 'chart', 'ds.yaml', '--fix')
    expect(stdout).toContain('deprecated-node-label')
    expect(readFileSync(join(cwd, 'ds.yaml'), 'utf8')).toBe(daemonSet())
    expect(readFileSync(join(cwd, 'chart/templates/ds.yaml'), 'utf8')).toBe(files['chart/templates/ds.yaml'])
  })

  it('takes configurations for the path of the template, and comments as they are rendered', () => {
    const config =
      "- extends: daemonlint/recommended\n- files: ['chart/templates/*']\n  rules: { image-tag: off }\n"
    const files = { ...chart, 'daemonlint.config.yaml': config }
    expect(withProgram('helm', prints(output), files).run('--helm', 'chart').stdout).not.toContain(
      'image-tag',
    )
    const quiet = output.replace(':latest', ':latest # daemonlint-disable-line image-tag -- for tests')
    expect(withProgram('helm', prints(quiet), chart).run('--helm', 'chart').stdout).not.toContain('image-tag')
  })

  it('says what is wrong in a line, and exits with 2', () => {
    const failing = withProgram('helm', 'console.error("Error: chart has no name"); process.exit(1)')
    expect(failing.run('--helm', 'a', '--helm', 'b')).toMatchObject({
      status: 2,
      stderr:
        'daemonlint: --helm a: helm: chart has no name\ndaemonlint: --helm b: helm: chart has no name\n',
    })
    expect(withProgram('other', '').run('--helm', 'a')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^daemonlint: --helm a: helm is not installed.*\n$/),
    })
    expect(withProgram('helm', prints('')).run('--helm', 'a')).toMatchObject({
      status: 2,
      stderr: 'daemonlint: Nothing was checked: there is no DaemonSet here.\n',
    })
  })

  it.each([
    [['--values', 'x'], '--values needs --helm CHART.'],
    [['--release', 'x', '.'], '--release needs --helm CHART.'],
    [['--helm', 'x', '--stdin'], '--helm and --stdin cannot be used together.'],
    [['--kustomize', 'x', '--stdin'], '--kustomize and --stdin cannot be used together.'],
    [['--helm'], '--helm needs a value: --helm CHART'],
  ])('refuses %j', (args, message) => {
    expect(daemonlint(args)).toMatchObject({ status: 2, stderr: `daemonlint: ${message}\n` })
  })
})

describe.skipIf(process.platform === 'win32')('daemonlint --kustomize', () => {
  it('tells of findings in the file of the resource, and of what a patch sets in what is built', () => {
    const base = daemonSet({ image: 'agent:latest' })
    const built = base.replace('name: agent\n', 'name: prod-agent\n').replace(/cpu: \w+/, 'cpu: -1')
    const { run } = withProgram('kustomize', prints(built), {
      'base/kustomization.yaml': 'resources: [ds.yaml]\n',
      'base/ds.yaml': base,
      'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\npatches: [{ path: cpu.yaml }]\n',
    })
    const { stdout, stderr } = run('--kustomize', 'prod')
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^base\/ds\.yaml\n\S+ +warning .*image-tag$/m)
    expect(stdout).toMatch(/^prod \(rendered\)\n\S+ +error /m)
    expect(stdout).toMatch(/1 workload checked/)
  })
})

describe.skipIf(process.platform === 'win32')('what a configuration asks for', () => {
  const files = {
    ...chart,
    'daemonlint.config.yaml':
      'extends: daemonlint/recommended\nlinterOptions: { renderCharts: true, renderKustomizations: true }\n',
  }

  it('is every chart that stands for itself', () => {
    const library = 'apiVersion: v2\nname: l\ntype: library\n'
    const { run } = withProgram('helm', prints(output), {
      ...files,
      'chart/charts/sub/Chart.yaml': chart['chart/Chart.yaml'],
      'library/Chart.yaml': library,
    })
    const { stdout, stderr } = run('.')
    expect(stderr).toBe('')
    expect(stdout.match(/image-tag/g)).toHaveLength(1)
    expect(run('--helm', 'chart', '.').stdout).toBe(stdout)
  })

  it('is every kustomization that no other builds on, without what is told of already or hidden by a comment', () => {
    const base = daemonSet({ image: 'agent:latest' })
    const hidden = daemonSet({
      name: 'other',
      image: 'agent:latest # daemonlint-disable-line image-tag -- x',
    })
    const built = [base, daemonSet({ name: 'other', image: 'agent:latest' })].join('---\n')
    const { run } = withProgram('kustomize', prints(built.replace(/cpu: \w+/, 'cpu: -1')), {
      'daemonlint.config.yaml':
        'linterOptions: { renderKustomizations: true }\nextends: daemonlint/recommended\n',
      'base/kustomization.yaml': 'resources: [ds.yaml, other.yaml]\n',
      'base/ds.yaml': base,
      'base/other.yaml': hidden,
      'prod/kustomization.yaml': 'resources: [../base]\n',
    })
    const told = run('.').stdout
    expect(told.match(/image-tag/g)).toHaveLength(1)
    expect(told).toMatch(/^prod \(rendered\)\n\S+ +error /m)
    expect(told).toMatch(/1 finding suppressed/)
    const summary = /\n[^\n]*files read.*\n$/
    expect(run('--kustomize', 'prod').stdout.replace(summary, '')).toBe(told.replace(summary, ''))
  })

  it('has the suppressions of the files that it is built from, under other names too', () => {
    const base = daemonSet({ image: 'agent:latest' })
    const { cwd, run } = withProgram('kustomize', prints(base.replace('name: agent', 'name: prod-agent')), {
      'base/kustomization.yaml': 'resources: [ds.yaml]\n',
      'base/ds.yaml': base,
      'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n',
    })
    const record = () => readFileSync(join(cwd, 'daemonlint-suppressions.json'), 'utf8')
    const strict = ['--kustomize', 'prod', '--max-warnings', '0']
    const { status, stdout } = run(...strict)
    expect(status).toBe(1)
    expect(stdout).toMatch(/^base\/ds\.yaml\n.*image-tag/)
    expect(run('.', '--suppress-all').status).toBe(0)
    const before = record()
    expect(run(...strict)).toMatchObject({ status: 0, stderr: '' })
    expect(run(...strict, '--prune-suppressions').status).toBe(0)
    expect(record()).toBe(before)
  })
})

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const helm = has('helm', 'version')
const kubectl = has('kubectl', 'version', '--client')
if (!helm || !kubectl)
  console.warn(`Skipped: ${[!helm && 'helm', !kubectl && 'kubectl'].filter(Boolean).join(', ')} is not there`)

it.skipIf(!helm)('works with the real helm', () => {
  const files = {
    ...chart,
    'chart/templates/_r.tpl':
      '{{ define "resources" }}resources: { requests: { cpu: 1m, memory: 1Gi }, limits: { memory: 1Gi } }{{ end }}',
  }
  const { stdout, stderr } = daemonlint(['--helm', 'chart', '--release', 'x', '--set', 'image=a'], {
    cwd: folder(files),
  })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^chart\/templates\/ds\.yaml\n.*$/m)
  expect(stdout).toContain('uses the moving tag `latest`')
  expect(stdout).not.toContain('(rendered)')
})

it.skipIf(!kubectl)('works with the real kubectl', () => {
  const cwd = folder({
    'kustomization.yaml': 'resources: [ds.yaml]\nnamePrefix: dev-\n',
    'ds.yaml': daemonSet({ image: 'agent:latest' }),
  })
  const { stdout, stderr } = daemonlint(['--kustomize', '.'], { cwd })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^ds\.yaml\n\S+ +warning .*image-tag$/m)
})

it.skipIf(process.platform === 'win32')('tells once what two overlays make of a file, and records it', () => {
  const moving = daemonSet({ image: 'registry.example.com/agent:latest' })
  const overlay = (name: string) => `resources: [../base]\nnamePrefix: ${name}-\n`
  const { run } = withProgram(
    'kustomize',
    `const { basename } = require('node:path')
const { readFileSync } = require('node:fs')
const text = readFileSync('base/ds.yaml', 'utf8')
process.stdout.write(text.replace(/^ {2}name: /m, '  name: ' + basename(process.argv.at(-1)) + '-'))`,
    {
      'base/ds.yaml': moving,
      'base/kustomization.yaml': 'resources: [ds.yaml]\n',
      'dev/kustomization.yaml': overlay('dev'),
      'prod/kustomization.yaml': overlay('prod'),
    },
  )
  const both = ['--kustomize', 'dev', '--kustomize', 'prod', '--max-warnings', '0']
  expect(rows(run(...both, '-f', 'json').stdout)).toEqual([
    expect.stringMatching(/base\/ds\.yaml:\d+ image-tag$/),
  ])
  run(...both, '--suppress-all')
  const runs = [both, ['--kustomize', 'prod', '--max-warnings', '0'], ['base/ds.yaml', '--max-warnings', '0']]
  for (const args of runs) expect(run(...args)).toMatchObject({ status: 0, stderr: '' })
})

it.skipIf(process.platform === 'win32')('keeps what is recorded of a chart when it is not rendered', () => {
  const { cwd, run } = withProgram('helm', prints(output), { ...chart, 'ds.yaml': daemonSet() })
  run('--helm', 'chart', '--suppress-all')
  const record = () => readFileSync(join(cwd, 'daemonlint-suppressions.json'), 'utf8')
  const before = record()
  expect(before).toContain('chart/templates/ds.yaml')
  expect(run('.', '--prune-suppressions').status).toBe(0)
  expect(record()).toBe(before)
  expect(run('.', '--max-warnings', '0')).toMatchObject({ status: 0, stderr: '' })
  expect(run('--helm', 'chart', '--max-warnings', '0')).toMatchObject({ status: 0, stderr: '' })
})
