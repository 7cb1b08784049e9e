/**
 * Makes the process the server's: what other people's code does in it (configurations, plugins) cannot end it, nor
 * write into the protocol's stream.
 * @param said takes what went wrong, for the log
 * @returns the streams of the protocol, how to allow the end, and the exit code that the protocol comes to
 */
export function takeProcess(said: (message: string) => void): ProcessOwner {
  const { stdin, stdout } = process
  Object.defineProperty(process, 'stdout', { get: () => process.stderr, configurable: true })
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.removeAllListeners(event)
    process.on(event, (error: unknown) => said(`An error was left unhandled: ${stackOf(error)}`))
  }
  // Nobody reads any more: the end of the input says the rest.
  stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  let allowed = false
  let end: (code: number) => void = () => {}
  const exitCode = new Promise<number>((resolve) => {
    end = resolve
  })
  stdin.once('end', () => {
    allowed = true
  })
  stdin.once('close', () => {
    allowed = true
  })
  const { exit } = process
  process.exit = ((code?: number) => {
    if (!allowed) throw new Error('process.exit was called; the server goes on')
    process.exit = exit
    end(Number(code ?? 0))
  }) as typeof process.exit
  return {
    stdin,
    stdout,
    exitCode,
    allowExit() {
      allowed = true
    },
  }
}

export interface ProcessOwner {
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
  exitCode: Promise<number>
  /** From then on `process.exit` ends the server. */
  allowExit(): void
}

/** Of an error of anybody's. */
export function stackOf(error: unknown): string {
  try {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  } catch {
    return 'an error that cannot be shown'
  }
}
