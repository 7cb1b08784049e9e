// How long the API server's checks take on one parsed DaemonSet, warm: node bench/validate.mjs [FILE]
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, fail, needs } from './usage.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const file = process.argv[2] ?? join(here, 'node-agent.yaml')
const bound = 0.3

needs(file)
if (!statSync(file).isFile()) fail(`${file} is no file`)
const core = new URL('../packages/cli/dist/lib/core.js', import.meta.url)
needs(fileURLToPath(core), build)
const { judge, kubernetesVersions, parse } = await import(core)

const root = parse(readFileSync(file, 'utf8'))
const options = { kubernetesVersions: kubernetesVersions.slice(-1) }
const { judged, problems } = judge(root, options)
if (judged.size !== 1) fail(`${file} holds ${judged.size} DaemonSets, and one is measured`)
for (let run = 0; run < 2000; run++) judge(root, options)
const rounds = []
for (let round = 0; round < 50; round++) {
  const started = process.hrtime.bigint()
  for (let run = 0; run < 100; run++) judge(root, options)
  rounds.push(Number(process.hrtime.bigint() - started) / 1e6 / 100)
}
const median = rounds.sort((a, b) => a - b)[rounds.length >> 1]
console.log(
  `${problems.length} problems found in ${median.toFixed(4)} ms, median of ${rounds.length} rounds (at most ${bound})`,
)
process.exitCode = median <= bound ? 0 : 1
