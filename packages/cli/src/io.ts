import { fstatSync, writeSync } from 'node:fs'

/**
 * Writes all of a text before it returns, so that nothing is lost when the process ends. (`process.stdout` would do,
 * but takes 2 ms to come into being.)
 * @param fd 1 standard output, 2 standard error
 */
export function writeFully(fd: 1 | 2, text: string): void {
  let rest: Uint8Array = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The reader went away (`| head`): there is nobody left to tell.
      if (code === 'EPIPE' || code === 'EOF') return
      if (code !== 'EAGAIN') throw error
      // A full pipe that does not block: wait for the reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/**
 * Whether to colour the report.
 * @param asked what --color or --no-color say
 */
export function wantsColor(asked: boolean | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  if (asked !== undefined) return asked
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return isTerminal() && env.TERM !== 'dumb'
}

function isTerminal(): boolean {
  try {
    // Asked in this order, for `process.stdout` takes 2 ms to come into being.
    return fstatSync(1).isCharacterDevice() && process.stdout.isTTY === true
  } catch {
    return false
  }
}
