import { writeSync } from 'node:fs'
import { systemReason } from '@daemonlint/node'
import { ScaffoldError } from '../errors.ts'
import { run } from './run.ts'

declare const CREATE_DAEMONSET_VERSION: string

/** The exit code that the run came to. */
let verdict: number | undefined
/** From then on it is not so that nothing was written. */
let hasPrinted = false

guardProcess()
main().then(conclude, (error: unknown) => conclude(failed(error)))

async function main(): Promise<number> {
  return run(process.argv.slice(2), {
    program: programOf(process.env.npm_config_user_agent),
    version: CREATE_DAEMONSET_VERSION,
    cwd: currentFolder(),
    isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    print(text) {
      hasPrinted = true
      writeFully(1, text)
    },
    say,
    color: wantsColor(process.env),
    lint: async (...args) => (await import('../lint.ts')).lintFiles(...args),
  })
}

function currentFolder(): string {
  try {
    return process.cwd()
  } catch (error) {
    throw new ScaffoldError(
      `The current folder is gone or cannot be entered: ${systemReason(error)}. Change to another one.`,
    )
  }
}

/**
 * Makes sure that the process never ends with 0, and never in silence, unless the run came to that: plugins are programs
 * that may end it, or wait for what never comes.
 */
function guardProcess(): void {
  process.exitCode = 2
  // Prompts and plugins write there by themselves. If it fails, there is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const late = (error: unknown) => {
    const code = failed(error)
    verdict = hasPrinted ? 1 : code
    process.exit()
  }
  process.on('uncaughtException', late)
  process.on('unhandledRejection', late)
  process.on('beforeExit', () => {
    if (verdict !== undefined) return
    endEarly('It waits for what never comes: a promise, perhaps of a plugin, that nothing settles.')
    process.exitCode = verdict
  })
  process.on('exit', onExit)
}

function onExit(): void {
  if (verdict === undefined)
    endEarly('Something ended the process before all was done, perhaps a plugin by process.exit.')
  process.exitCode = verdict
}

function endEarly(why: string): void {
  verdict = hasPrinted ? 1 : 2
  say(`create-daemonset: ${why}${hasPrinted ? '' : ' Nothing was written.'}`)
}

/** Ends the process once everything is written. What plugins still have under way has 100 ms, and is not waited for. */
function conclude(code: number): void {
  verdict = code
  // Ours has the last word.
  process.off('exit', onExit).on('exit', onExit)
  setTimeout(() => process.exit(), 100).unref()
}

/** Says what went wrong, without a stack unless it is asked for. @returns the exit code */
function failed(error: unknown): number {
  const isExpected = error instanceof Error && error.name === 'ScaffoldError'
  if (isExpected) say(`create-daemonset: ${textOf(error)}`)
  else if (process.env.DAEMONLINT_DEBUG) say(error instanceof Error ? String(error.stack) : textOf(error))
  else say(`create-daemonset crashed: ${textOf(error).split('\n', 1)[0]}\nDAEMONLINT_DEBUG=1 prints where.`)
  return 2
}

/** Of anything that can be thrown. */
function textOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message || error.name) : String(error)
  } catch {
    return 'an object that has no text'
  }
}

/** Writes a line to standard error. Where that is not possible, the exit code has to do. */
function say(line: string): void {
  try {
    writeFully(2, `${line}\n`)
  } catch {}
}

/**
 * Writes all of a text before it returns, so that nothing is lost when the process ends.
 * @throws ScaffoldError where the system does not take it
 */
function writeFully(fd: 1 | 2, text: string): void {
  let rest: Uint8Array = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The reader went away (`| head`): there is nobody left to tell.
      if (code === 'EPIPE' || code === 'EOF') return
      if (code !== 'EAGAIN')
        throw new ScaffoldError(
          `Standard ${fd === 1 ? 'output' : 'error'} cannot be written: ${systemReason(error)}.`,
        )
      // A full pipe that does not block: wait for the reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/** How a person would call it again: by npx, or by the package manager that started it. */
function programOf(agent = ''): string {
  const [manager = ''] = agent.split('/')
  const programs: Record<string, string> = {
    npm: 'npx create-daemonset',
    pnpm: 'pnpm create daemonset',
    yarn: 'yarn create daemonset',
    bun: 'bunx create-daemonset',
  }
  return (Object.hasOwn(programs, manager) && programs[manager]) || 'create-daemonset'
}

function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR) return false
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return process.stdout.isTTY === true && TERM !== 'dumb'
}
