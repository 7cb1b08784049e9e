import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { systemReason } from '@daemonlint/node'
import { ScaffoldError } from '../errors.ts'
import type { ScaffoldedFile } from '../scaffold.ts'

export interface WriteOptions {
  /** False: a file that is there, or that another run writes meanwhile, is an error. Default: true. */
  overwrite?: boolean
}

/** A file on its way to its place, by absolute paths. */
interface Placement {
  target: string
  contents: string
  /** Beside the target: what it will be. */
  staged: string
  /** Beside the target: what it was. */
  backup: string
}

/** What has been done so far, so that it can be undone. */
interface Progress {
  madeFolders: string[]
  temporary: Set<string>
  placed: { target: string; backup?: string }[]
}

/** Those of the files that are there already, as paths from the folder. */
export function existingFiles(folder: string, files: readonly ScaffoldedFile[]): string[] {
  return files.map(({ path }) => path).filter((path) => entryAt(join(folder, path)) !== undefined)
}

/** What stands there, be it a link that leads nowhere. */
function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    // Something above it is no folder.
    return undefined
  }
}

/**
 * Writes all files, or none: each is written beside its place, then all are moved there; when one cannot be, those before
 * it are put back. At no time is a file that was there missing. Signals wait until it is over.
 * @param folder absolute; made if it is not there
 * @returns what a person should know besides, in sentences: mostly nothing
 * @throws ScaffoldError, everything being as it was, or the message saying what is not
 */
export function writeFiles(
  folder: string,
  files: readonly ScaffoldedFile[],
  { overwrite = true }: WriteOptions = {},
): string[] {
  checkPaths(files)
  const mark = `.create-daemonset-${process.pid}-${Math.random().toString(36).slice(2, 10)}`
  const placements = files.map(({ path, contents }, index): Placement => {
    const target = join(folder, path)
    const beside = join(dirname(target), `${mark}-${index}`)
    return { target, contents, staged: `${beside}.new`, backup: `${beside}.old` }
  })
  const progress: Progress = { madeFolders: [], temporary: new Set(), placed: [] }
  const release = holdSignals()
  let current = folder
  try {
    makeFolder(folder, progress)
    for (const placement of placements) {
      current = placement.target
      stage(placement, overwrite, progress)
    }
    for (const placement of placements) {
      current = placement.target
      if (overwrite) replace(placement, progress)
      else putWhereNothingIs(placement, progress)
    }
    const folders = new Set([folder, ...placements.map(({ target }) => dirname(target))])
    return [...removeTemporary(progress.temporary), ...removeLeftovers(folders, mark)]
  } catch (error) {
    const reason =
      error instanceof ScaffoldError ? error.message : `${current} cannot be written: ${systemReason(error)}.`
    throw takeBack(progress, reason)
  } finally {
    release()
  }
}

/** Presets of others name files too: none may come to lie outside the folder, or in place of another. */
function checkPaths(files: readonly ScaffoldedFile[]): void {
  const refuse = (path: unknown, why: string) =>
    new ScaffoldError(`Nothing was written: ${JSON.stringify(path)} ${why}.`)
  const known = new Set<string>()
  for (const { path } of files) {
    if (typeof path !== 'string' || !isWithin(path)) throw refuse(path, 'is no path within the folder')
    // Many file systems take large and small letters for the same.
    const key = path.toLowerCase()
    if (known.has(key)) throw refuse(path, 'is to be written twice')
    known.add(key)
  }
  for (const { path } of files) {
    const steps = path.toLowerCase().split('/')
    if (steps.some((_, index) => index > 0 && known.has(steps.slice(0, index).join('/'))))
      throw refuse(path, 'lies within what is to be a file')
  }
}

/** Relative, with slashes, and nothing in it that leads up or that Windows reads otherwise. */
function isWithin(path: string): boolean {
  return !/[\\\0]|^[a-z]:/i.test(path) && path.split('/').every((step) => !['', '.', '..'].includes(step))
}

/**
 * Keeps signals from ending the process half-way.
 * @returns lets them: one that has come meanwhile has its effect then
 */
function holdSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const release = () => {
    for (const signal of signals) process.off(signal, obey)
  }
  const obey = (signal: NodeJS.Signals) => {
    release()
    // Whoever else listens decides what comes of it.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  for (const signal of signals) process.on(signal, obey)
  // Signals are told between two turns of the event loop.
  return () => setImmediate(() => setImmediate(release))
}

/** Makes a folder, and those above it, and remembers which were not there. */
function makeFolder(path: string, progress: Progress): void {
  if (isFolder(path)) return
  const entry = entryAt(path)
  if (entry?.isSymbolicLink())
    throw new ScaffoldError(`${path} is a link that leads to no folder, and a folder of that name is needed.`)
  if (entry) throw new ScaffoldError(`${path} is a file, and a folder of that name is needed.`)
  // Of a drive that is not there nothing is above.
  if (dirname(path) !== path) makeFolder(dirname(path), progress)
  try {
    mkdirSync(path)
  } catch (error) {
    // Another run may have been faster.
    if (isFolder(path)) return
    throw new ScaffoldError(`The folder ${path} cannot be made: ${systemReason(error)}.`)
  }
  progress.madeFolders.push(path)
}

/** True for a link to a folder too. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Writes a file beside its place, with the mode of the one that it will replace. */
function stage({ target, contents, staged }: Placement, overwrite: boolean, progress: Progress): void {
  makeFolder(dirname(target), progress)
  const entry = entryAt(target)
  if (entry?.isDirectory())
    throw new ScaffoldError(`${target} is a folder, and a file of that name is needed.`)
  if (entry && !entry.isFile() && !entry.isSymbolicLink())
    throw new ScaffoldError(`${target} is a pipe, a socket or a device, and a file of that name is needed.`)
  if (entry && !overwrite) throw thereAlready(target)
  progress.temporary.add(staged)
  const mode = entry?.isFile() ? entry.mode & 0o777 : undefined
  writeFileSync(staged, contents, { flag: 'wx', mode: mode ?? 0o666 })
  // The process may mask some of it.
  if (mode !== undefined && (statSync(staged).mode & 0o777) !== mode) chmodSync(staged, mode)
}

function thereAlready(target: string): ScaffoldError {
  return new ScaffoldError(`${target} is there already.`)
}

function replace({ target, staged, backup }: Placement, progress: Progress): void {
  const entry = entryAt(target)
  if (entry) {
    progress.temporary.add(backup)
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(target), backup)
    else linkOrCopy(target, backup)
  }
  renameSync(staged, target)
  progress.temporary.delete(staged)
  progress.placed.push({ target, ...(entry && { backup }) })
}

function putWhereNothingIs({ target, staged }: Placement, progress: Progress): void {
  try {
    linkOrCopy(staged, target)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? thereAlready(target) : error
  }
  progress.placed.push({ target })
}

/** Gives a file a second name, that nothing may have; where the file system knows no such thing, a copy. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    copyFileSync(from, to, constants.COPYFILE_EXCL)
  }
}

/** Undoes what was done, as far as it can be. @returns the error that says what came of it */
function takeBack(progress: Progress, reason: string): ScaffoldError {
  const { placed, temporary, madeFolders } = progress
  const lost: string[] = []
  for (const { target, backup } of placed.reverse()) {
    try {
      if (backup === undefined) rmSync(target, { force: true })
      else renameSync(backup, target)
    } catch (error) {
      const why = systemReason(error)
      if (backup === undefined) lost.push(`${target} could not be removed: ${why}.`)
      else {
        temporary.delete(backup)
        lost.push(`${target} could not be put back: ${why}. What it was lies in ${backup}.`)
      }
    }
  }
  const left = removeTemporary(temporary)
  for (const folder of madeFolders.reverse()) {
    try {
      rmdirSync(folder)
    } catch {
      // Something else lies in it by now.
    }
  }
  const outcome = lost.length > 0 ? 'Not everything is as it was' : 'Nothing was written'
  return new ScaffoldError([`${outcome}: ${reason}`, ...lost, ...left].join('\n'))
}

/** @returns sentences on those that could not be removed */
function removeTemporary(paths: Iterable<string>): string[] {
  return [...paths].flatMap((path) => {
    try {
      rmSync(path, { force: true })
      return []
    } catch (error) {
      return [`${path} is of no more use, and could not be removed: ${systemReason(error)}.`]
    }
  })
}

/**
 * Removes what a run that was killed had not yet moved to its place. What it had put aside may be all that is left of a
 * file, and stays.
 * @param mark what names of this run begin with
 * @returns a sentence on what stays
 */
function removeLeftovers(folders: Iterable<string>, mark: string): string[] {
  const left: string[] = []
  const kept: string[] = []
  for (const folder of folders) {
    for (const name of namesIn(folder)) {
      const [, pid, kind] = /^\.create-daemonset-(\d+)-[0-9a-z]+-\d+\.(new|old)$/.exec(name) ?? []
      const path = join(folder, name)
      if (pid === undefined || name.startsWith(mark) || mayBeInUse(path, Number(pid))) continue
      if (kind === 'old') kept.push(path)
      else left.push(...removeTemporary([path]))
    }
  }
  const [first, ...others] = kept
  if (first === undefined) return left
  const which = others.length === 0 ? `${first} is` : `${first} and ${others.length} more of its kind are`
  return [
    ...left,
    `${which} left of a run that did not end well: what was there before. Remove what nobody needs.`,
  ]
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** True where the run that made it may go on still, as far as can be told. */
function mayBeInUse(path: string, pid: number): boolean {
  try {
    // In a container everybody has the same number; no run takes a minute to write.
    if (pid === process.pid) return Date.now() - (entryAt(path)?.mtimeMs ?? 0) < 60_000
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
