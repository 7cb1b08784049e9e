import { guardProcess, say, stackOf, textOf } from '@daemonlint/node/process'

/** Configurations, in whose plugins and rules code of other people runs. */
const loaded = new Set<string>()
let loading: string | undefined

/**
 * Makes sure that the process never ends with 0, and never in silence, unless the run came to that, and that whoever
 * is to blame is named.
 * @param crashed says what went wrong, and returns the exit code
 */
export function guard(crashed: (error: unknown) => number): void {
  guardProcess({
    uncaught(error) {
      if (loaded.size === 0) return crashed(error)
      const where = [...loaded].join(', ')
      say(
        `daemonlint: An error was left unhandled by ${where} or what it loads: ${textOf(error).split('\n', 1)[0]}`,
      )
      if (process.env.DAEMONLINT_DEBUG) say(stackOf(error))
      return 2
    },
    stalled() {
      const what = loading === undefined ? 'A rule or plugin' : `${loading}: It`
      say(`daemonlint: ${what} waits for a promise that nothing will ever settle. Nothing was linted.`)
      return 2
    },
    ended() {
      const who = loading ?? ([...loaded].join(', ') || 'Something')
      say(`daemonlint: ${who} ended the process before the run was over. Remove its call of process.exit.`)
      return 2
    },
  })
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
