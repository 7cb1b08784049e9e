// What the rules cost: wall time on a folder with every rule on, as a multiple of that with none: node bench/rules.mjs FOLDER [RUNS]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, fail, needs, runsOf } from './usage.mjs'

const [folder, runs = '7'] = process.argv.slice(2)
if (!folder) fail('Usage: node bench/rules.mjs FOLDER [RUNS]')
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const command = join(root, 'packages', 'cli', 'dist', 'daemonlint.cjs')
needs(folder)
needs(command, build)
const count = runsOf(runs)
const ids = readdirSync(join(root, 'rules/src/rules')).map((file) => file.replace(/\.ts$/, ''))

const temporary = mkdtempSync(join(tmpdir(), 'daemonlint-bench-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))
const none = configuration('none', { rules: {} })
const all = configuration('all', { rules: Object.fromEntries(ids.map((id) => [id, 'warn'])) })

const without = []
const withAll = []
for (let run = 0; run < count; run++) {
  without.push(time(none))
  withAll.push(time(all))
}
const ratio = median(withAll) / median(without)
console.log(
  `no rules: ${median(without).toFixed(0)} ms; all ${ids.length}: ${median(withAll).toFixed(0)} ms; ratio ${ratio.toFixed(2)} (at most 2)`,
)
process.exitCode = ratio <= 2 ? 0 : 1

function configuration(name, content) {
  const path = join(temporary, `${name}.json`)
  writeFileSync(path, JSON.stringify(content))
  return path
}

function time(config) {
  const started = process.hrtime.bigint()
  const args = [command, '--config', config, '--output-file', join(temporary, 'report.txt'), resolve(folder)]
  const { status, error, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  if (error || status === null || status > 1)
    fail(`${stderr}${command} exited with ${status ?? error?.message}`)
  return milliseconds
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
