// Wall time on a folder, as a multiple of kubeconform's: node bench/corpus.mjs FOLDER KUBECONFORM SCHEMAS [RUNS]
// KUBECONFORM is its binary; SCHEMAS a folder of its JSON schemas, so that neither asks the network.
import { spawnSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, fail, needs, runsOf } from './usage.mjs'

const [folder, kubeconform, schemas, runs = '7'] = process.argv.slice(2)
if (!folder || !kubeconform || !schemas) {
  fail('Usage: node bench/corpus.mjs FOLDER KUBECONFORM SCHEMAS [RUNS]')
}
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const command = join(root, 'packages', 'cli', 'dist', 'daemonlint.cjs')
for (const path of [folder, kubeconform, schemas]) needs(path)
needs(command, build)
const count = runsOf(runs)
const location = join(resolve(schemas), '{{ .ResourceKind }}{{ .KindSuffix }}.json')

const ours = []
const theirs = []
for (let run = 0; run < count; run++) {
  ours.push(time(process.execPath, [command, resolve(folder)]))
  theirs.push(
    time(resolve(kubeconform), ['-strict', '-n', '2', '-schema-location', location, resolve(folder)]),
  )
}
const ratio = median(ours) / median(theirs)
console.log(
  `kubeconform: ${median(theirs).toFixed(0)} ms; daemonlint: ${median(ours).toFixed(0)} ms; ratio ${ratio.toFixed(2)} (at most 1.3)`,
)
process.exitCode = ratio <= 1.3 ? 0 : 1

function time(binary, args) {
  const started = process.hrtime.bigint()
  const { status, error } = spawnSync(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  if (error || status === null || status > 1) fail(`${binary} exited with ${status ?? error?.message}`)
  return milliseconds
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
