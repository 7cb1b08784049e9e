// Wall time of a run that finds all results in its cache, as a multiple of one that finds nothing to lint:
// node bench/cache.mjs FOLDER [RUNS]
// The other run is over the same files, in which every kind is made a ConfigMap: it walks, reads and looks for kinds.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, fail, needs, runsOf } from './usage.mjs'

const [folder, runs = '7'] = process.argv.slice(2)
if (!folder) fail('Usage: node bench/cache.mjs FOLDER [RUNS]')
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const command = join(root, 'packages', 'cli', 'dist', 'daemonlint.cjs')
needs(folder)
needs(command, build)
const count = runsOf(runs)

const scratch = mkdtempSync(join(tmpdir(), 'daemonlint-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const plain = join(scratch, 'plain')
cpSync(resolve(folder), plain, { recursive: true })
for (const file of filesBelow(plain)) {
  const text = readFileSync(file, 'latin1')
  writeFileSync(file, text.replace(/(\bkind["']?\s*:\s*["']?)[A-Za-z]+/g, '$1ConfigMap'), 'latin1')
}
const cached = ['--cache', '--cache-location', join(scratch, 'cache'), resolve(folder)]
const first = run(cached)
const nothing = []
const warm = []
const without = []
for (let turn = 0; turn < count; turn++) {
  nothing.push(run([plain]).milliseconds)
  const again = run(cached)
  if (again.output !== first.output) fail('A run with the cache prints something else than the first one.')
  warm.push(again.milliseconds)
  without.push(run([resolve(folder)]).milliseconds)
}
const ratio = median(warm) / median(nothing)
const told = [
  `nothing to lint: ${median(nothing).toFixed(0)} ms`,
  `all from the cache: ${median(warm).toFixed(0)} ms`,
  `without a cache: ${median(without).toFixed(0)} ms`,
  `ratio ${ratio.toFixed(2)} (at most 1.5)`,
]
console.log(told.join('; '))
process.exitCode = ratio <= 1.5 ? 0 : 1

function run(args) {
  const started = process.hrtime.bigint()
  const { status, error, stdout } = spawnSync(process.execPath, [command, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  })
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  if (error || status === null) fail(`daemonlint ended with ${error?.message ?? 'a signal'}`)
  return { milliseconds, output: stdout }
}

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
