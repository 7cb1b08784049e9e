import { startServer } from '@daemonlint/language-server'
import builtin from '@daemonlint/rules'
import { prepareForMany } from '../many-files.ts'
import { ownCopies } from '../own-copies.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Serves an editor over the Language Server Protocol until it is done.
 * @param argv what follows `lsp`
 * @returns the exit code
 * @throws UsageError
 */
export async function lsp(argv: readonly string[], version: string): Promise<number> {
  const unknown = argv.find((argument) => argument !== '--stdio' && !isProcessId(argument, argv))
  if (unknown !== undefined) {
    throw new UsageError(`lsp knows no ${unknown}. An editor starts it: daemonlint lsp --stdio`)
  }
  if (!argv.includes('--stdio')) {
    throw new UsageError(
      'lsp speaks to an editor through standard input and output, and wants to be told so: daemonlint lsp --stdio',
    )
  }
  // Each edit makes and drops as much as a file of a run does.
  await prepareForMany(Number.POSITIVE_INFINITY)
  return startServer({ version, builtin, ownCopies })
}

/** What some clients add, for the server to end with them; the protocol's own way says the same. */
function isProcessId(argument: string, argv: readonly string[]): boolean {
  return (
    /^--clientProcessId(=\d+)?$/.test(argument) || argv[argv.indexOf(argument) - 1] === '--clientProcessId'
  )
}
