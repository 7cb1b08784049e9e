// How fast the language server is: from the start of its process to the first diagnostics of a manifest, and from an edit
// to its diagnostics in files of 500 lines, as a client sees it: node bench/lsp.mjs [EDITS] [RUNS]
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, needs, runsOf } from './usage.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const edits = runsOf(process.argv[2] ?? 10_000)
const runs = runsOf(process.argv[3] ?? 11)
const bounds = { start: 500, edit: 10, growth: 50 }

const command = join(here, '..', 'packages', 'cli', 'dist', 'daemonlint.cjs')
needs(command, build)
const require = createRequire(join(here, '..', 'packages', 'language-server', 'package.json'))
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-jsonrpc/node')
const manifest = readFileSync(join(here, 'node-agent.yaml'), 'utf8')

const bare = []
const starts = []
for (let run = 0; run < runs; run++) {
  const before = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  const started = performance.now()
  bare.push(started - before)
  const server = await start()
  await server.diagnosticsOf(1, () => server.open(manifest))
  starts.push(performance.now() - started)
  await server.stop()
}
const first = at(starts, 0.5)
console.log(
  `first diagnostics of ${manifest.split('\n').length} lines: ${first.toFixed(0)} ms after the start, median of ${runs} (at most ${bounds.start}); node -e 0: ${at(bare, 0.5).toFixed(0)} ms`,
)
let failed = first > bounds.start

for (const [name, text] of [
  ['one document', oneDocument()],
  ['six documents', sixDocuments()],
]) {
  const { times, before, after, cpu } = await measureEdits(text)
  const p95 = at(times, 0.95)
  const memory =
    before === undefined
      ? ''
      : `; the processor was busy for ${cpu.toFixed(1)} ms an edit; memory ${before} MiB after a tenth of them, ${after} MiB at the end`
  console.log(
    `${edits} edits in ${text.split('\n').length} lines, ${name}: median ${at(times, 0.5).toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms (at most ${bounds.edit}), longest ${at(times, 1).toFixed(0)} ms${memory}`,
  )
  failed ||= p95 > bounds.edit || (before !== undefined && after - before > bounds.growth)
}
process.exitCode = failed ? 1 : 0

/** Types a character somewhere, waits for the diagnostics, takes it back, and so on. */
async function measureEdits(text) {
  const server = await start()
  await server.diagnosticsOf(1, () => server.open(text))
  const lines = text.split('\n')
  const times = []
  const cpuBefore = server.cpu()
  let before
  let place
  for (let edit = 0; edit < edits; edit++) {
    const isBack = edit % 2 === 1
    if (!isBack) {
      const line = (edit * 7919) % (lines.length - 1)
      place = { line, character: (edit * 31) % (lines[line].length + 1) }
    }
    const end = isBack ? { ...place, character: place.character + 1 } : place
    const change = { range: { start: place, end }, text: isBack ? '' : 'x: #'[edit % 4] }
    const version = edit + 2
    const started = performance.now()
    await server.diagnosticsOf(version, () => server.change(version, change))
    if (edit > 200) times.push(performance.now() - started)
    if (edit === Math.floor(edits / 10)) before = server.memory()
  }
  const after = server.memory()
  const cpu = (server.cpu() - cpuBefore) / edits
  await server.stop()
  return { times, before, after, cpu }
}

async function start() {
  const child = spawn(process.execPath, [command, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  let awaited
  connection.onNotification('textDocument/publishDiagnostics', ({ version }) => awaited?.(version))
  connection.listen()
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
  void connection.sendNotification('initialized', {})
  const uri = 'untitled:bench'
  return {
    open: (text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      }),
    change: (version, change) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [change],
      }),
    diagnosticsOf: (version, send) =>
      new Promise((done) => {
        awaited = (one) => one === version && done()
        void send()
      }),
    /** In MiB; undefined where the system does not tell. */
    memory() {
      const file = `/proc/${child.pid}/status`
      if (!existsSync(file)) return undefined
      return Math.round(Number(/VmRSS:\s*(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) / 1024)
    },
    /** The time that the process and all its threads have used, in milliseconds; 0 where the system does not tell. */
    cpu() {
      const file = `/proc/${child.pid}/stat`
      if (!existsSync(file)) return 0
      const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ')
      return (Number(fields[11]) + Number(fields[12])) * 10
    },
    async stop() {
      await connection.sendRequest('shutdown')
      const gone = new Promise((done) => child.on('exit', done))
      await connection.sendNotification('exit')
      await gone
      connection.dispose()
    },
  }
}

/** The manifest with its container again and again, up to 500 lines. */
function oneDocument() {
  const [head, rest] = manifest.split('      containers:\n')
  const [container, tail] = rest.split('      volumes:\n')
  let text = `${head}      containers:\n`
  for (let index = 0; text.split('\n').length + container.split('\n').length < 490; index++) {
    text += container
      .replace('name: agent', `name: agent-${index}`)
      .replaceAll('9100', String(9100 + index))
      .replace('name: metrics', `name: metrics-${index}`)
      .replace('port: metrics', `port: metrics-${index}`)
  }
  return `${text}      volumes:\n${tail}`
}

/** The manifest six times, with some settings beside it. */
function sixDocuments() {
  const documents = Array.from({ length: 6 }, (_, index) =>
    manifest.replaceAll('node-agent', `node-agent-${index}`),
  )
  const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: node-agent-0\ndata:\n  a: b\n'
  return [settings, ...documents].join('---\n')
}

function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]
}
