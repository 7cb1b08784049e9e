import { basename, sep } from 'node:path'
import {
  createLiveProject,
  findFiles,
  type Ignores,
  isManifestName,
  type LiveProject,
} from '@daemonlint/node'

/** The files of a workspace folder, for the rules that look at other resources than those of the open document. */
export interface Workspace {
  readonly live: LiveProject
  /**
   * Looks all files of the folder through, in slices, so that the server answers meanwhile.
   * @param progress hears how many of how many are done
   * @returns false when there is no folder to look through, or it was stopped
   */
  index(progress: (done: number, of: number) => void): Promise<boolean>
  /**
   * Does what questions about all files left to be done, in slices.
   * @returns false when there was nothing, or it is being done already
   */
  settle(): Promise<boolean>
  /** A file came to the folder or went from it, or was opened or closed where there is none. */
  listed(path: string, exists: boolean): void
  stop(): void
}

export interface WorkspaceOptions {
  /** Absolute; undefined for what stands in no folder, where only open files count. */
  path: string | undefined
  cwd: string
  ignores: Ignores
  openText(path: string): string | undefined
  openFiles(): Iterable<string>
}

/** How long a slice of work may take, in milliseconds. */
const slice = 8

export function createWorkspace({
  path: folder,
  cwd,
  ignores,
  openText,
  openFiles,
}: WorkspaceOptions): Workspace {
  const prefix = folder === undefined || folder.endsWith(sep) ? folder : folder + sep
  const reaches = (directory: string) =>
    folder !== undefined && (directory === folder || directory.startsWith(prefix!))
  const live = createLiveProject({ cwd: folder ?? cwd, reaches, openText, openFiles })
  const files = new Set<string>()
  let stopped = false

  function setFiles(): void {
    live.setFiles(files)
  }

  // Where nothing is looked through, there is nothing to wait for.
  if (folder === undefined) live.complete()
  const rest = slices()
  let settling = false
  return {
    live,
    async index(progress) {
      if (folder === undefined) return false
      const found = await findFiles([folder], { cwd: folder, ignores, rest })
      for (const [done, file] of found.files.entries()) {
        if (stopped) return false
        const resting = rest()
        if (resting) {
          progress(done, found.files.length)
          await resting
        }
        live.prepare(file)
      }
      for (const file of found.files) files.add(file)
      setFiles()
      live.complete()
      return true
    },
    async settle() {
      if (settling || !live.work()) return false
      settling = true
      try {
        while (live.work() && !stopped) await rest()
      } finally {
        settling = false
      }
      return true
    },
    listed(path, exists) {
      if (!isManifestName(basename(path)) || files.has(path) === exists) return
      if (exists) files.add(path)
      else files.delete(path)
      setFiles()
    },
    stop() {
      stopped = true
    },
  }
}

/** Gives the event loop a turn when a slice of work is done. */
function slices(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < slice) return undefined
    return new Promise((done) => {
      setImmediate(() => {
        since = performance.now()
        done()
      })
    })
  }
}
