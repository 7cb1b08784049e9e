import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { stampOf } from '@daemonlint/node'

/** Watches directories, each by itself: what is below one is not watched with it, such as `node_modules`. */
export interface Directories {
  /** Watches these from now on, and no others. Those that are gone are left out. */
  set(directories: ReadonlySet<string>): void
  close(): void
  /** How many the system watches no more, so that they are looked at once a second. */
  polled(): number
}

/** How often directories are looked at that the system does not watch, in milliseconds. */
const pause = 1000

/** @param onChange hears of an entry that has changed, was added or is gone; of '' where the system does not tell which */
export function watchDirectories(
  onChange: (directory: string, name: string) => void,
  watchOne: typeof watch = watch,
): Directories {
  const watched = new Map<string, { inode: number; stop: () => void; isPolled: boolean }>()

  function start(directory: string): void {
    const inode = inodeOf(directory)
    if (inode === undefined) return
    const hear = (name: string) => onChange(directory, name)
    let watcher: FSWatcher
    try {
      watcher = watchOne(directory, { persistent: true }, (_, name) => hear(name ?? ''))
    } catch {
      // Too many of them (`fs.inotify.max_user_watches`), or a file system that tells nothing.
      watched.set(directory, { inode, stop: poll(directory, hear), isPolled: true })
      return
    }
    // A directory that goes is an error on Windows.
    watcher.on('error', () => hear(''))
    watched.set(directory, { inode, stop: () => watcher.close(), isPolled: false })
  }

  function stop(directory: string): void {
    watched.get(directory)?.stop()
    watched.delete(directory)
  }

  return {
    set(directories) {
      for (const [directory, { inode }] of [...watched]) {
        // One that was removed and made again is another.
        if (!directories.has(directory) || inodeOf(directory) !== inode) stop(directory)
      }
      for (const directory of directories) if (!watched.has(directory)) start(directory)
    },
    close() {
      for (const directory of [...watched.keys()]) stop(directory)
    },
    polled: () => [...watched.values()].filter(({ isPolled }) => isPolled).length,
  }
}

function poll(directory: string, hear: (name: string) => void): () => void {
  let before = snapshotOf(directory)
  const timer = setInterval(() => {
    const now = snapshotOf(directory)
    for (const name of new Set([...before.keys(), ...now.keys()])) {
      if (before.get(name) !== now.get(name)) hear(name)
    }
    before = now
  }, pause)
  return () => clearInterval(timer)
}

/** What tells the states of a directory's entries apart, by their names. */
function snapshotOf(directory: string): Map<string, string> {
  try {
    return new Map(readdirSync(directory).map((name) => [name, stampOf(join(directory, name))]))
  } catch {
    return new Map()
  }
}

/** In milliseconds since 1970; 0 for what is not there. */
export function modifiedAt(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function inodeOf(path: string): number | undefined {
  try {
    return statSync(path).ino
  } catch {
    return undefined
  }
}
