import type { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { bufferOf } from './buffer.ts'
import { errorCode } from './errors.ts'

/** What git says against it: a sentence for the person who named the version. */
export class GitError extends Error {
  override readonly name = 'GitError'
}

/** Nothing is written, not even the index; and `core.fsmonitor` names a program that git runs to learn which files have changed. */
const settings = ['--no-optional-locks', '-c', 'core.fsmonitor=false']

/** A repository, by the person's own git, which is run without a shell. */
export interface Repository {
  /** The top of the working tree, absolute. */
  root: string
  /** The commit that is checked out, or the empty tree before the first one. */
  head: string
  /**
   * Runs git at the root.
   * @param input for its standard input
   */
  run(args: readonly string[], input?: string): GitOutput
  /**
   * Runs git at the root.
   * @returns what it prints
   * @throws {GitError} where it fails
   */
  ask(...args: string[]): string
}

export interface GitOutput {
  ok: boolean
  /** Bytes: names of files may be anything. */
  stdout: Uint8Array
  /** The first line of its complaint. */
  said: string
}

/**
 * @param cwd absolute
 * @throws {GitError} where git is missing, or the directory is in no working tree
 */
export async function openRepository(cwd: string): Promise<Repository> {
  const { spawnSync } = await import('node:child_process')
  const top = runGit(spawnSync, cwd, ['rev-parse', '--show-cdup'])
  if (!top.ok) throw new GitError(`${cwd} is in no git repository.`)
  const root = resolve(cwd, lineOf(top))
  const run: Repository['run'] = (args, input) => runGit(spawnSync, root, args, input)
  function ask(...args: string[]): string {
    const { ok, stdout, said } = run(args)
    if (!ok) throw new GitError(`git fails: ${said}`)
    return bufferOf(stdout).toString()
  }
  const head = run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  return {
    root,
    run,
    ask,
    head: head.ok ? lineOf(head) : lineOf(run(['hash-object', '-t', 'tree', '--stdin'], '')),
  }
}

/** A file that differs. */
export interface Change {
  /** As git has them: `100644` is a file, `000000` nothing. */
  formerMode: string
  mode: string
  /** The id of what it held; zeros where that is in the working tree alone. */
  formerId: string
  /** One letter: A for added, D for deleted, M for modified, R for renamed. */
  status: string
  /** From the root: the name that it has, or had last. */
  name: string
  /** The same as the name where it is new. */
  formerName: string
}

/** Keep git from running what a repository's configuration names. */
const safe = ['--no-ext-diff', '--no-textconv']

/**
 * What `git diff` finds.
 * @param args what is compared, and how
 */
export function changesIn({ ask }: Pick<Repository, 'ask'>, ...args: string[]): Change[] {
  // `:100644 100644 ID ID M`, the name, and after it for R and C the new name.
  const words = ask('diff', ...safe, '--raw', '--no-abbrev', '-z', ...args).split('\0')
  const changes: Change[] = []
  for (let at = 0; at + 1 < words.length; ) {
    const [formerMode = '', mode = '', formerId = '', , letters = ''] = words[at]!.slice(1).split(' ')
    const formerName = words[at + 1]!
    const isMoved = /^[RC]/.test(letters)
    const name = isMoved ? words[at + 2]! : formerName
    changes.push({ formerMode, mode, formerId, status: letters.slice(0, 1), name, formerName })
    at += isMoved ? 3 : 2
  }
  return changes
}

/** What git prints on one line. */
export function lineOf({ stdout }: GitOutput): string {
  return bufferOf(stdout)
    .toString()
    .replace(/\r?\n$/, '')
}

function runGit(spawn: typeof spawnSync, cwd: string, args: readonly string[], input?: string): GitOutput {
  const { status, stdout, stderr, error } = spawn('git', [...settings, ...args], {
    cwd,
    maxBuffer: 2 ** 30,
    ...(input !== undefined && { input }),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  if (error) {
    const reason = errorCode(error) === 'ENOENT' ? 'git is not installed' : error.message
    throw new GitError(`git cannot be run: ${reason}.`)
  }
  return { ok: status === 0, stdout, said: stderr.toString().trim().split('\n')[0] ?? '' }
}
