// npm run verify-ci
// Does what CI systems would do with action.yml, templates/daemonlint.yml and the Dockerfile, without them: their steps
// run in a clone of this repository's HEAD, with inputs put in as each system does it. hadolint looks at the Dockerfile
// where it is installed. No image is built: the steps that need one are left out, aloud.
import '../lib/check-node.mjs'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { conclude, hasProgram, runProgram } from '../../packages/create-daemonset/scripts/verify/tools.mjs'
import { root } from '../lib/workspace.mjs'

const { parse, parseAllDocuments } = createRequire(join(root, 'packages', 'cli', 'package.json'))('yaml')
const temporary = mkdtempSync(join(tmpdir(), 'daemonlint-ci-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))
const failures = []
let checked = 0

const good = readFileSync(join(root, 'examples', 'good.yaml'), 'utf8')
/** Nothing but a warning, and another one that is suppressed. */
const warned = `${good.replace(/image: .*/, 'image: registry.example.com/node-agent:latest')}---\n${good
  .replace(
    /image: .*/,
    'image: registry.example.com/other:latest # daemonlint-disable-line image-tag -- a test',
  )
  .replaceAll('node-agent', 'other-agent')
  .replaceAll(/(containerPort|hostPort): \d+/g, '$1: 9999')}`
const rejected = good.replace('maxUnavailable: 10%', 'maxUnavailable: ten')

const source = clone(join(temporary, 'daemonlint'))
await githubAction()
await gitlabTemplate()
await dockerfile()
conclude(checked, failures)

async function check(name, body) {
  checked++
  try {
    await body()
    console.log(`ok     ${name}`)
  } catch (error) {
    failures.push(`${name}: ${error.message}`)
    console.log(`FAILED ${name}`)
  }
}

/** The steps of action.yml, as a runner does them: bash without profiles, and files for what they say. */
async function githubAction() {
  const action = parse(readFileSync(join(source, 'action.yml'), 'utf8'))
  const run = (files, given) => {
    const folder = project(files)
    const inputs = Object.fromEntries(
      Object.entries(action.inputs).map(([name, input]) => [name, String(given[name] ?? input.default)]),
    )
    const state = { output: join(folder, '.output'), summary: join(folder, '.summary'), log: '', status: 0 }
    const fill = (text) =>
      text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name) => {
        if (name === 'github.action_path') return source
        assert.ok(name.startsWith('inputs.') && name.slice(7) in inputs, `unknown expression ${name}`)
        return inputs[name.slice(7)]
      })
    for (const step of action.runs.steps) {
      assert.equal(step.shell, 'bash')
      assert.ok(!step.run.includes('${{'), `an expression in the script of '${step.name}' would be code`)
      const script = join(temporary, 'step.sh')
      writeFileSync(script, step.run)
      const env = {
        ...process.env,
        ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fill(value)])),
        GITHUB_OUTPUT: state.output,
        GITHUB_STEP_SUMMARY: state.summary,
        RUNNER_TEMP: temporary,
      }
      const args = ['--noprofile', '--norc', '-eo', 'pipefail', script]
      const { status, stdout, stderr } = runProgram('bash', args, { cwd: folder, env })
      state.log += stdout + stderr
      state.status = status
      if (status !== 0) break
    }
    const text = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
    return { ...state, folder, output: text(state.output), summary: text(state.summary) }
  }

  await check('action: annotates and passes with warnings', () => {
    const { status, log, output, summary } = run({ 'k8s/a b.yaml': warned }, { paths: 'k8s/a b.yaml' })
    assert.equal(status, 0, log)
    assert.match(log, /^::warning file=k8s\/a b\.yaml,line=\d+,.*title=image-tag::/m)
    assert.equal(output, 'exit-code=0\n')
    assert.match(summary, /### ⚠️ daemonlint: 1 warning/)
  })
  await check('action: fails for what the API server refuses, and for warnings where it is told to', () => {
    const refused = run({ 'a.yaml': rejected }, {})
    assert.equal(refused.status, 1, refused.log)
    assert.match(refused.log, /^::error file=a\.yaml,.*title=api-server\//m)
    assert.equal(refused.output, 'exit-code=1\n')
    const warnings = run({ 'a.yaml': warned }, { 'fail-on': 'warning' })
    assert.equal(warnings.status, 1, warnings.log)
  })
  await check('action: never fails for findings where it is told so, but for what is not there', () => {
    assert.equal(run({ 'a.yaml': rejected }, { 'fail-on': 'never' }).status, 0)
    const gone = run({ 'a.yaml': good }, { 'fail-on': 'never', paths: 'a.yaml\ngone.yaml' })
    assert.equal(gone.status, 2, gone.log)
    assert.match(gone.log, /^::error title=daemonlint::gone\.yaml does not exist\.$/m)
    assert.match(gone.summary, /gone\.yaml does not exist\./)
  })
  await check('action: writes SARIF without what is suppressed', () => {
    const { folder, status, log } = run({ 'a.yaml': warned }, { sarif: 'out/r.sarif' })
    assert.equal(status, 0, log)
    const [{ results }] = JSON.parse(readFileSync(join(folder, 'out/r.sarif'), 'utf8')).runs
    assert.deepEqual(
      results.map(({ ruleId }) => ruleId),
      ['image-tag'],
    )
    assert.ok(!('suppressions' in results[0]) || results[0].suppressions.length === 0)
  })
  await check('action: takes a configuration and flags, and no code', () => {
    const given = {
      config: 'ci.yaml',
      args: '--rule\nimage-tag: error\n--ignore-pattern\n$(touch pwned)\'";touch pwned',
      format: 'concise',
      summary: 'false',
      paths: '$(touch pwned).yaml\n`touch pwned`.yaml\na.yaml',
    }
    const files = { 'a.yaml': warned, 'ci.yaml': 'extends: daemonlint/recommended\n' }
    const { folder, status, log, summary } = run(files, given)
    assert.equal(status, 2, log)
    assert.match(log, /a\.yaml:\d+:\d+: error .*\[image-tag\]/)
    assert.match(log, /No files match \$\(touch pwned\)\.yaml\.\n.*`touch pwned`\.yaml does not exist/)
    assert.ok(!existsSync(join(folder, 'pwned')))
    assert.equal(summary, '')
    const wrong = run({ 'a.yaml': good }, { 'fail-on': 'x::y\n::error::z' })
    assert.equal(wrong.status, 2)
    assert.match(wrong.log, /^::error title=daemonlint::fail-on is error, warning or never, not 'x\?\?y/m)
  })
}

/** The job of templates/daemonlint.yml, as a runner does it: its lines in one shell that stops at the first failure. */
async function gitlabTemplate() {
  const [spec, jobs] = parseAllDocuments(
    readFileSync(join(source, 'templates', 'daemonlint.yml'), 'utf8'),
  ).map((document) => document.toJS())
  const run = (files, given) => {
    const folder = project(files)
    const inputs = Object.fromEntries(
      Object.entries(spec.spec.inputs).map(([name, input]) => [name, given[name] ?? input.default]),
    )
    const fill = (text) =>
      text.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name) => {
        assert.notEqual(inputs[name], undefined, `there is no input ${name}`)
        return inputs[name]
      })
    const job = JSON.parse(fill(JSON.stringify(jobs)).replaceAll('\n', '\\n')).daemonlint
    const env = { ...process.env, ...job.variables, CI_PROJECT_DIR: folder }
    // What a runner does with an image that has no bash.
    const result = runProgram('sh', ['-ec', job.script.join('\n')], { cwd: folder, env })
    rmSync(`${folder}.daemonlint`, { recursive: true, force: true })
    return { ...result, job, log: result.stdout + result.stderr, folder }
  }
  const given = { repository: source, ref: branchOf(source) }

  await check('gitlab: reports code quality and tests', () => {
    const { status, log, folder, job } = run(
      { 'k8s/a.yaml': warned, 'k8s/b.yaml': good },
      { ...given, paths: 'k8s' },
    )
    assert.equal(status, 0, log)
    assert.match(log, /image-tag/)
    const { codequality, junit } = job.artifacts.reports
    const issues = JSON.parse(readFileSync(join(folder, codequality), 'utf8'))
    assert.deepEqual(
      issues.map(({ check_name, location }) => [check_name, location.path]),
      [['image-tag', 'k8s/a.yaml']],
    )
    assert.match(
      readFileSync(join(folder, junit), 'utf8'),
      /<testsuites name="daemonlint" tests="3" failures="1"/,
    )
  })
  await check('gitlab: fails as it is told to', () => {
    const statusOf = (text, failOn, paths = '.') =>
      run({ 'a.yaml': text }, { ...given, 'fail-on': failOn, paths }).status
    assert.equal(statusOf(warned, 'warning'), 1)
    assert.equal(statusOf(rejected, 'error'), 1)
    assert.equal(statusOf(rejected, 'never'), 0)
    assert.equal(statusOf(good, 'never', 'gone.yaml'), 2)
  })
}

/** The instructions of the Dockerfile, with a folder for each stage. */
async function dockerfile() {
  const file = join(source, 'Dockerfile')
  if (hasProgram('hadolint')) {
    await check('docker: hadolint has nothing to say', () => {
      const { status, stdout } = runProgram('hadolint', [file])
      assert.equal(status, 0, stdout)
    })
  } else console.log('skipped: hadolint is not installed, so nobody looks at the Dockerfile')

  await check('docker: what is copied builds, and the result runs alone', () => {
    const stages = new Map()
    let stage
    let folder = '/'
    const inStage = (path) => join(stage, path.startsWith('/') ? path : join(folder, path))
    const instructions = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => /^(\w+) (.*)$/.exec(line).slice(1))
    for (const [name, rest] of instructions) {
      if (name === 'FROM') {
        const [image, , as = 'last'] = rest.split(' ')
        stage = join(temporary, `stage-${as}`)
        stages.set(as, stage)
        mkdirSync(stage)
        console.log(`skipped: FROM ${image}; a folder and the Node of this machine stand for it`)
      } else if (name === 'WORKDIR') {
        folder = rest
        mkdirSync(inStage('.'), { recursive: true })
      } else if (name === 'COPY') {
        const [, from, paths] = /^(?:--from=(\w+) )?(.*)$/.exec(rest)
        const [to, ...what] = paths.split(' ').reverse()
        if (from)
          for (const path of what) copyInto(join(stages.get(from), path), inStage(to), to.endsWith('/'))
        else copyContext(inStage(to))
      } else if (name === 'RUN' && rest.startsWith('node ')) {
        const [program, ...args] = rest.split(' ')
        const { status, stdout, stderr } = runProgram(program, args, { cwd: inStage('.') })
        assert.equal(status, 0, stdout + stderr)
      } else console.log(`skipped: ${name} ${rest}`)
    }
    const command = join(stages.get('last'), 'opt/daemonlint/dist/daemonlint.cjs')
    const files = {
      'a.yaml': warned,
      'daemonlint.config.mjs':
        "import { defineConfig } from 'daemonlint'\nexport default defineConfig([{ extends: 'daemonlint/recommended' }])\n",
    }
    const cwd = project(files)
    const lint = runProgram(process.execPath, [command, '.'], { cwd })
    assert.equal(lint.status, 0, lint.stdout + lint.stderr)
    assert.match(lint.stdout, /1 warning[\s\S]*1 finding suppressed/)
    const explain = runProgram(process.execPath, [command, 'explain', 'image-tag'], { cwd })
    assert.match(explain.stdout, /^image-tag\n/)
    const made = runProgram(process.execPath, [command, 'generate', '--help'], { cwd })
    assert.equal(made.status, 0, made.stderr)
    const sizes = filesBelow(stages.get('last')).map((name) => statSync(join(stages.get('last'), name)).size)
    console.log(
      `       the image holds ${(sizes.reduce((a, b) => a + b) / 1e6).toFixed(1)} MB beside its base and git`,
    )
  })
}

/** What `COPY . .` copies: the files but for those that .dockerignore names. */
function copyContext(to) {
  const patterns = readFileSync(join(source, '.dockerignore'), 'utf8').split('\n').filter(Boolean)
  const isIgnored = (path) =>
    patterns.some((pattern) =>
      pattern.startsWith('**/')
        ? path.split('/').some((part) => matches(part, pattern.slice(3)))
        : path === pattern || path.startsWith(`${pattern}/`),
    )
  for (const path of filesBelow(source)) {
    if (isIgnored(path)) continue
    mkdirSync(dirname(join(to, path)), { recursive: true })
    copyFileSync(join(source, path), join(to, path))
  }
}

/** Copies as COPY does: the content of a folder, files that a pattern names. */
function copyInto(from, to, isFolder) {
  const names = basename(from).includes('*')
    ? readdirSync(dirname(from)).filter((name) => matches(name, basename(from)))
    : [basename(from)]
  assert.ok(names.length > 0, `nothing is ${from}`)
  for (const name of names) {
    mkdirSync(isFolder ? to : dirname(to), { recursive: true })
    cpSync(join(dirname(from), name), isFolder ? join(to, name) : to, { recursive: true })
  }
}

function matches(name, pattern) {
  const [start, end] = pattern.split('*')
  return end === undefined ? name === pattern : name.startsWith(start) && name.endsWith(end)
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
}

/** A clone of HEAD, as CI systems make one. */
function clone(to) {
  git(['clone', '--quiet', '--no-local', '--depth', '1', `file://${root}`, to], root)
  return to
}

function branchOf(folder) {
  return git(['branch', '--show-current'], folder).trim()
}

function git(args, cwd) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** A folder of its own with these files: what somebody has checked out. */
function project(files) {
  const folder = mkdtempSync(join(temporary, 'project-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
