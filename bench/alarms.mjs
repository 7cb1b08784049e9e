// How loud a preset is on real manifests: node bench/alarms.mjs FOLDER [PRESET]
// Counts the warnings of each DaemonSet, and how often each rule speaks.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, fail, needs } from './usage.mjs'

const [folder, preset = 'recommended'] = process.argv.slice(2)
if (!folder) fail('Usage: node bench/alarms.mjs FOLDER [PRESET]')
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const command = join(root, 'packages', 'cli', 'dist', 'daemonlint.cjs')
needs(folder)
needs(command, build)

const results = lint()
const daemonSets = results.flatMap(countsOfFile)
const counts = daemonSets.map(({ warnings }) => warnings).sort((a, b) => a - b)
const at = (share) => counts[Math.min(counts.length - 1, Math.floor(counts.length * share))]
console.log(
  `${counts.length} DaemonSets: median ${at(0.5)} warnings, 90th percentile ${at(0.9)}, at most ${counts.at(-1)}`,
)

const rules = new Map()
for (const { ruleId, severity } of results.flatMap(({ messages }) => messages)) {
  if (ruleId?.startsWith('api-server/')) continue
  const key = `${['info', 'warn', 'error'][severity]} ${ruleId}`
  rules.set(key, (rules.get(key) ?? 0) + 1)
}
for (const [rule, count] of [...rules].sort((a, b) => b[1] - a[1]))
  console.log(String(count).padStart(6), rule)

/** ESLint's results of the whole folder. */
function lint() {
  const temporary = mkdtempSync(join(tmpdir(), 'daemonlint-bench-'))
  try {
    const config = join(temporary, 'daemonlint.config.json')
    const report = join(temporary, 'report.json')
    writeFileSync(config, JSON.stringify({ extends: `daemonlint/${preset}` }))
    const args = ['--config', config, '--format', 'json', '--output-file', report, resolve(folder)]
    const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })
    if (status === null || status > 1) fail(stderr.trim())
    return JSON.parse(readFileSync(report, 'utf8'))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** The warnings (and errors of rules) of each DaemonSet of a file, by the lines it stands in. */
function countsOfFile({ filePath, messages }) {
  const starts = daemonSetsOf(readFileSync(filePath, 'utf8'))
  return starts.map(({ first, last }) => ({
    warnings: messages.filter(
      ({ line, severity, ruleId, fatal }) =>
        severity > 0 && !fatal && !ruleId?.startsWith('api-server/') && line >= first && line <= last,
    ).length,
  }))
}

/** First and last line of each document that is a DaemonSet. */
function daemonSetsOf(text) {
  const lines = text.split(/\r\n?|\n/)
  const starts = [0, ...lines.flatMap((line, index) => (/^---/.test(line) ? [index] : []))]
  return starts.flatMap((first, index) => {
    const last = starts[index + 1] ?? lines.length
    const isOne = lines.slice(first, last).some((line) => /^kind: *["']?DaemonSet\b/.test(line))
    return isOne ? [{ first: first + 1, last }] : []
  })
}
