// npm run verify-pre-commit [-- --with PROGRAM… --cold]
// Commits to toy repositories whose hooks come from a tag of this one's HEAD, with each pre-commit and prek that is on
// the PATH or named by --with. What they install stands in a temporary folder; --cold keeps what npm and pnpm download
// there too, as on a machine that has neither used before. What is absent is left out, aloud.
import '../lib/check-node.mjs'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { hasProgram, runProgram } from '../../packages/create-daemonset/scripts/verify/tools.mjs'
import { root } from '../lib/workspace.mjs'

const values = readArguments()
const total = { passed: 0, failed: 0, skipped: 0 }
const temporary = mkdtempSync(join(tmpdir(), 'daemonlint-pre-commit-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))

const good = readFileSync(join(root, 'examples', 'good.yaml'), 'utf8')
/** Nothing but a warning. */
const warned = good.replace(/image: .*/, 'image: registry.example.com/node-agent:latest')
/** Nothing but remarks. */
const remarked = good.replace(/ {6}nodeSelector:\n.*\n/, '')
const rejected = good.replace('maxUnavailable: 10%', 'maxUnavailable: ten')
/** A warning that --fix mends. */
const mendable = good.replace('kubernetes.io/os', 'beta.kubernetes.io/os')
const account =
  'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: node-agent\n  namespace: monitoring\n'
const withAccount = good.replace(
  'priorityClassName',
  'serviceAccountName: node-agent\n      priorityClassName',
)
/** What is YAML or JSON and none of our business. */
const others = {
  'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: agent\n',
  'empty.yaml': '',
  'chart/templates/agent.yaml':
    '{{- if .Values.agent }}\nkind: DaemonSet\nmetadata:\n  name: {{ .Release.Name }}\n{{- end }}\n',
  'chart/values.yaml': 'kind: DaemonSet\nimage:\n  tag: ""\n',
  'vault.yml': 'password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n',
  'stack.yaml': 'Resources:\n  Topic: !Sub "${AWS::StackName}"\n',
  'play.yml':
    '- hosts: all\n  tasks:\n    - k8s:\n        definition:\n          apiVersion: apps/v1\n          kind: DaemonSet\n',
  'broken.yaml': 'a: [\n\tb\n',
  'tsconfig.json': '{ // strict\n  "compilerOptions": { "strict": true, }\n}\n',
}

/** The command of this checkout, as it is now. */
const linked = join(root, 'node_modules', '.bin', 'daemonlint')

if (!existsSync(linked)) misuse('The command is not built: npm start')

const who = { NAME: 'Toy', EMAIL: 'toy@example.com' }
const identity = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  ),
)

/** Each makes a repository and commits to it; it throws what is wrong. */
const scenarios = {
  'a manifest that the API server refuses stops the commit, with the report': (hooks) => {
    const repository = hooks.repository({ 'ds.yaml': rejected })
    stops(repository.commit(), /ds\.yaml\n.*api-server\//s)
  },
  'a lone warning stops the commit': (hooks) => {
    const repository = hooks.repository({ 'ds.yaml': warned })
    const output = stops(repository.commit(), /warning .* image-tag/)
    expect(output, /1 warning, more than --max-warnings 0 allows/)
  },
  'remarks alone do not': (hooks) => {
    const repository = hooks.repository({ 'ds.yaml': remarked })
    passes(repository.commit())
    expect(repository.lint('ds.yaml'), / info /)
  },
  'args of the person take the place of those of the hook': (hooks) => {
    passes(hooks.repository({ 'ds.yaml': warned }, { hook: { args: ['--max-warnings', '1'] } }).commit())
    passes(hooks.repository({ 'ds.yaml': warned }, { hook: { args: [] } }).commit())
    stops(hooks.repository({ 'ds.yaml': rejected }, { hook: { args: ['--quiet'] } }).commit(), /api-server\//)
  },
  'what is no workload passes in silence': (hooks) => {
    const output = passes(hooks.repository(others, { hook: { verbose: true } }).commit())
    expect(output, /\d+ files read, 0 workloads checked, 1 template passed over/)
    refuse(output, /daemonlint:|warning|error/)
  },
  'what the configuration ignores is passed over': (hooks) => {
    const ignores = { 'daemonlint.config.yaml': '- extends: daemonlint/recommended\n- ignores: [old/**]\n' }
    passes(hooks.repository({ ...ignores, 'old/ds.yaml': rejected }).commit())
    stops(hooks.repository({ ...ignores, 'old/ds.yaml': rejected, 'ds.yaml': warned }).commit(), /image-tag/)
  },
  'daemonlint-fix mends and stops once': (hooks) => {
    const repository = hooks.repository({ 'ds.yaml': mendable }, { hook: { id: 'daemonlint-fix' } })
    stops(repository.commit(), /files were modified by this hook/i)
    refuse(repository.read('ds.yaml'), /beta\.kubernetes/)
    passes(repository.commit())
  },
  'daemonlint-fix reports what it cannot mend': (hooks) => {
    const both = mendable.replace(/image: .*/, 'image: registry.example.com/node-agent:latest')
    const repository = hooks.repository({ 'ds.yaml': both }, { hook: { id: 'daemonlint-fix' } })
    stops(repository.commit(), /image-tag/)
    refuse(repository.read('ds.yaml'), /beta\.kubernetes/)
    stops(repository.commit(), /image-tag/)
  },
  'a ServiceAccount counts in a file that is not in the commit': (hooks) => {
    const rules =
      '- extends: daemonlint/recommended\n- rules: { missing-reference: [warn, { complete: true }] }\n'
    const alone = hooks.repository({ 'daemonlint.config.yaml': rules, 'ds.yaml': withAccount })
    stops(alone.commit(), /ServiceAccount `node-agent`.*missing-reference/)
    alone.write({ 'account.yaml': account })
    passes(alone.commit(['ds.yaml', 'daemonlint.config.yaml']))
    const committed = hooks.repository({ 'daemonlint.config.yaml': rules, 'account.yaml': account })
    passes(committed.commit())
    committed.write({ 'ds.yaml': withAccount })
    passes(committed.commit())
  },
  '300 files in one commit are one run': (hooks) => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`a-folder-of-manifests/agent-${index}.yaml`, warned]),
    )
    const output = stops(hooks.repository(files).commit(), /300 warnings/)
    if (output.match(/files read/g)?.length !== 1) throw new Error(`not one run: ${excerpt(output)}`)
  },
  'what was there before passes where it is recorded': (hooks) => {
    const repository = hooks.repository({ 'ds.yaml': warned })
    stops(repository.commit(), /image-tag/)
    repository.lint('--suppress-all', 'ds.yaml')
    passes(repository.commit())
    repository.write({ 'other.yaml': warned })
    stops(repository.commit(), /other\.yaml\n.*image-tag/s)
  },
  'a broken configuration stops with what is wrong': (hooks) => {
    const config = { 'daemonlint.config.yaml': 'rules: { image-tog: error }\n' }
    const output = stops(hooks.repository({ ...config, 'ds.yaml': good }).commit(), /exit code: 2/)
    expect(output, /daemonlint\.config\.yaml.*image-tog/s)
  },
  'a JavaScript configuration imports daemonlint where nothing is installed': (hooks) => {
    const config = `import { defineConfig } from 'daemonlint'\nimport rules from '@daemonlint/rules'\nexport default defineConfig(rules.configs.recommended, { rules: { 'image-tag': 'off' } })\n`
    passes(hooks.repository({ 'daemonlint.config.mjs': config, 'ds.yaml': warned }).commit())
  },
  'additional_dependencies bring plugins': (hooks) => {
    const plugin = join(hooks.folder, 'daemonlint-plugin-toy')
    write(plugin, {
      'package.json':
        '{ "name": "daemonlint-plugin-toy", "version": "1.0.0", "exports": "./index.js", "type": "module" }',
      'index.js': `export default { rules: { no: {
        meta: { type: 'problem', docs: { description: 'No', category: 'metadata', presets: {} }, messages: { no: 'Toys say no.' } },
        create: (context) => ({ daemonSet: (node) => context.report({ node, messageId: 'no' }) }),
      } } }\n`,
    })
    const config = '- plugins: { toy: daemonlint-plugin-toy }\n  rules: { toy/no: error }\n'
    const files = { 'daemonlint.config.yaml': config, 'ds.yaml': good }
    const hook = { additional_dependencies: [`file:${plugin}`] }
    stops(hooks.repository(files, { hook }).commit(), /Toys say no\. {2}toy\/no/)
  },
  'daemonlint-system runs the one of the PATH': (hooks) => {
    const system = { hook: { id: 'daemonlint-system' } }
    const PATH = [dirname(linked), hooks.env.PATH].join(delimiter)
    stops(hooks.repository({ 'ds.yaml': warned }, { ...system, env: { PATH } }).commit(), /image-tag/)
    passes(hooks.repository({ 'ds.yaml': remarked }, { ...system, env: { PATH } }).commit())
    stops(hooks.repository({ 'ds.yaml': good }, system).commit(), /daemonlint.*(not found|no such file)/is)
  },
  'what is installed is the whole command': (hooks) => {
    const installed = filesNamed(hooks.home, 'daemonlint').filter((file) => dirname(file).endsWith('bin'))
    if (installed.length === 0) throw new Error('no command is installed')
    for (const [args, expected] of [
      [['--version'], /^\d+\.\d+\.\d+/],
      [['explain', 'image-tag'], /latest/],
      [['explain', 'api-server/unknown-field'], /unknown-field/],
      [['rules'], /memory-limit/],
      [['generate', '--list'], /fluent-bit/],
      [['--print-config', 'a.yaml'], /"rules"/],
    ])
      expect(runProgram(process.execPath, [installed[0], ...args], { cwd: temporary }).stdout, expected)
  },
}

const git = (args, options) => {
  const { status, stdout, stderr } = runProgram('git', args, options)
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

const programs = found()
if (programs.length === 0) {
  console.log('\n0 passed, 0 failed, 1 skipped')
  process.exit(0)
}
const changed = git(['status', '--porcelain'], { cwd: root })
if (changed !== '') console.log('Changes that are not committed are not part of what is verified.')
const source = join(temporary, 'daemonlint.git')
const tag = 'v0.0.1'
git(['clone', '--quiet', '--bare', root, source])
git(['tag', tag], { cwd: source })
for (const program of programs) verify(program)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

function readArguments() {
  const options = { with: { type: 'string', multiple: true, default: [] }, cold: { type: 'boolean' } }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    return misuse(`${error.message}\nUsage: npm run verify-pre-commit [-- --with PROGRAM… --cold]`)
  }
}

function misuse(reason) {
  console.error(reason)
  process.exit(2)
}

/** Those that are named, else those of the PATH. */
function found() {
  const names =
    values.with.length > 0
      ? values.with.map((name) => (name.includes('/') ? resolve(name) : name))
      : ['pre-commit', 'prek']
  return names.filter((name) => {
    if (hasProgram(name)) return true
    total.skipped += 1
    console.log(`skipped: ${name} ${name.includes('/') ? 'cannot be started' : 'is not on the PATH'}`)
    return false
  })
}

function verify(program) {
  const hooks = hooksOf(program)
  console.log(`\n${runProgram(program, ['--version']).stdout.trim()}, Node ${process.version}`)
  for (const [name, scenario] of Object.entries(scenarios)) {
    const started = performance.now()
    let reason = ''
    try {
      scenario(hooks)
    } catch (error) {
      reason = error.message
    }
    total[reason ? 'failed' : 'passed'] += 1
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${reason ? 'FAILED' : 'ok    '} ${name} (${seconds} s)${reason ? `: ${reason}` : ''}`)
  }
  const [first, ...later] = hooks.times
  const middle = later.sort((a, b) => a - b)[Math.floor(later.length / 2)]
  console.log(
    `The first commit, which installs, took ${first.toFixed(1)} s; a later one ${middle.toFixed(2)} s.`,
  )
}

/** A program and its own caches. */
function hooksOf(program) {
  const folder = mkdtempSync(join(temporary, 'run-'))
  const home = join(folder, 'home')
  const downloads = join(folder, 'downloads')
  const { GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE, ...env } = process.env
  Object.assign(env, {
    PRE_COMMIT_HOME: home,
    PREK_HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    NO_COLOR: '1',
    ...identity,
    // npm puts the command of this checkout on the PATH of its scripts.
    PATH: env.PATH.split(delimiter)
      .filter((entry) => !entry.startsWith(root))
      .join(delimiter),
    ...(values.cold && {
      npm_config_cache: join(downloads, 'npm'),
      XDG_CACHE_HOME: join(downloads, 'cache'),
      XDG_DATA_HOME: join(downloads, 'data'),
      PNPM_HOME: join(downloads, 'pnpm'),
    }),
  })
  /** Seconds of each commit that ran hooks of this repository and needed no other environment. */
  const times = []
  let count = 0
  const repository = (files, { hook = {}, env: more = {} } = {}) => {
    const path = join(folder, `repository-${count++}`)
    const all = { ...env, ...more }
    const repo = { repo: source, rev: tag, hooks: [{ id: 'daemonlint', ...hook }] }
    write(path, { ...files, '.pre-commit-config.yaml': JSON.stringify({ repos: [repo] }) })
    const inside = { cwd: path, env: all }
    git(['init', '--quiet', '--initial-branch', 'main'], inside)
    // Before the hooks are there, so that no commit of a scenario holds it.
    git(['add', '.pre-commit-config.yaml'], inside)
    git(['commit', '--quiet', '--message', 'Begin'], inside)
    const { status, stderr } = runProgram(program, ['install'], inside)
    if (status !== 0) throw new Error(`${program} install: ${stderr}`)
    return {
      write: (more) => write(path, more),
      read: (name) => readFileSync(join(path, name), 'utf8'),
      /** What the command itself says of a file. */
      lint: (...args) => runProgram(process.execPath, [linked, ...args], inside).stdout,
      commit(names = ['.']) {
        git(['add', ...names], inside)
        const started = performance.now()
        const { status, stdout, stderr } = runProgram('git', ['commit', '--message', 'Change'], inside)
        if (!hook.additional_dependencies && Object.keys(files).length < 100)
          times.push((performance.now() - started) / 1000)
        return { isCommitted: status === 0, output: `${stdout}${stderr}` }
      },
    }
  }
  return { env, folder, home, source, tag, times, repository }
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

function filesNamed(folder, name) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === name && !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

function stops({ isCommitted, output }, expected) {
  if (isCommitted) throw new Error(`the commit was made: ${excerpt(output)}`)
  expect(output, expected)
  return output
}

function passes({ isCommitted, output }) {
  if (!isCommitted) throw new Error(`the commit was stopped: ${excerpt(output)}`)
  expect(output, /Passed/)
  return output
}

function expect(text, pattern) {
  if (!pattern.test(text)) throw new Error(`expected ${pattern} in: ${excerpt(text)}`)
}

function refuse(text, pattern) {
  if (pattern.test(text)) throw new Error(`expected no ${pattern} in: ${excerpt(text)}`)
}

function excerpt(text) {
  return text.length > 2000 ? `…${text.slice(-2000)}` : text
}
