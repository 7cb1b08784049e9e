// Where things stand, and the three steps that every script shares: install, build, run a child.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@12.21.0'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const cli = join(root, 'packages', 'cli')
const generator = join(root, 'packages', 'create-daemonset')
const stamps = join(root, 'node_modules', '.daemonlint')

/** The folders of the workspace's packages, dependencies before their users. */
export function packageFolders() {
  const named = readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
  const order = ['core', 'node', 'cli'].map((name) => join(root, 'packages', name))
  const rest = named.filter((folder) => !order.includes(folder))
  return [order[0], join(root, 'rules'), order[1], ...rest, order[2]]
}

/** One line about the script's own work; standard output belongs to the command. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** A step that cannot go on. `log` is what the child said. */
export class StepFailed extends Error {
  constructor(message, log = '') {
    super(message)
    this.name = 'StepFailed'
    this.log = log
  }
}

/**
 * Runs a child to its end, without standard input.
 * @returns {{ status: number, output: string }} status 127 where it could not be started
 */
export function run(command, args, options = {}) {
  const child = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    ...options,
    env: { ...(options.env ?? process.env), NO_COLOR: '1', FORCE_COLOR: '0' },
  })
  const output = `${child.stdout ?? ''}${child.stderr ?? ''}${child.error ? child.error.message : ''}`
  return { status: child.status ?? (child.error ? 127 : 1), output }
}

/** A package's own tool, such as biome, from `packages/cli/node_modules/.bin`. */
export function tool(name) {
  return join(cli, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
}

/** Runs pnpm through npx, which is all that a machine with only Node and npm has. */
export function pnpm(args, options = {}) {
  const windows = process.platform === 'win32'
  return run(windows ? 'npx.cmd' : 'npx', ['--yes', PNPM, ...args], {
    shell: windows,
    ...options,
    env: { ...withoutNpm(process.env), CI: 'true', npm_config_update_notifier: 'false', ...options.env },
  })
}

/** Installs what pnpm-lock.yaml says, unless that is what stands there. */
export function install() {
  if (isInstalled()) return
  installWith([])
  setStamp('install', installStamp())
}

/** True where all that the workspace needs is installed, as pnpm-lock.yaml says. */
export function isInstalled() {
  return isCurrent('install', installStamp()) && existsSync(tool('esbuild'))
}

/** Installs what one package is built from, and runs no script of a dependency. */
export function installFor(name) {
  installWith(['--ignore-scripts', '--filter', `${name}...`])
}

function installWith(flags) {
  say('Installing dependencies ...')
  // The lockfile came with the sources. Without the last flag, pnpm fetches 70 MB to see how old each package of it is.
  const fixed = ['install', '--frozen-lockfile', '--reporter=append-only', '--trust-lockfile']
  const { status, output } = pnpm([...fixed, ...flags])
  if (status !== 0)
    throw new StepFailed('The dependencies could not be installed. Is the registry reachable?', output)
}

function installStamp() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(root, name))
  return fingerprint([...files, ...packageFolders().map((folder) => join(folder, 'package.json'))])
}

/** What of npm's settings says how to reach a registry, and where to keep what came from it. */
const reaching =
  /^npm_config_(@.*:)?(registry|ca|cafile|cert|key|strict_ssl|(https?_?)?proxy|no_?proxy|cache|userconfig|globalconfig)$|^npm_config_\/\//i

/**
 * An environment without the settings that an npm around this process has for itself: one that installs a package for
 * everybody (`--global`) would have pnpm do so too.
 */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name) || reaching.test(name)),
  )
}

/** Bundles the commands and links them, unless no source changed since the last time. */
export function build() {
  const folders = packageFolders()
  const sources = [
    ...folders.flatMap((folder) => [...filesBelow(join(folder, 'src')), join(folder, 'package.json')]),
    ...filesBelow(join(root, 'scripts', 'lib')),
    ...filesBelow(join(cli, 'scripts')),
    ...filesBelow(join(generator, 'scripts')),
    ...filesBelow(join(root, 'packages', 'language-server', 'scripts')),
    ...filesBelow(join(root, 'docs', 'rules')),
    join(root, 'pnpm-lock.yaml'),
  ]
  const stamp = fingerprint(sources)
  if (!isCurrent('build', stamp) || ![command, generatorCommand].every((file) => existsSync(file))) {
    say('Building daemonlint ...')
    for (const folder of [generator, cli]) {
      const { status, output } = run(process.execPath, [join(folder, 'scripts', 'build.mjs')])
      if (status !== 0) throw new StepFailed('The build failed.', output)
    }
    setStamp('build', stamp)
  }
  link('daemonlint', command)
  link('create-daemonset', generatorCommand)
}

/** The built command, as `node_modules/.bin/daemonlint` leads to it. */
export const command = join(cli, 'dist', 'daemonlint.cjs')

const generatorCommand = join(generator, 'dist', 'create-daemonset.cjs')

/** pnpm does not link a project's own `bin`, so the build does. */
function link(as, command) {
  const bin = join(root, 'node_modules', '.bin')
  const name = join(bin, as)
  mkdirSync(bin, { recursive: true })
  if (process.platform === 'win32') {
    writeFileSync(`${name}.cmd`, `@node "%~dp0\\${relative(bin, command)}" %*\r\n`)
    return
  }
  if (lstatSync(name, { throwIfNoEntry: false })) rmSync(name)
  symlinkSync(relative(bin, command), name)
}

function fingerprint(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${relative(root, file)}\0`)
    hash.update(readFileSync(file))
    hash.update('\0')
  }
  return `${hash.digest('hex')} node ${process.versions.modules}\n`
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function isCurrent(name, stamp) {
  const file = join(stamps, name)
  return existsSync(file) && readFileSync(file, 'utf8') === stamp
}

function setStamp(name, stamp) {
  mkdirSync(stamps, { recursive: true })
  writeFileSync(join(stamps, name), stamp)
}
