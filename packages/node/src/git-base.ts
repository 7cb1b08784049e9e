import { dirname, resolve } from 'node:path'
import { bufferOf } from './buffer.ts'
import { changesIn, GitError, lineOf, openRepository, type Repository } from './git.ts'

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
  const repository = await openRepository(cwd)
  const { run } = repository
  const commit = reference.startsWith('-')
    ? undefined
    : run(['rev-parse', '--verify', '--quiet', `${reference}^{commit}`])
  if (!commit?.ok) {
    throw new GitError(
      `There is no '${reference}' in this repository. A shallow clone has to fetch it first.`,
    )
  }
  const named = lineOf(commit)
  const shared = run(['merge-base', named, 'HEAD'])
  return baseAt(shared.ok ? lineOf(shared) : named, repository)
}

/**
 * The last commit: what has changed since is what is not committed yet, files that git does not know among it. Before the
 * first commit that is everything.
 * @param cwd absolute
 * @throws {GitError} where git is missing, or the directory is in no repository
 */
export async function openGitHead(cwd: string): Promise<GitBase> {
  const repository = await openRepository(cwd)
  return baseAt(repository.head, repository)
}

function baseAt(base: string, repository: Repository): GitBase {
  const { root, ask } = repository
  const untracked = ask('ls-files', '--others', '--exclude-standard', '-z').split('\0').filter(Boolean)
  const changes = changesIn(repository, '-M', '--diff-filter=d', base)
  const byPath = new Map([
    ...untracked.map((name): [string, undefined] => [resolve(root, name), undefined]),
    ...changes.map(({ name, formerName }): [string, string] => [resolve(root, name), formerName]),
  ])
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
    ...formerTexts(base, (path) => byPath.get(path), repository),
  }
}

/**
 * The texts of files in a version.
 * @param base a commit or a tree
 * @param formerName what a file, by its absolute path, was called there
 */
export function formerTexts(
  base: string,
  formerName: (path: string) => string | undefined,
  { run }: Repository,
): Pick<GitBase, 'previousText' | 'previousKey'> {
  return {
    previousText(path) {
      const name = formerName(path)
      if (name === undefined) return undefined
      const { ok, stdout } = run(['cat-file', 'blob', `${base}:${name}`])
      return ok ? bufferOf(stdout).toString() : undefined
    },
    previousKey: (path) => `${base}:${formerName(path) ?? ''}`,
  }
}
