import { resolve } from 'node:path'
import { bufferOf } from './buffer.ts'
import { changesIn, openRepository, type Repository } from './git.ts'
import { formerTexts, type GitBase } from './git-base.ts'
import type { Source } from './read-file.ts'

/** What the next commit will hold, as the index has it, compared to the last one. */
export interface GitIndex extends GitBase {
  /**
   * What a file holds in the index, where the working tree holds something else or nothing.
   * @param path absolute
   */
  source(path: string): Source | undefined
  /** Files that are staged and are not in the working tree any more; absolute. */
  missing: readonly string[]
}

/**
 * Reads the index of a repository. Links and submodules are not among the changed files: what they point at is in no
 * index, or in another one.
 * @param cwd absolute
 * @throws {GitError} where git is missing, or the directory is in no repository
 */
export async function openGitIndex(cwd: string): Promise<GitIndex> {
  const repository = await openRepository(cwd)
  const { root, head } = repository
  const staged = changesIn(repository, '--cached', '-M', '--diff-filter=d', head).filter(({ mode }) =>
    isFile(mode),
  )
  const formerNames = new Map(staged.map(({ name, formerName }) => [resolve(root, name), formerName]))
  // From the index to the working tree: what is there first is what is staged.
  const unstaged = changesIn(repository).filter(({ formerMode }) => isFile(formerMode))
  const objects = new Map(unstaged.map(({ name, formerId }) => [resolve(root, name), formerId]))
  const isChanged = (path: string) => formerNames.has(path)
  const blobs = readBlobs(
    [...objects].flatMap(([path, id]) => (isChanged(path) ? [id] : [])),
    repository,
  )
  return {
    changed: new Set(formerNames.keys()),
    isElsewhere: () => false,
    source(path) {
      const id = objects.get(path)
      return id === undefined ? undefined : (blobs.get(id) ?? readBlobs([id], repository).get(id))
    },
    missing: unstaged
      .filter(({ status }) => status === 'D')
      .map(({ name }) => resolve(root, name))
      .filter(isChanged),
    ...formerTexts(head, (path) => formerNames.get(path), repository),
  }
}

/** Not links and submodules, nor what is not there. */
function isFile(mode: string): boolean {
  return mode.startsWith('100')
}

/** What blobs hold, by their ids: text where it is UTF-8 throughout. */
function readBlobs(ids: readonly string[], { run }: Repository): Map<string, Source> {
  const found = new Map<string, Source>()
  if (ids.length === 0) return found
  const { stdout: printed } = run(['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''))
  const stdout = bufferOf(printed)
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(0x0a, at)
    const [id = '', type, size] = stdout.toString('latin1', at, end).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    const bytes = stdout.subarray(at, at + Number(size))
    const text = bytes.toString()
    found.set(id, text.includes('\ufffd') || text.includes('\0') ? bytes : text)
    at += bytes.length + 1
  }
  return found
}
