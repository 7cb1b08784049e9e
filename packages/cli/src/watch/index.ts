import { isMainThread } from 'node:worker_threads'
import type { Options } from '../options.ts'
import type { Memory } from '../session.ts'
import { lintOnce } from './lint-once.ts'
import { watchForChanges } from './watch-for-changes.ts'

/**
 * Lints, and lints again whenever something has changed that counts. Each run has a thread of its own, which loads
 * configurations and plugins anew and may break without harm; what it found is handed on to the next.
 * @param lint prints what is found, and returns the exit code
 * @param argv those that ask for this
 * @param cwd absolute
 * @returns the exit code: 130 after Ctrl-C
 */
export function watch(
  lint: (memory: Memory) => Promise<number>,
  argv: readonly string[],
  options: Options,
  cwd: string,
): Promise<number> {
  return isMainThread ? watchForChanges(argv, options, cwd) : lintOnce(lint, options, cwd)
}
