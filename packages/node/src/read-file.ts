import { closeSync, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs'
import { errorCode, FileError, nameHint, systemReason } from './errors.ts'

/** The most that is read of one file, in bytes: 256 MiB. What goes on forever ends here. */
export const maxBytes = 2 ** 28

/** What a file holds: its text, a byte order mark included, where it is UTF-8 throughout, and else its bytes. */
export type Source = string | Uint8Array

/**
 * Reads a file as {@link readFile} does. Node decodes UTF-8 while it reads, in half of the time that it takes to do one
 * after the other; what is not UTF-8 shows as U+FFFD, and UTF-16 by its NULs, and is read again as it is.
 * @throws {FileError} naming the file
 */
export function readSource(path: string): Source {
  return guarded(path, (stats) => {
    if (!stats.isFile() || stats.size > maxBytes) return readSpecial(path, stats)
    const text = readFileSync(path, 'utf8')
    return text.includes('\ufffd') || text.includes('\0') ? readFileSync(path) : text
  })
}

/**
 * The bytes of a file; what they are encoded in is for the parser to say. Of what is no regular file it reads only
 * pipes that the process was given, as in `daemonlint <(helm template CHART)`: others may never end, or never begin.
 * @throws {FileError} naming the file
 */
export function readFile(path: string): Uint8Array {
  return guarded(path, (stats) =>
    stats.isFile() && stats.size <= maxBytes ? readFileSync(path) : readSpecial(path, stats),
  )
}

/** What is no regular file, or too large a one. */
function readSpecial(path: string, stats: Stats): Uint8Array {
  if (stats.isFIFO() && /^\/(dev|proc\/self)\/(fd\/\d+|stdin)$/.test(path)) return readPipe(path)
  throw new FileError(`${path} cannot be read: ${unreadable(stats)}.`, path, 'EINVAL')
}

/** @throws {FileError} for what goes wrong */
function guarded<Content>(path: string, read: (stats: Stats) => Content): Content {
  try {
    return read(statSync(path))
  } catch (error) {
    if (error instanceof FileError) throw error
    const hint = errorCode(error) === 'ENOENT' ? nameHint(path) : ''
    throw new FileError(`${path} cannot be read: ${systemReason(error)}${hint}.`, path, errorCode(error))
  }
}

function readPipe(path: string): Uint8Array {
  const fd = openSync(path, 'r')
  try {
    return readAll(fd, path)
  } finally {
    closeSync(fd)
  }
}

/**
 * Reads an open pipe, terminal or file to its end.
 * @param name how the error names it
 * @throws {FileError} where it is larger than `maxBytes`
 * @throws what `readSync` throws
 */
export function readAll(fd: number, name: string): Uint8Array {
  const chunks: Uint8Array[] = []
  for (let total = 0; ; ) {
    const chunk = Buffer.allocUnsafe(65_536)
    const length = readSome(fd, chunk)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, length))
    total += length
    if (total > maxBytes) throw new FileError(`${name} cannot be read: ${tooLarge}.`, name, 'EFBIG')
  }
}

/** How many bytes there were; 0 at the end. */
function readSome(fd: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, chunk)
    } catch (error) {
      // How Windows tells the end.
      if (errorCode(error) === 'EOF') return 0
      if (errorCode(error) !== 'EAGAIN') throw error
      // A pipe that does not block: wait for the writer.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

const tooLarge = 'it is larger than 256 MiB'

function unreadable(stats: Stats): string {
  if (stats.isFile()) return tooLarge
  if (stats.isDirectory()) return 'it is a directory'
  const what = stats.isFIFO() ? 'named pipe' : stats.isSocket() ? 'socket' : 'device'
  return `it is a ${what}, which may never end; give what it holds through standard input, with --stdin`
}
