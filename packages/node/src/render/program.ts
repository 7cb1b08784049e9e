import { spawnSync } from 'node:child_process'
import { errorCode } from '../errors.ts'

/** What cannot be rendered: a sentence for the person who asked for it. */
export class RenderError extends Error {
  override readonly name = 'RenderError'
}

/** How long a program may take, in milliseconds, and how much it may print, in bytes. */
const limits = { timeout: 60_000, maxBuffer: 2 ** 28 }

/** How much of what a program says against it is repeated. */
const maxSaid = 600

/**
 * Runs a person's own program, without a shell, and returns what it prints.
 * @param cwd absolute
 * @returns undefined where there is no such program
 * @throws {RenderError} with what the program says, in short
 */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  { timeout = limits.timeout, maxBuffer = limits.maxBuffer } = {},
): string | undefined {
  const { status, stdout, stderr, error, signal } = spawnSync(program, args, {
    cwd,
    timeout,
    maxBuffer,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const code = error ? errorCode(error) : ''
  if (code === 'ENOENT') return undefined
  if (code === 'ETIMEDOUT') throw new RenderError(`${program} took longer than ${timeout / 1000} s.`)
  if (code === 'ENOBUFS') throw new RenderError(`${program} prints more than ${maxBuffer / 2 ** 20} MiB.`)
  if (error) throw new RenderError(`${program} cannot be run: ${error.message}.`)
  if (status !== 0)
    throw new RenderError(`${program}: ${said(stderr) || `it ended with ${signal ?? status}`}`)
  return stdout
}

/** Its error without what it warns of, on one line. */
function said(stderr: string): string {
  const at = stderr.search(/^error:/im)
  const error = at < 0 ? stderr : stderr.slice(at + 'Error:'.length)
  // What helm advises is about a flag of its own.
  const text = error
    .replace(/^Use --debug flag .*/m, '')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > maxSaid ? `${text.slice(0, maxSaid)}…` : text
}
