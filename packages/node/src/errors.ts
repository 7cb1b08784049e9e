export interface ErrorPlace {
  /** Absolute path of the file that is wrong. */
  filePath?: string
  /** 1-based. */
  line?: number
  /** 1-based. */
  column?: number
}

/**
 * A configuration that cannot be used. Its message says where (file, line), what is wrong and what to do; hosts print
 * it alone. Recognise it by `name`, for other packages throw their own.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly filePath: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(what: string, place: ErrorPlace = {}) {
    super(placed(what, place))
    this.filePath = place.filePath
    this.line = place.line
    this.column = place.column
  }
}

/** A file or directory that cannot be read, or is not there. Its message names it. */
export class FileError extends Error {
  override readonly name = 'FileError'
  readonly filePath: string
  /** The system's word for it, such as `EACCES`. */
  readonly code: string

  constructor(message: string, filePath: string, code: string) {
    super(message)
    this.filePath = filePath
    this.code = code
  }
}

/** True for errors that are ours or core's to show as they are: no stack trace. */
export function isConfigError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ConfigError'
}

/** What an error of `node:fs` means, in words: "permission denied". */
export function systemReason(error: unknown): string {
  const code = errorCode(error)
  return reasons[code] ?? (code || String(error))
}

/** `code` of an error, or ''. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** Ends it with a full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links go round in a circle',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
}

function placed(what: string, { filePath, line, column }: ErrorPlace): string {
  if (filePath === undefined) return what
  const point = line === undefined ? '' : column === undefined ? `:${line}` : `:${line}:${column}`
  return `${filePath}${point}: ${what}`
}
