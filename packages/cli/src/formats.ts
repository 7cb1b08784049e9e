import { accessSync, constants, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type FormatInfo, type Formatter, formatInfo } from '@daemonlint/core'
import { errorCode, systemReason } from '@daemonlint/node'
import { UsageError } from './usage-error.ts'

/** One report that was asked for. */
export interface FormatRequest {
  name: string
  /** Where it goes, as given; undefined for standard output. */
  file?: string
  /** True where --output-file names the file. */
  byOutputFile?: true
}

/** One report, ready to be written. */
export interface Output extends FormatRequest {
  info: FormatInfo
  format: Formatter
  /** Absolute; undefined for standard output. */
  path: string | undefined
}

/**
 * Reads `--format NAME[=FILE]`, and `--output-file` where there is one format.
 * @throws UsageError where two reports would go to one place
 */
export function readFormats(given: readonly string[], outputFile: string | undefined): FormatRequest[] {
  const requests = given.length > 0 ? given.map(readFormat) : [{ name: 'stylish' }]
  const printed = requests.filter(({ file }) => file === undefined)
  if (outputFile !== undefined) {
    const [only, ...others] = requests
    if (others.length > 0 || only!.file !== undefined)
      throw new UsageError(
        `--output-file is for one format without a file. Name the file with the format: --format ${only!.name}=${outputFile}`,
      )
    return [{ name: only!.name, file: outputFile, byOutputFile: true }]
  }
  if (printed.length > 1) {
    const [first, second] = printed
    throw new UsageError(
      `--format ${first!.name} and --format ${second!.name} would both go to standard output. Give one of them a file: --format ${second!.name}=FILE`,
    )
  }
  return requests
}

function readFormat(text: string): FormatRequest {
  const at = text.indexOf('=')
  if (at < 0) return { name: text }
  if (at === text.length - 1)
    throw new UsageError(`--format ${text} needs a file after the '=': --format ${text}FILE`)
  return { name: text.slice(0, at), file: text.slice(at + 1) }
}

/** How an error names a report: `--format sarif=report.sarif`. */
export function flagOf({ name, file, byOutputFile }: FormatRequest, path: string | undefined): string {
  if (file === undefined) return `--format ${name}`
  return byOutputFile ? `--output-file ${path}` : `--format ${name}=${path}`
}

/**
 * Loads the formats, and sees to it before anything is linted that their reports can be written.
 * @param cwd absolute
 * @throws UsageError for a format that there is not, two reports in one file, or a file that cannot be written
 */
export async function loadOutputs(requests: readonly FormatRequest[], cwd: string): Promise<Output[]> {
  const found = requests.map((request) => ({
    ...request,
    info: infoOf(request.name),
    path: pathOf(request, cwd),
  }))
  const files = new Map<string, FormatRequest>()
  for (const request of found) {
    const { path } = request
    if (path === undefined) continue
    checkWritable(flagOf(request, path), path)
    const same = realPath(path)
    const other = files.get(same)
    if (other)
      throw new UsageError(`${flagOf(other, path)} and ${flagOf(request, path)} would be the same file.`)
    files.set(same, request)
  }
  return Promise.all(found.map(async (request) => ({ ...request, format: await request.info.load() })))
}

export const pathOf = ({ file }: FormatRequest, cwd: string): string | undefined =>
  file === undefined ? undefined : resolve(cwd, file)

function infoOf(name: string): FormatInfo {
  try {
    return formatInfo(name)
  } catch (error) {
    throw new UsageError(`--format: ${(error as Error).message}`)
  }
}

/** What a path leads to, also where nothing is yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const folder = dirname(path)
    return folder === path ? path : join(realPath(folder), basename(path))
  }
}

/** So that a long run does not end with a report that nobody gets. */
function checkWritable(flag: string, path: string): void {
  const stats = statsOf(flag, path)
  if (stats?.isDirectory()) throw new UsageError(`${flag} is a directory; name a file in it.`)
  try {
    // A device or a pipe is asked when it is written.
    if (stats?.isFile()) accessSync(path, constants.W_OK)
    else if (!stats) checkFolder(flag, dirname(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${flag} cannot be written: ${systemReason(error)}.`)
  }
}

/** The folders that are missing will be made. */
function checkFolder(flag: string, folder: string): void {
  const stats = statsOf(flag, folder)
  if (!stats && dirname(folder) !== folder) checkFolder(flag, dirname(folder))
  else if (!stats?.isDirectory())
    throw new UsageError(`${flag} cannot be written: ${folder} is not a directory.`)
  else accessSync(folder, constants.W_OK)
}

function statsOf(flag: string, path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    // A file stands where a folder is meant; the folder above says so.
    if (errorCode(error) === 'ENOTDIR') return undefined
    throw new UsageError(`${flag} cannot be written: ${systemReason(error)}.`)
  }
}
