import { stackOf, textOf } from './failed-files.ts'
import { say } from './io.ts'

/** The exit code that the run came to. */
let verdict: number | undefined
/** Configurations, in whose plugins and rules code of other people runs. */
const loaded = new Set<string>()
let loading: string | undefined

/**
 * Makes sure that the process never ends with 0, and never in silence, unless the run came to that: a configuration is
 * a program that may end it, or wait for what never comes.
 * @param crashed says what went wrong, and returns the exit code
 */
export function guardProcess(crashed: (error: unknown) => number): void {
  process.exitCode = 2
  const late = (error: unknown) => {
    const where = [...loaded].join(', ')
    verdict = loaded.size === 0 ? crashed(error) : 2
    if (loaded.size > 0) {
      say(
        `daemonlint: An error was left unhandled by ${where} or what it loads: ${textOf(error).split('\n', 1)[0]}`,
      )
      if (process.env.DAEMONLINT_DEBUG) say(stackOf(error))
    }
    process.exit()
  }
  process.on('uncaughtException', late)
  process.on('unhandledRejection', late)
  process.on('beforeExit', () => {
    if (verdict !== undefined) return
    verdict = 2
    const what = loading === undefined ? 'A rule or plugin' : `${loading}: It`
    say(`daemonlint: ${what} waits for a promise that nothing will ever settle. Nothing was linted.`)
    process.exitCode = verdict
  })
  process.on('exit', onExit)
}

function onExit(): void {
  if (verdict === undefined) {
    const who = loading ?? ([...loaded].join(', ') || 'Something')
    say(`daemonlint: ${who} ended the process before the run was over. Remove its call of process.exit.`)
  }
  process.exitCode = verdict ?? 2
}

/**
 * Ends the process with a code once everything is written. What other people's code still has under way may go wrong
 * for 100 ms, and be told; then it is not waited for.
 */
export function conclude(code: number): void {
  verdict = code
  // Ours has the last word.
  process.off('exit', onExit).on('exit', onExit)
  setTimeout(() => process.exit(), 100).unref()
}

/**
 * Loads a configuration, and remembers that it did. From then on only we write to standard output, for
 * what a program prints in passing would spoil the report; `console.log` goes to standard error.
 * @param filePath absolute
 */
export async function whileLoading<Loaded>(filePath: string, load: () => Promise<Loaded>): Promise<Loaded> {
  if (loaded.size === 0) {
    Object.defineProperty(process, 'stdout', { get: () => process.stderr, configurable: true })
  }
  loaded.add(filePath)
  loading = filePath
  try {
    return await load()
  } finally {
    loading = undefined
  }
}
