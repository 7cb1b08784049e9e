// npm run verify-configs [-- PRESET… | --self-test]
// Has each agent's own program read what its preset generates, in every variant: `config-checks.mjs` says how. Shell scripts
// are read by sh and shellcheck. Programs are taken from the PATH; what is absent is left out, aloud.
// --self-test spoils each configuration first, and fails where a program takes it nevertheless.
import { spawn } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { variantsOf } from '../all-variants.mjs'
import { load } from '../load.mjs'
import { checks, unchecked } from './config-checks.mjs'
import { layOut } from './pod.mjs'
import { shellChecks } from './shell-checks.mjs'
import { hasProgram, runProgram, skip } from './tools.mjs'

const patience = 20_000
const isolation = ['unshare', '--user', '--map-root-user', '--mount', '--net', 'sh', '-c']
const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount'
const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { 'self-test': { type: 'boolean' } },
})
if (runProgram(isolation[0], [...isolation.slice(1), 'ip link set lo up']).status !== 0)
  skip('unshare and ip cannot start programs by themselves here')
const { presets, scaffold } = await load()
const unknown = names.filter((name) => !presets.some((preset) => preset.name === name))
if (unknown.length > 0) {
  console.error(`There is no preset ${unknown.join(', ')}.`)
  process.exit(2)
}

const temporary = mkdtempSync(join(tmpdir(), 'configs-'))
const secrets = makeSecrets()
const available = findPrograms()
const failures = []
try {
  if (values['self-test']) await selfTest()
  else await checkAll()
} finally {
  rmSync(temporary, { recursive: true })
}
for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

async function checkAll() {
  const rows = []
  for (const preset of wanted()) {
    const own = checksOf(preset)
    const counts = new Map(own.map((check) => [check, { ok: 0, failed: 0 }]))
    const known = new Map()
    for (const { name, answers } of variantsOf(preset)) {
      const objects = objectsOf(answers)
      for (const check of own) {
        const what = `${own.indexOf(check)} ${JSON.stringify(objects.filter(isRead))}`
        if (!known.has(what)) known.set(what, await problemOf(check, objects))
        const problem = known.get(what)
        if (problem === null) continue
        counts.get(check)[problem ? 'failed' : 'ok']++
        if (problem) failures.push(`${preset.name}/${name} ${check.program}: ${problem}`)
      }
    }
    for (const [check, { ok, failed }] of counts)
      if (ok + failed > 0)
        rows.push([preset.name, check.how, versionOf(check), `${ok}/${failed}`, check.proves])
    if (!own.some((check) => check.preset === preset.name))
      rows.push([preset.name, unchecked[preset.name] ?? 'its program is not here', '–', '–', '–'])
    console.error(preset.name)
  }
  console.log('| preset | checked with | version | variants ok/failed | what that proves |\n|-|-|-|-|-|')
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
}

/** Spoils what each check reads, in the first variant that has it, and wants it refused. */
async function selfTest() {
  for (const preset of wanted()) {
    for (const check of checksOf(preset)) {
      for (const spoil of check.spoil) {
        const what = Object.values(spoil).filter(Boolean).join(' ')
        const spoiled = variantsOf(preset)
          .filter(({ name }) => [undefined, name].includes(spoil.variant))
          .map(({ answers }) => spoiledBy(spoil, objectsOf(answers)))
          .find(Boolean)
        if (!spoiled && !check.preset) continue
        if (!spoiled) {
          failures.push(`${preset.name} ${check.program}: there is no ${what} to spoil`)
          continue
        }
        const problem = await problemOf(check, spoiled)
        console.log(`${problem ? 'refused' : 'TAKEN'} ${preset.name} ${check.program}: ${what}`)
        if (!problem) failures.push(`${preset.name} ${check.program}: takes ${what}`)
      }
    }
  }
}

function wanted() {
  return presets.filter(({ name }) => names.length === 0 || names.includes(name))
}

function checksOf(preset) {
  return [...checks.filter((check) => check.preset === preset.name), ...shellChecks].filter(
    ({ program, instead }) => available.has(program) && !available.has(instead),
  )
}

function objectsOf(answers) {
  return parseAllDocuments(scaffold({ ...answers, output: 'single' }).files[0].contents, { version: '1.1' })
    .map((document) => document.toJS())
    .filter(Boolean)
}

function isRead({ kind }) {
  return ['ConfigMap', 'DaemonSet', 'Secret'].includes(kind)
}

/** @returns what is wrong, '' where nothing is, null where the check finds nothing of its kind */
async function problemOf(check, objects) {
  const folder = mkdtempSync(join(temporary, 'p'))
  const files = objects.find(isConfig(objects))?.data ?? {}
  const { spec } = objects.find(({ kind }) => kind === 'DaemonSet').spec.template
  const account = spec.automountServiceAccountToken !== false
  const containers = layOut(objects, folder, { secret: secretOf, image: check.image })
  try {
    const use = {
      run: (args, options) => start(check.program, args, { account, ...options }),
      start: (args, options) => start(check.program, args, { account, ...options }),
      argumentsOf: (container) => argumentsOf(check.program, container),
      write: (name, text) => {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), text)
        return join(folder, name)
      },
    }
    const problem = await check.check({ containers, files, objects }, use)
    return problem === null ? null : shortened((problem ?? '').replaceAll(folder, ''))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The ConfigMap with the name of the daemon. */
function isConfig(objects) {
  const { metadata } = objects.find(({ kind }) => kind === 'DaemonSet')
  return (object) => object.kind === 'ConfigMap' && object.metadata.name === metadata.name
}

/**
 * Runs a program by itself: with no network but a loopback interface that has the addresses, with no rights outside, and
 * with the files of a pod's account. Ends it when its output matches `until`. The output goes to a file: some open
 * /dev/stdout, which cannot be a socket.
 */
function start(program, args, { env = {}, input, cwd, addresses = [], account = false, until } = {}) {
  return new Promise((done) => {
    const lines = [
      'ip link set lo up',
      ...addresses.map((address) => `ip address add ${address} dev lo`),
      ...(account
        ? [
            'mount -t tmpfs none /run',
            `mkdir -p ${dirname(accountFolder)}`,
            `cp -r '${temporary}/account' ${accountFolder}`,
          ]
        : []),
      'exec "$@"',
    ]
    const line = [...isolation, lines.join(' && '), 'sh', program, ...args]
    const file = join(mkdtempSync(join(temporary, 'o')), 'output')
    const written = openSync(file, 'a')
    const child = spawn(line[0], line.slice(1), {
      cwd: cwd ?? temporary,
      env: { PATH: process.env.PATH, HOME: temporary, ...env },
      detached: true,
      stdio: ['pipe', written, written],
    })
    closeSync(written)
    const output = () => readFileSync(file, 'utf8')
    const isReached = () => until?.test(output()) ?? false
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {}
    }
    const timers = [setTimeout(end, patience), setInterval(() => isReached() && end(), 100)]
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
    let missing = ''
    child.on('error', ({ message }) => {
      missing = message
    })
    child.on('close', (status) => {
      for (const timer of timers) clearTimeout(timer)
      done({ status: status ?? 1, output: missing + output(), reached: isReached() })
    })
  })
}

/** What a script starts a program with: in place of the program there is one that notes it, and stops the script. */
async function argumentsOf(program, { argv, env, home }) {
  const notes = join(home, 'arguments')
  const folder = join(home, 'bin')
  stand(folder, program, `printf '%s\\n' "$@" > '${notes}'; kill -TERM "$PPID"`)
  stand(folder, 'sleep', ':')
  const { output } = await start(argv[0], argv.slice(1), {
    env: { ...env, PATH: `${folder}:${process.env.PATH}` },
    cwd: home,
  })
  if (!existsSync(notes)) return { problem: `The script does not come to ${program}: ${output}` }
  return { args: readFileSync(notes, 'utf8').trimEnd().split('\n') }
}

function stand(folder, name, line) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`)
  chmodSync(join(folder, name), 0o755)
}

function spoiledBy({ file, key, argument, variable, script, from, to, value, container }, objects) {
  const config = objects.find(isConfig(objects))
  const { spec } = objects.find(({ kind }) => kind === 'DaemonSet').spec.template
  const one = spec.containers.find(({ name }) => name === container) ?? spec.containers[0]
  if (script) {
    if (!spoilScript(script, config?.data ?? {}, spec)) return undefined
  } else if (file) {
    if (!config?.data[file]?.includes(from)) return undefined
    config.data[file] = config.data[file].replace(from, to)
  } else if (key) config.data[key] = value
  else if (argument) one.args = [...(one.args ?? []), argument]
  else one.env.find(({ name }) => name === variable).value = value
  return objects
}

function spoilScript(line, data, { containers, initContainers = [] }) {
  const name = Object.keys(data).find((key) => data[key].startsWith('#!'))
  if (name) data[name] += `${line}\n`
  const commands = [...initContainers, ...containers].flatMap((one) => [
    one,
    one.readinessProbe?.exec,
    one.livenessProbe?.exec,
    one.lifecycle?.preStop?.exec,
  ])
  for (const { command = [], args } of commands.filter(Boolean)) {
    const at = command.indexOf('-c') + 1
    if (at === 0) continue
    if (at < command.length) command[at] += `\n${line}\n`
    else args[0] += `\n${line}\n`
    return true
  }
  return Boolean(name)
}

function findPrograms() {
  const wantedBy = wanted().map(({ name }) => name)
  const all = [...checks.filter(({ preset }) => wantedBy.includes(preset)), ...shellChecks]
  const programs = [...new Set(all.map(({ program }) => program))]
  const found = programs.filter((program) => hasProgram(program))
  for (const program of programs)
    if (!found.includes(program)) console.log(`skipped: ${program} is not on the PATH`)
  return new Set(found)
}

function versionOf({ program, version }) {
  if (!version) return '–'
  const { stdout, stderr } = runProgram(program, version, { timeout: patience })
  return /\bv?(\d+\.\d+(\.\d+)?)/.exec(`${stdout}${stderr}`.replace(/go(lang )?\d\S*/g, ''))?.[1] ?? '–'
}

/** A certificate that nobody trusts, where openssl is there to make one, and words for all else. */
function makeSecrets() {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(temporary, name))
  const args = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=throw-away',
  ]
  const { status } = runProgram('openssl', ['req', '-x509', ...args, '-keyout', key, '-out', certificate])
  if (status !== 0) console.log('skipped: openssl is not on the PATH, and there is no certificate')
  const made =
    status === 0
      ? { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') }
      : { key: '', certificate: '' }
  const account = join(temporary, 'account')
  mkdirSync(account)
  writeFileSync(join(account, 'ca.crt'), made.certificate)
  writeFileSync(join(account, 'namespace'), 'agents')
  writeFileSync(join(account, 'token'), 'throw-away')
  return made
}

function secretOf(key) {
  if (/\.(crt|pem)$/.test(key)) return secrets.certificate
  if (/\.key$/.test(key)) return secrets.key
  return 'throw-away'
}

/** The lines that say most: those of errors, or else the last. */
function shortened(text) {
  const lines = text.trim().split('\n')
  const telling = lines.filter((line) => /error|fatal|fail|invalid|unknown|not |refus/i.test(line))
  return (telling.length > 0 ? telling : lines.slice(-6)).slice(0, 8).join('\n  ').slice(0, 1500)
}
