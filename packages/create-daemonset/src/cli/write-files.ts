import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { systemReason } from '@daemonlint/node'
import { ScaffoldError } from '../errors.ts'
import type { ScaffoldedFile } from '../scaffold.ts'

/** Those of the files that are there already, as paths from the folder. */
export function existingFiles(folder: string, files: readonly ScaffoldedFile[]): string[] {
  return files.map(({ path }) => path).filter((path) => isThere(join(folder, path)))
}

/** True for a link that leads nowhere too. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // Something above it is no folder.
    return false
  }
}

/**
 * Writes all files, or none: they are written aside, then moved to their places; when one cannot be, those before it are
 * moved back.
 * @param folder absolute; made if it is not there
 * @throws ScaffoldError, everything being as it was
 */
export function writeFiles(folder: string, files: readonly ScaffoldedFile[]): void {
  const made: string[] = []
  const undo: (() => void)[] = []
  let aside: string | undefined
  try {
    makeFolder(folder, made)
    aside = mkdtempSync(join(folder, '.create-daemonset-'))
    const staged = files.map(({ contents }, index) => {
      const path = join(aside!, String(index))
      writeFileSync(path, contents)
      return path
    })
    for (const [index, { path }] of files.entries()) {
      const target = join(folder, path)
      makeFolder(dirname(target), made)
      if (existsSync(target) && lstatSync(target).isDirectory())
        throw new ScaffoldError(
          `Nothing was written: ${target} is a folder, and a file of that name is needed.`,
        )
      if (isThere(target)) {
        const old = join(aside, `${index}.old`)
        renameSync(target, old)
        undo.push(() => renameSync(old, target))
      }
      renameSync(staged[index]!, target)
      undo.push(() => rmSync(target))
    }
  } catch (error) {
    for (const step of undo.reverse()) step()
    if (aside) rmSync(aside, { recursive: true, force: true })
    for (const path of made.reverse()) removeEmpty(path)
    if (error instanceof ScaffoldError) throw error
    const { path = folder } = error as NodeJS.ErrnoException
    throw new ScaffoldError(
      `Nothing was written: ${path.replace(/[\\/]\.create-daemonset-\w*$/, '').replace(/\.create-daemonset-.*$/, '')} cannot be written: ${systemReason(error)}.`,
    )
  }
  rmSync(aside, { recursive: true, force: true })
}

/** Makes a folder, and those above it, and remembers which were not there. */
function makeFolder(path: string, made: string[]): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory())
      throw new ScaffoldError(`Nothing was written: ${path} is a file, and a folder of that name is needed.`)
    return
  }
  makeFolder(dirname(path), made)
  mkdirSync(path)
  made.push(path)
}

function removeEmpty(path: string): void {
  try {
    rmdirSync(path)
  } catch {}
}
