import { dirname, resolve } from 'node:path'
import { errorCode } from './errors.ts'

/** A version that files are compared to. */
export interface GitBase {
  /** Files that are new or differ from it, committed or not, and that are not deleted; absolute. */
  changed: ReadonlySet<string>
  /**
   * True for a file of which the version says nothing: it is outside of the repository, or in one within it (a
   * submodule) that differs.
   * @param path absolute
   */
  isElsewhere(path: string): boolean
  /**
   * The text of a file in that version, under the name it had then.
   * @param path absolute
   * @returns undefined where the file was not there
   */
  previousText(path: string): string | undefined
  /**
   * What stands for that text: the version and the former name.
   * @param path absolute
   */
  previousKey(path: string): string
}

/** What git says against it: a sentence for the person who named the version. */
export class GitError extends Error {
  override readonly name = 'GitError'
}

/** `core.fsmonitor` names a program that git runs to learn which files have changed. */
const settings = ['-c', 'core.fsmonitor=false']

/**
 * The version where the work on the current branch began: the merge base with a branch, or the commit itself where it
 * is an ancestor, or the two have no common one (a shallow clone). Runs the person's own git, without a shell, and
 * without its external diffs, text conversions and file system monitor; filters that are configured run, as with
 * `git diff`.
 * @param reference a branch, a tag or a commit: `origin/main`
 * @param cwd absolute
 * @throws {GitError} where git is missing, the directory is in no repository, or there is no such version
 */
export async function openGitBase(reference: string, cwd: string): Promise<GitBase> {
  const { spawnSync } = await import('node:child_process')
  function git(...args: string[]) {
    const { status, stdout, stderr, error } = spawnSync('git', [...settings, ...args], {
      cwd,
      maxBuffer: 2 ** 30,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (error) {
      const reason = errorCode(error) === 'ENOENT' ? 'git is not installed' : error.message
      throw new GitError(`git cannot be run: ${reason}.`)
    }
    return { ok: status === 0, stdout, said: stderr.trim().split('\n')[0] ?? '' }
  }

  const top = git('rev-parse', '--show-cdup')
  if (!top.ok) throw new GitError(`${cwd} is in no git repository.`)
  const root = resolve(cwd, top.stdout.trimEnd())
  const commit = reference.startsWith('-')
    ? { ok: false, stdout: '' }
    : git('rev-parse', '--verify', '--quiet', `${reference}^{commit}`)
  if (!commit.ok) {
    throw new GitError(
      `There is no '${reference}' in this repository. A shallow clone has to fetch it first.`,
    )
  }
  const named = commit.stdout.trim()
  const shared = git('merge-base', named, 'HEAD')
  const base = shared.ok ? shared.stdout.trim() : named

  const diff = git(
    '-C',
    root,
    'diff',
    '--no-ext-diff',
    '--no-textconv',
    '--name-status',
    '-z',
    '-M',
    '--diff-filter=d',
    base,
  )
  const untracked = git('-C', root, 'ls-files', '--others', '--exclude-standard', '-z')
  for (const { ok, said } of [diff, untracked]) if (!ok) throw new GitError(`git fails: ${said}`)
  const formerNames = readStatus(diff.stdout)
  const names = [...formerNames.keys(), ...untracked.stdout.split('\0').filter(Boolean)]
  const byPath = new Map(names.map((name) => [resolve(root, name), formerNames.get(name)]))
  return {
    changed: new Set(byPath.keys()),
    isElsewhere(path) {
      for (let folder = dirname(path), last = path; folder !== last; folder = dirname(folder)) {
        if (byPath.has(folder)) return true
        if (folder === root) return false
        last = folder
      }
      return true
    },
    previousText(path) {
      const name = byPath.get(path)
      if (name === undefined) return undefined
      const { ok, stdout } = git('cat-file', 'blob', `${base}:${name}`)
      return ok ? stdout : undefined
    },
    previousKey: (path) => `${base}:${byPath.get(path) ?? ''}`,
  }
}

/** The files of `git diff --name-status -z`: what each was called before; new ones go by the name they have. */
function readStatus(output: string): Map<string, string> {
  const words = output.split('\0')
  const names = new Map<string, string>()
  for (let at = 0; at + 1 < words.length; ) {
    const moved = /^[RC]/.test(words[at]!)
    const before = words[at + 1]!
    names.set(moved ? words[at + 2]! : before, before)
    at += moved ? 3 : 2
  }
  return names
}
