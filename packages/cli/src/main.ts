import { wantsColor, writeFully } from './io.ts'
import { parseOptions } from './options.ts'

declare const DAEMONLINT_VERSION: string

/** Errors whose message is meant for the person who called; all others are ours. */
const expected = new Set(['UsageError', 'ConfigError'])

process.on('uncaughtException', (error) => process.exit(failed(error)))
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    process.exitCode = failed(error)
  },
)

async function main(argv: string[]): Promise<number> {
  const options = parseOptions(argv)
  if (options.help) return print((await import('./help.ts')).helpText())
  if (options.version) return print(`${DAEMONLINT_VERSION}\n`)
  if (options.command === 'init') return print((await import('./commands/init.ts')).init(process.cwd()))
  if (options.command === 'explain')
    return print(
      (await import('./commands/explain.ts')).explain(options.paths[0]!, wantsColor(options.color)),
    )
  if (options.command === 'rules') return print((await import('./commands/rules.ts')).listRules())
  return 0
}

function print(text: string): number {
  writeFully(1, text)
  return 0
}

/** Says what went wrong in a line, never with a stack unless it is asked for. Returns the exit code. */
function failed(error: unknown): number {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  if (process.env.DAEMONLINT_DEBUG) writeFully(2, `${stack}\n`)
  else if (expected.has(name)) writeFully(2, `daemonlint: ${message}\n`)
  else {
    writeFully(
      2,
      `daemonlint crashed: ${message.split('\n')[0]}\nThis is a mistake in daemonlint, or in a plugin. DAEMONLINT_DEBUG=1 prints the stack.\n`,
    )
  }
  return 2
}
