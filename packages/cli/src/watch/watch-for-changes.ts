import { fstatSync } from 'node:fs'
import { join } from 'node:path'
import { isatty } from 'node:tty'
import { Worker } from 'node:worker_threads'
import { createAccessRecord, directoriesOf, displayPath, stampOf } from '@daemonlint/node'
import { oneLine, say, wantsColor, writeFully } from '@daemonlint/node/process'
import type { Options } from '../options.ts'
import { modifiedAt, watchDirectories } from './directories.ts'
import type { Outcome } from './lint-once.ts'
import { foldersOfNamed, type IsRelevant, relevanceOf, reportPaths } from './relevance.ts'

/** How long it must have been quiet before a run begins, in milliseconds: editors and git write in several steps. */
const settling = 50
/** How long a run is put off at most where it never is. */
const patience = 1000

/** What signals end it, and the exit codes that shells expect after them. */
const signals = { SIGINT: 130, SIGTERM: 143 } as const

/** Runs the command in threads, one after the other, until a signal comes. Returns the exit code. */
export function watchForChanges(argv: readonly string[], options: Options, cwd: string): Promise<number> {
  let cache = ''
  let record = createAccessRecord()
  let isRelevant: IsRelevant = () => false
  /** Files as --fix left them. */
  let own = new Map<string, string>()
  let changed = new Set<string>()
  let firstChange = 0
  let timer: NodeJS.Timeout | undefined
  let worker: Worker | undefined
  let saidPolling = false
  const reports = reportPaths(options, cwd)
  const directories = watchDirectories(hear)

  function hear(directory: string, name: string): void {
    if (!isRelevant(directory, name)) return
    const path = join(directory, name)
    if (own.has(path) && own.get(path) === stampOf(path)) return
    if (changed.size === 0) firstChange = performance.now()
    changed.add(path)
    if (!worker) schedule()
  }

  function schedule(): void {
    clearTimeout(timer)
    const left = patience - (performance.now() - firstChange)
    timer = setTimeout(lintAgain, Math.max(0, Math.min(settling, left)))
  }

  function lintAgain(): void {
    const what = described([...changed], cwd)
    changed = new Set()
    if (isTerminal(1)) writeFully(1, '\u001b[2J\u001b[H')
    say(`daemonlint: ${what} changed.`)
    lint()
  }

  function lint(): void {
    const started = performance.now()
    const began = Date.now()
    let took = 0
    let outcome: Outcome | undefined
    worker = new Worker(join(import.meta.dirname, 'daemonlint.cjs'), {
      argv: [...argv, wantsColor(options.color) ? '--color' : '--no-color'],
      workerData: cache,
    })
    worker.on('message', (message: Outcome) => {
      took = performance.now() - started
      outcome = message
    })
    // Memory that ran out, say; all else the thread says itself.
    worker.on('error', (error) => say(`daemonlint: ${oneLine(error.message)}`))
    worker.on('exit', () => {
      worker = undefined
      settle(outcome, began)
      const seconds = ((took || performance.now() - started) / 1000).toFixed(2)
      say(`daemonlint: Took ${seconds} s. Waiting for changes; Ctrl-C ends it.`)
      if (changed.size > 0) schedule()
    })
  }

  /** Watches what the run has looked at; where it did not come far, what the runs before it have as well. */
  function settle(outcome: Outcome | undefined, began: number): void {
    if (outcome) {
      const isWhole = outcome.record.read.size > 0 || outcome.record.listed.size > 0
      record = isWhole ? outcome.record : merged(record, outcome.record)
      cache = outcome.cache
      own = new Map(outcome.written.map((path) => [path, stampOf(path)]))
    }
    isRelevant = relevanceOf(record, options, cwd)
    directories.set(new Set([...directoriesOf(record), ...foldersOfNamed(options, cwd)]))
    // Nobody watched these yet when the first run read them.
    for (const path of record.read) if (!reports.has(path) && modifiedAt(path) > began) changed.add(path)
    changed = new Set([...changed].filter((path) => !own.has(path) || own.get(path) !== stampOf(path)))
    if (!saidPolling && directories.polled() > 0) {
      saidPolling = true
      say(
        `daemonlint: The system does not watch ${directories.polled()} of the directories, so they are looked at once a second. On Linux the limit is fs.inotify.max_user_watches.`,
      )
    }
  }

  return new Promise((done) => {
    for (const [signal, code] of Object.entries(signals)) {
      process.once(signal, () => {
        clearTimeout(timer)
        directories.close()
        const end = () => done(code)
        if (worker) worker.terminate().then(end, end)
        else end()
      })
    }
    lint()
  })
}

function merged(...records: Outcome['record'][]): Outcome['record'] {
  const all = createAccessRecord()
  for (const { listed, looked, read } of records) {
    for (const directory of listed) all.listed.add(directory)
    for (const path of read) all.read.add(path)
    for (const [directory, names] of looked) {
      all.looked.set(directory, new Set([...(all.looked.get(directory) ?? []), ...names]))
    }
  }
  return all
}

/** `k8s/agent.yaml and 2 more` */
function described(paths: readonly string[], cwd: string): string {
  const [first = ''] = paths
  return `${oneLine(displayPath(first, cwd))}${paths.length > 1 ? ` and ${paths.length - 1} more` : ''}`
}

function isTerminal(fd: number): boolean {
  return isatty(fd) && fstatSync(fd).isCharacterDevice()
}
