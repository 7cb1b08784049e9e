import { readSource, type Source } from './read-file.ts'

/**
 * What files hold, so that what the linting of one file reads to look around, the linting of the next need not read
 * again. One serves a run, as {@link createListings} does.
 */
export interface Sources {
  /**
   * What a file holds, as `readSource` reads it.
   * @param path absolute
   * @throws {FileError} naming the file
   */
  read(path: string): Source
  /** To be called when a file has been written. */
  forget(path: string): void
}

/** How much is kept, in characters and bytes: those read first give way. */
const maxKept = 2 ** 26

/** @param instead what holds in place of what is on the disk */
export function createSources(instead?: (path: string) => Source | undefined): Sources {
  const known = new Map<string, Source>()
  let kept = 0
  function forget(path: string): void {
    kept -= known.get(path)?.length ?? 0
    known.delete(path)
  }
  return {
    read(path) {
      let source = known.get(path)
      if (source === undefined) {
        source = instead?.(path) ?? readSource(path)
        known.set(path, source)
        kept += source.length
        for (const first of known.keys()) {
          if (kept <= maxKept) break
          forget(first)
        }
      }
      return source
    },
    forget,
  }
}
