import { fstatSync, writeSync } from 'node:fs'
import { errorCode, FileError, systemReason } from '../errors.ts'

/**
 * Writes all of a text before it returns, so that nothing is lost when the process ends. (`process.stdout` would do,
 * but takes 2 ms to come into being.)
 * @param fd 1 standard output, 2 standard error
 * @throws {FileError} where the system does not take it
 */
export function writeFully(fd: 1 | 2, text: string): void {
  let rest: Uint8Array = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const code = errorCode(error)
      // The reader went away (`| head`): there is nobody left to tell.
      if (code === 'EPIPE' || code === 'EOF') return
      if (code !== 'EAGAIN') {
        const name = `Standard ${fd === 1 ? 'output' : 'error'}`
        throw new FileError(`${name} cannot be written: ${systemReason(error)}.`, name, code)
      }
      // A full pipe that does not block: wait for the reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/** Writes a line for a person to standard error. Where that is not possible, the exit code has to do. */
export function say(line: string): void {
  try {
    writeFully(2, `${line}\n`)
  } catch {}
}

/** A sentence as one line: names of files may hold line ends, and codes that a terminal obeys. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1))
}

const standardOutput = Object.getOwnPropertyDescriptor(process, 'stdout')

/**
 * Whether to colour what goes to standard output.
 * @param asked what --color or --no-color say
 */
export function wantsColor(asked?: boolean | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  if (asked !== undefined) return asked
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return isTerminal() && env.TERM !== 'dumb'
}

function isTerminal(): boolean {
  try {
    // Asked in this order, for `process.stdout` takes 2 ms to come into being.
    return fstatSync(1).isCharacterDevice() && standardOutput?.get?.call(process).isTTY === true
  } catch {
    return false
  }
}
