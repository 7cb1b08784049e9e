/** What to say, and the exit code, where a process does not end as it should. */
export interface GuardOptions {
  /** An error that nobody caught. */
  uncaught(error: unknown): number
  /** Nothing is under way any more, and the run did not come to its end: it waits for what never comes. */
  stalled(): number
  /** Something ended the process before its time. */
  ended(): number
}

/** The exit code that the run came to. */
let verdict: number | undefined
let onExit = () => {}

/**
 * Makes sure that the process never ends with 0, and never in silence, unless the run came to that: configurations and
 * plugins are programs that may end it, or wait for what never comes. The run says that it is over by {@link conclude}.
 */
export function guardProcess({ uncaught, stalled, ended }: GuardOptions): void {
  process.exitCode = 2
  const late = (error: unknown) => {
    verdict = uncaught(error)
    process.exit()
  }
  process.on('uncaughtException', late)
  process.on('unhandledRejection', late)
  process.on('beforeExit', () => {
    if (verdict !== undefined) return
    verdict = stalled()
    process.exitCode = verdict
  })
  onExit = () => {
    verdict ??= ended()
    process.exitCode = verdict
  }
  process.on('exit', onExit)
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
