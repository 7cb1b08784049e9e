import { say, wantsColor, writeFully } from '@daemonlint/node/process'
import type { FileToLint, Linted } from 'create-daemonset/lint'
import { run } from 'create-daemonset/run'

interface Surroundings {
  /** Absolute. */
  cwd: string
  version: string
  /** Of plugins that the configuration names. */
  presets(): Promise<[name: string, presets: unknown][]>
  lint(files: readonly FileToLint[], cwd: string, color: boolean): Promise<Linted>
}

/**
 * Scaffolds a DaemonSet, as create-daemonset does.
 * @param argv what follows `generate`
 * @returns the exit code
 * @throws an error named ScaffoldError, nothing having been written
 */
export function generate(
  argv: readonly string[],
  { cwd, version, lint, presets }: Surroundings,
): Promise<number> {
  return run(argv, {
    program: 'daemonlint generate',
    version,
    cwd,
    isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    print: (text) => writeFully(1, text),
    say,
    color: wantsColor(undefined),
    lint,
    presets,
  })
}
