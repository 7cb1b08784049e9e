import { systemReason } from '@daemonlint/node'
import {
  conclude,
  guardProcess,
  say,
  stackOf,
  textOf,
  wantsColor,
  writeFully,
} from '@daemonlint/node/process'
import { ScaffoldError } from '../errors.ts'
import { run } from './run.ts'

declare const CREATE_DAEMONSET_VERSION: string

/** Errors whose message is meant for the person who called; all others are ours. */
const expected = new Set(['ScaffoldError', 'FileError'])

/** From then on it is not so that nothing was written. */
let hasPrinted = false

guard()
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
    color: wantsColor(),
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

/** Plugins are programs that may end the process, or wait for what never comes. */
function guard(): void {
  // Prompts and plugins write there by themselves. If it fails, there is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  guardProcess({
    uncaught(error) {
      const code = failed(error)
      return hasPrinted ? 1 : code
    },
    stalled: () =>
      endEarly('It waits for what never comes: a promise, perhaps of a plugin, that nothing settles.'),
    ended: () =>
      endEarly('Something ended the process before all was done, perhaps a plugin by process.exit.'),
  })
}

function endEarly(why: string): number {
  say(`create-daemonset: ${why}${hasPrinted ? '' : ' Nothing was written.'}`)
  return hasPrinted ? 1 : 2
}

/** Says what went wrong, without a stack unless it is asked for. @returns the exit code */
function failed(error: unknown): number {
  const isExpected = error instanceof Error && expected.has(error.name)
  if (isExpected) say(`create-daemonset: ${textOf(error)}`)
  else if (process.env.DAEMONLINT_DEBUG) say(stackOf(error))
  else say(`create-daemonset crashed: ${textOf(error).split('\n', 1)[0]}\nDAEMONLINT_DEBUG=1 prints where.`)
  return 2
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
