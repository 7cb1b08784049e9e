// npm run package-vscode
// Builds daemonlint and the extension, and packs it: packages/vscode/dist/daemonlint-VERSION.vsix. Takes vsce through npx, which
// has to reach a registry or to have it already.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, install, root } from '../../../scripts/lib/workspace.mjs'

/** It runs on Node 20. Nothing but this needs it, and it brings native modules: hence through npx. */
const vsce = '@vscode/vsce@3.9.2'
const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(folder, 'dist')
const staged = join(dist, 'vsix')

try {
  install()
  build()
} catch (error) {
  console.error(`${error.log ?? ''}\n${error.message}`)
  process.exit(2)
}
run(process.execPath, [join(folder, 'scripts', 'build.mjs')], root)
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
stage()
const file = join(dist, `${manifest.name}-${manifest.version}.vsix`)
run(
  process.platform === 'win32' ? 'npx.cmd' : 'npx',
  ['--yes', vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', file],
  staged,
)
rmSync(staged, { recursive: true })
console.log(`${file}\n${(statSync(file).size / 1024).toFixed(0)} KiB`)

/** What goes into it, as it lies in it: nothing else can get in. */
function stage() {
  rmSync(staged, { recursive: true, force: true })
  mkdirSync(join(staged, 'dist'), { recursive: true })
  const { private: _, type: __, scripts: ___, devDependencies: ____, ...published } = manifest
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`)
  for (const name of ['README.md', 'CHANGELOG.md']) cpSync(join(folder, name), join(staged, name))
  cpSync(join(root, 'LICENSE'), join(staged, 'LICENSE'))
  for (const name of readdirSync(dist)) {
    if (name.endsWith('.cjs')) cpSync(join(dist, name), join(staged, 'dist', name))
  }
  cpSync(join(dist, 'server'), join(staged, 'dist', 'server'), { recursive: true })
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  console.error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`)
  process.exit(status ?? 2)
}
