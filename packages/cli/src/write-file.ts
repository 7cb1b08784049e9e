import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode, FileError, systemReason } from '@daemonlint/node'

/** The code of the error for a file that somebody else has changed. */
export const changedMeanwhile = 'ECHANGED'

/**
 * Replaces a file's content as a whole: at no moment is half of it there. A symbolic link stays one and its target
 * changes; the mode, and where the system allows it the owner, are kept.
 * @param path absolute; the file exists
 * @param before what the file holds as far as the caller knows; what somebody saved since is not overwritten
 * @throws {FileError} the file being as it was
 */
export function replaceFile(path: string, text: string, before: Uint8Array): void {
  try {
    const target = realpathSync(path)
    // Renaming over a file that is read-only would succeed.
    accessSync(target, constants.W_OK)
    swap(target, text, statSync(target), () => {
      if (readFileSync(target).equals(before)) return
      const message = `${path} was changed while it was linted, so it is left as it is. Run daemonlint again.`
      throw new FileError(message, path, changedMeanwhile)
    })
  } catch (error) {
    if (error instanceof FileError) throw error
    throw new FileError(`${path} cannot be written: ${systemReason(error)}.`, path, errorCode(error))
  }
}

/**
 * Writes a file as a whole where that is possible: devices and pipes take a text only bit by bit, and a
 * directory may allow no new files.
 * @param path absolute
 * @throws what `node:fs` throws
 */
export function writeWhole(path: string, text: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  try {
    if (stats && !stats.isFile()) writeFileSync(path, text)
    else swap(stats ? realpathSync(path) : path, text, stats)
  } catch (error) {
    if (!stats || !['EACCES', 'EPERM', 'EBUSY'].includes(errorCode(error))) throw error
    writeFileSync(path, text)
  }
}

/**
 * Makes a folder and those above it, step by step: where the system has no such place to make it in (`/proc`), Node's own
 * `recursive` never ends.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another run may have been faster.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

/**
 * @param target no symbolic link
 * @param stats of the target, undefined where it does not exist
 * @param check throws where the target is not to be replaced after all
 */
function swap(target: string, text: string, stats: Stats | undefined, check?: () => void): void {
  // Not made of the file's own name, which may be as long as names can be.
  const temporary = join(dirname(target), `.daemonlint-${Math.random().toString(36).slice(2, 10)}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: stats ? stats.mode & 0o777 : 0o666 })
    if (stats) {
      // The umask may have taken some of it away.
      chmodSync(temporary, stats.mode & 0o7777)
      keepOwner(temporary, stats)
    }
    check?.()
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function keepOwner(file: string, { uid, gid }: Stats): void {
  const made = statSync(file)
  if (made.uid === uid && made.gid === gid) return
  try {
    chownSync(file, uid, gid)
  } catch {}
}
