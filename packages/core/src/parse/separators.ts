import type { Chunk } from './split.ts'

/**
 * The bad separators that concern what is wanted: kubectl stops at the first, and takes nothing from the file. Those
 * between documents that nobody asked for are not ours to judge.
 * @returns each with the index of the document that it is told of: the one it ends, else the one it begins; of several
 *   with nothing between them the first
 */
export function badSeparators(
  chunks: readonly Chunk[],
  wanted: readonly boolean[],
  empties: readonly boolean[],
): { separator: Required<Chunk>['badSeparator']; owner: number }[] {
  /** Index of the next document with something in it, for each place between two. */
  const next: (number | undefined)[] = []
  for (let index = chunks.length - 1; index >= 0; index--) {
    next[index] = index + 1 < chunks.length && !empties[index + 1] ? index + 1 : next[index + 1]
  }
  const found: { separator: Required<Chunk>['badSeparator']; owner: number }[] = []
  let last: number | undefined
  let said = false
  for (const [index, { badSeparator: separator }] of chunks.entries()) {
    if (!empties[index]) {
      last = index
      said = false
    }
    if (!separator || said) continue
    const owner = [last, next[index], index].find((one) => one !== undefined && wanted[one])
    if (owner === undefined) continue
    found.push({ separator, owner })
    said = true
  }
  return found
}
