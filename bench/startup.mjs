// How long one file takes, as a multiple of `node -e 0`, in alternating runs: node bench/startup.mjs [RUNS] [FILE]
import { spawnSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, fail, needs, runsOf } from './usage.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const runs = runsOf(process.argv[2] ?? 40)
const file = resolve(process.argv[3] ?? join(root, 'examples', 'fluentd.yaml'))
const command = join(root, 'packages', 'cli', 'dist', 'daemonlint.cjs')
needs(file)
needs(command, build)

const bare = []
const lint = []
for (let run = 0; run < runs; run++) {
  bare.push(time(['-e', '0'], [0]))
  lint.push(time([command, file], [0, 1]))
}
const ratio = median(lint) / median(bare)
console.log(
  `node -e 0: ${median(bare).toFixed(1)} ms; daemonlint FILE: ${median(lint).toFixed(1)} ms; ratio ${ratio.toFixed(2)} (at most 2.2)`,
)
process.exitCode = ratio <= 2.2 ? 0 : 1

function time(args, allowed) {
  const started = process.hrtime.bigint()
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  if (!allowed.includes(status)) fail(`node ${args.join(' ')} exited with ${status}`)
  return milliseconds
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
