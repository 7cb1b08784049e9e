import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FileError, systemReason } from '@daemonlint/node'

/**
 * Replaces a file's content as a whole: at no moment is half of it there. A symbolic link stays one and its target
 * changes; the mode, and where the system allows it the owner, are kept.
 * @param path absolute; the file exists
 * @throws {FileError} the file being as it was
 */
export function replaceFile(path: string, text: string): void {
  try {
    replace(path, text)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new FileError(`${path} cannot be written: ${systemReason(error)}.`, path, code)
  }
}

function replace(path: string, text: string): void {
  const target = realpathSync(path)
  // Renaming over a file that is read-only would succeed.
  accessSync(target, constants.W_OK)
  const { mode, uid, gid } = statSync(target)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: mode & 0o777 })
    // The umask may have taken some of it away.
    chmodSync(temporary, mode & 0o7777)
    keepOwner(temporary, uid, gid)
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function keepOwner(file: string, uid: number, gid: number): void {
  const made = statSync(file)
  if (made.uid === uid && made.gid === gid) return
  try {
    chownSync(file, uid, gid)
  } catch {}
}
