// npm run verify-editors [-- neovim|emacs|helix…]
// Opens a folder in real editors that run `daemonlint lsp --stdio`, and compares what they show with what the command says. An
// editor is looked for on the PATH, or where NEOVIM, EMACS or HELIX says; what is not there is left out, aloud.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { helixChecks } from './helix.mjs'
import { command, makeScene, turnedOff } from './scene.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const editors = {
  neovim: {
    programs: ['nvim'],
    args: (file) => ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${file}`],
    script: 'neovim.lua',
  },
  emacs: { programs: ['emacs'], args: (file) => ['--batch', '-l', file], script: 'eglot.el' },
  helix: { programs: ['hx', 'helix'], checks: helixChecks },
}
const total = { ok: 0, FAILED: 0, skipped: 0 }

if (!existsSync(command)) {
  console.error('The command is not built: npm test -- build')
  process.exit(2)
}
const names = process.argv.slice(2)
const unknown = names.find((name) => !Object.hasOwn(editors, name))
if (unknown) {
  console.error(`There is no editor '${unknown}' here. Expected ${Object.keys(editors).join(', ')}.`)
  process.exit(2)
}
for (const [name, editor] of Object.entries(editors)) {
  if (names.length > 0 && !names.includes(name)) continue
  const program = programOf(name, editor)
  if (program) await verify(name, editor, program)
  else tell(`skipped ${name}: it is not on the PATH, and ${name.toUpperCase()} does not say where it is`)
}
console.log(`${total.ok} passed, ${total.FAILED} failed, ${total.skipped} skipped`)
process.exit(total.FAILED > 0 ? 1 : 0)

function programOf(name, { programs }) {
  const given = process.env[name.toUpperCase()]
  return (given ? [given] : programs).find((one) => spawnSync(one, ['--version']).status === 0)
}

async function verify(name, { args, script, checks }, program) {
  const version = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.split('\n', 1)[0]
  console.log(`${name}: ${version}`)
  const scene = makeScene()
  const home = mkdtempSync(join(tmpdir(), 'daemonlint-home-'))
  // The person's own configuration and data are none of this.
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_STATE_HOME: home,
  }
  const expected = expectationsOf(scene)
  try {
    if (checks) return await checks({ program, env, home, expected, scene, tell })
    const file = join(home, 'expected.json')
    writeFileSync(file, JSON.stringify(expected))
    const { stdout, stderr, status, signal } = spawnSync(program, args(join(here, script)), {
      cwd: scene.folder,
      env: { ...env, DAEMONLINT_EXPECTED: file },
      encoding: 'utf8',
      timeout: 180_000,
    })
    const lines = `${stdout}\n${stderr}`.split(/\r?\n/).filter((line) => /^(ok|FAILED|skipped) /.test(line))
    for (const line of lines) tell(line)
    if (status !== 0 || lines.length === 0)
      tell(`FAILED ${name}: it ended with ${signal ?? status}: ${stderr.trim().slice(-500)}`)
  } finally {
    scene.remove()
    rmSync(home, { recursive: true, force: true })
  }
}

function expectationsOf(scene) {
  const text = scene.text('agent.yaml').split('\n')
  const lineOf = (part) => text.findIndex((line) => line.includes(part))
  return {
    folder: scene.folder,
    command: [process.execPath, command, 'lsp', '--stdio'],
    findings: Object.fromEntries(['agent.yaml', 'rejected.yaml'].map((name) => [name, scene.findings(name)])),
    fixed: { 'agent.yaml': scene.fixed('agent.yaml') },
    places: {
      hover: { line: lineOf('updateStrategy'), character: 4 },
      completion: lineOf('serviceAccount') + 1,
    },
    words: { hover: 'updateStrategy', typed: '      hostNet', completion: 'hostNetwork' },
    turnedOff,
  }
}

function tell(line) {
  total[line.split(' ', 1)[0]]++
  console.log(`  ${line}`)
}
